from datetime import datetime

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
        return self.filter(status__in=Enrolment.STUDYING)

    def seated(self):
        """Take one of the cohort's seats (EN-02)."""
        return self.filter(status__in=Enrolment.SEATED)

    def queue(self):
        """The waiting list, who is next first (EN-03); who was erased is left out."""
        waiting = self.filter(
            status=Enrolment.Status.WAITLISTED, person__anonymised_at=None
        )
        return waiting.order_by("-priority", "queued_at", "pk")

    def guests(self):
        """Came without a place and are nobody who is known, so far (ATT-48)."""
        return self.filter(status=Enrolment.Status.GUEST, person__merged_into=None)

    def pending(self):
        """On the way in: asked, waiting, or asked to answer an offer."""
        return self.filter(status__in=Enrolment.PENDING)


class Enrolment(models.Model):
    """A participant's place in a cohort; ended, never deleted.

    Audience, sex, region, organisation and position are what they were when the place
    became active: later edits of the person rewrite no report (EN-15).
    """

    class Status(models.TextChoices):
        REQUESTED = "requested", _("Requested")
        WAITLISTED = "waitlisted", _("On the waiting list")
        OFFERED = "offered", _("Seat offered")
        ACTIVE = "active", _("Active")
        COMPLETED = "completed", _("Completed")
        REFUSED = "refused", pgettext_lazy("enrolment", "Not accepted")
        WITHDRAWN = "withdrawn", pgettext_lazy("enrolment", "Withdrawn")
        CANCELLED = "cancelled", _("Cancelled")
        # Came without a place: takes no seat, and is missed at no session.
        GUEST = "guest", _("Guest")

    STUDYING = [Status.ACTIVE, Status.COMPLETED]
    SEATED = [Status.OFFERED, Status.ACTIVE, Status.COMPLETED]
    PENDING = [Status.REQUESTED, Status.WAITLISTED, Status.OFFERED]

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
    position = models.CharField(_("position"), max_length=160, blank=True)
    moved_from = models.ForeignKey(
        "self",
        verbose_name=_("moved from"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    priority = models.PositiveSmallIntegerField(
        _("priority"), default=0, help_text=_("Higher goes first.")
    )
    queued_at = models.DateTimeField(_("waiting since"), null=True, blank=True)
    offered_until = models.DateTimeField(_("offered until"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    # How often its personal code was renewed, and once more.
    code_number = models.PositiveSmallIntegerField(default=1, editable=False)

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
            models.CheckConstraint(
                condition=~models.Q(status="waitlisted")
                | models.Q(queued_at__isnull=False),
                name="waiting_enrolment_has_a_time",
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
            ),
            models.Index(
                fields=["offered_until"],
                condition=models.Q(status="offered"),
                name="offers_that_run_out",
            ),
        ]

    def __str__(self):
        return f"{self.person} - {self.cohort.code}"

    @property
    def is_studying(self) -> bool:
        return self.status in self.STUDYING

    @property
    def is_guest(self) -> bool:
        return self.status == self.Status.GUEST

    def has_run_out(self, now: datetime) -> bool:
        """Is the time to accept the offered seat over?"""
        return self.offered_until is not None and self.offered_until <= now


class EnrolmentPeriod(models.Model):
    """A time in which the place was active; one who comes back gets another (EN-12).

    A table and not only the log: reports count by it, and the log may be pruned.
    """

    enrolment = models.ForeignKey(
        Enrolment, on_delete=models.PROTECT, related_name="periods"
    )
    began_at = models.DateTimeField(_("began at"))
    ended_at = models.DateTimeField(_("ended at"), null=True)
    ended_as = models.CharField(
        _("ended as"), max_length=20, choices=Enrolment.Status, blank=True
    )

    class Meta:
        ordering = ["enrolment", "began_at", "pk"]
        verbose_name = _("period of an enrolment")
        verbose_name_plural = _("periods of an enrolment")
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment"],
                condition=models.Q(ended_at=None),
                name="one_open_period_per_enrolment",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at=None, ended_as="")
                | models.Q(ended_at__gte=models.F("began_at")) & ~models.Q(ended_as=""),
                name="ended_period_says_when_and_how",
            ),
        ]

    def __str__(self):
        return f"{self.enrolment_id} {self.began_at:%Y-%m-%d}"


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
