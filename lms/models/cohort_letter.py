from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .attendance import Mark, Session
from .cohort import Cohort
from .enrolment import Enrolment


class CohortLetter(models.Model):
    """A letter that staff wrote to people of a cohort: a message to each of them.

    `texts` holds subject and letter by language. The messages wait until somebody has
    seen how many there are and what they say (CM-06).
    """

    class Audience(models.TextChoices):
        EVERYBODY = "everybody", _("Everybody who has a place")
        NOT_COMPLETED = "not_completed", _("Who has not completed yet")
        COMPLETED = "completed", _("Who has completed")
        MISSED = "missed", _("Who missed a session")

    cohort = models.ForeignKey(
        Cohort,
        verbose_name=_("cohort"),
        on_delete=models.PROTECT,
        related_name="letters",
    )
    audience = models.CharField(
        _("to whom"), max_length=20, choices=Audience, default=Audience.EVERYBODY
    )
    session = models.ForeignKey(
        Session,
        verbose_name=_("session"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    texts = models.JSONField(_("texts"))
    written_at = models.DateTimeField(_("written at"))
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("written by"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    approved_at = models.DateTimeField(_("approved at"), null=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("approved by"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    taken_back_at = models.DateTimeField(_("taken back at"), null=True)

    class Meta:
        ordering = ["-written_at", "-pk"]
        verbose_name = _("letter to a cohort")
        verbose_name_plural = _("letters to cohorts")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(audience="missed")
                | models.Q(session__isnull=False),
                name="letter_about_a_missed_session_names_it",
            ),
        ]

    def __str__(self):
        return self.subject

    @property
    def subject(self) -> str:
        """In the cohort's language, or the first there is."""
        written = self.texts.get(self.cohort.locale) or next(iter(self.texts.values()))
        return written[0]

    @property
    def is_waiting(self) -> bool:
        return self.approved_at is None and self.taken_back_at is None

    @property
    def state(self) -> str:
        if self.taken_back_at:
            return _("Taken back")
        return _("Approved") if self.approved_at else _("To approve")

    def recipients(self) -> models.QuerySet[Enrolment]:
        """The places of the people it is for."""
        places = Enrolment.objects.studying().filter(cohort=self.cohort_id)
        if self.audience == self.Audience.NOT_COMPLETED:
            return places.filter(status=Enrolment.Status.ACTIVE)
        if self.audience == self.Audience.COMPLETED:
            return places.filter(status=Enrolment.Status.COMPLETED)
        if self.audience == self.Audience.MISSED:
            absent = Mark.objects.absent().filter(session=self.session_id)
            return places.filter(pk__in=absent.values("enrolment"))
        return places
