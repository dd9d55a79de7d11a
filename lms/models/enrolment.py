from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.models import Audience

from .cohort import Cohort
from .person import Organisation, Person, Region, Sex


class EnrolmentQuerySet(models.QuerySet):
    def of(self, user):
        """The places of the person behind this account."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(person__user=user)

    def studying(self):
        """May study: active, or completed and still reading."""
        return self.filter(
            status__in=[Enrolment.Status.ACTIVE, Enrolment.Status.COMPLETED]
        )

    def seated(self):
        """Take one of the cohort's seats."""
        return self.filter(status__in=Enrolment.SEATED)


class Enrolment(models.Model):
    """A participant's place in a cohort; ended, never deleted.

    Audience, sex, region and organisation are what they were when the place became
    active: later edits of the person rewrite no report.
    """

    class Status(models.TextChoices):
        REQUESTED = "requested", _("Requested")
        WAITLISTED = "waitlisted", _("On the waiting list")
        OFFERED = "offered", _("Seat offered")
        ACTIVE = "active", _("Active")
        COMPLETED = "completed", _("Completed")
        WITHDRAWN = "withdrawn", pgettext_lazy("enrolment", "Withdrawn")
        CANCELLED = "cancelled", _("Cancelled")

    SEATED = [Status.OFFERED, Status.ACTIVE, Status.COMPLETED]

    cohort = models.ForeignKey(
        Cohort,
        verbose_name=_("cohort"),
        on_delete=models.PROTECT,
        related_name="enrolments",
    )
    person = models.ForeignKey(
        Person,
        verbose_name=_("participant"),
        on_delete=models.PROTECT,
        related_name="enrolments",
    )
    status = models.CharField(
        _("status"), max_length=20, choices=Status, default=Status.ACTIVE
    )
    active_from = models.DateTimeField(_("active from"), null=True, blank=True)
    active_to = models.DateTimeField(_("active to"), null=True, blank=True)
    completed_at = models.DateTimeField(_("completed at"), null=True, blank=True)
    completed_on = models.DateField(_("completed on"), null=True, blank=True)
    audience = models.CharField(
        _("audience"), max_length=20, choices=Audience, blank=True
    )
    sex = models.CharField(_("sex"), max_length=1, choices=Sex, blank=True)
    region = models.CharField(_("region"), max_length=20, choices=Region, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="enrolments",
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        ordering = ["cohort", "person"]
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "person"],
                name="one_enrolment_per_cohort_and_person",
                violation_error_message=_("This participant is already enrolled."),
            ),
            models.CheckConstraint(
                condition=~models.Q(status="completed")
                | models.Q(completed_at__isnull=False, completed_on__isnull=False),
                name="completed_enrolment_has_a_date",
            ),
        ]
        indexes = [
            # The donors' table reads nothing else: every column it needs is in here.
            models.Index(
                fields=[
                    "completed_on",
                    "audience",
                    "sex",
                    "region",
                    "cohort",
                    "person",
                ],
                condition=models.Q(status="completed"),
                name="people_trained",
            )
        ]

    def __str__(self):
        return f"{self.person} - {self.cohort.code}"

    @property
    def is_studying(self) -> bool:
        return self.status in (self.Status.ACTIVE, self.Status.COMPLETED)


class Progress(models.Model):
    """How far one enrolment is with one activity, in whatever language."""

    class State(models.TextChoices):
        OPENED = "opened", _("Opened")
        COMPLETED = "completed", _("Completed")

    class Source(models.TextChoices):
        PARTICIPANT = "participant", _("Participant")
        QUIZ = "quiz", _("Quiz")
        TRAINER = "trainer", _("Trainer")
        CARRIED = "carried", _("Carried over")

    enrolment = models.ForeignKey(
        Enrolment, on_delete=models.PROTECT, related_name="progress"
    )
    activity = models.UUIDField(_("activity"))
    state = models.CharField(_("state"), max_length=20, choices=State)
    source = models.CharField(_("source"), max_length=20, choices=Source)
    opened_at = models.DateTimeField(_("opened at"))
    seen_at = models.DateTimeField(_("last seen at"))
    completed_at = models.DateTimeField(_("completed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("progress")
        verbose_name_plural = _("progress")
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "activity"],
                name="one_progress_per_enrolment_and_activity",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="completed")
                | models.Q(completed_at__isnull=False),
                name="completed_progress_has_a_time",
            ),
        ]

    def __str__(self):
        return f"{self.enrolment_id} {self.activity} {self.state}"


class Waiver(models.Model):
    """Lets one requirement of one enrolment be met without it."""

    enrolment = models.ForeignKey(
        Enrolment, on_delete=models.PROTECT, related_name="waivers"
    )
    requirement = models.CharField(_("requirement"), max_length=80)
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("given at"))

    class Meta:
        verbose_name = _("waiver")
        verbose_name_plural = _("waivers")
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "requirement"],
                name="one_waiver_per_enrolment_and_requirement",
            )
        ]

    def __str__(self):
        return f"{self.enrolment_id} {self.requirement}"
