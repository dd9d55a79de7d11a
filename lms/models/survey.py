"""Surveys: who was asked and who answered stand apart from what was answered."""

import hashlib
import uuid
from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lms.survey_questions import defaults

from .cohort import Cohort
from .enrolment import Enrolment


class SurveyKind(models.TextChoices):
    """When a survey is held; the code is what its letter says."""

    END = "end", pgettext_lazy("survey", "At the end")
    THREE_MONTHS = "3m", _("After three months")
    SIX_MONTHS = "6m", _("After six months")


class SurveyTemplateQuerySet(models.QuerySet):
    def questions(self, kind: str) -> list[dict]:
        """What is asked from now on: as staff wrote it, else the product's own."""
        template = self.filter(kind=kind).first()
        if template:
            return template.questions
        return defaults(is_later=kind != SurveyKind.END)


class SurveyTemplate(models.Model):
    """Other questions than the product's own; surveys opened before keep theirs."""

    kind = models.CharField(_("when"), max_length=10, choices=SurveyKind, unique=True)
    questions = models.JSONField(_("questions"))

    objects = SurveyTemplateQuerySet.as_manager()

    class Meta:
        ordering = ["kind"]
        verbose_name = _("survey questions")
        verbose_name_plural = _("survey questions")

    def __str__(self):
        return str(self.get_kind_display())


class SurveyQuerySet(models.QuerySet):
    def over(self, today):
        """Nobody answers these any more."""
        return self.filter(
            models.Q(closed_at__isnull=False) | models.Q(closes_on__lt=today)
        )


class Survey(models.Model):
    """The participants of one cohort are asked at one time; both days included."""

    cohort = models.ForeignKey(
        Cohort,
        verbose_name=_("cohort"),
        on_delete=models.PROTECT,
        related_name="surveys",
    )
    kind = models.CharField(_("when"), max_length=10, choices=SurveyKind)
    questions = models.JSONField(_("questions"))
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("last day"))
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)

    objects = SurveyQuerySet.as_manager()

    class Meta:
        ordering = ["-opens_on", "pk"]
        verbose_name = _("survey")
        verbose_name_plural = _("surveys")
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "kind"], name="one_survey_per_cohort_and_kind"
            ),
            models.CheckConstraint(
                condition=models.Q(closes_on__gte=models.F("opens_on")),
                name="survey_closes_after_it_opens",
                violation_error_message=_("The last day is before the first."),
            ),
        ]

    def __str__(self):
        return f"{self.cohort.title}: {self.get_kind_display()}"

    def is_open(self, now: datetime) -> bool:
        today = now.astimezone(self.cohort.zone).date()
        return self.closed_at is None and self.opens_on <= today <= self.closes_on

    def is_over(self, now: datetime) -> bool:
        today = now.astimezone(self.cohort.zone).date()
        return self.closed_at is not None or today > self.closes_on


class SurveyInvitationQuerySet(models.QuerySet):
    def wanted(self):
        """Still to be answered by somebody whose place has not ended."""
        return self.filter(
            answered_on=None,
            enrolment__status__in=[
                Enrolment.Status.ACTIVE,
                Enrolment.Status.COMPLETED,
            ],
            enrolment__person__merged_into=None,
            enrolment__person__anonymised_at=None,
        )

    def of(self, user):
        if not user.is_authenticated:
            return self.none()
        return self.filter(enrolment__person__user=user)

    def with_token(self, token: str):
        return self.filter(token_hash=hash_of(token))


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class SurveyInvitation(models.Model):
    """That one person was asked, and on which day they answered: never what.

    Only a hash of the link's token is kept.
    """

    survey = models.ForeignKey(
        Survey, on_delete=models.PROTECT, related_name="invitations"
    )
    enrolment = models.ForeignKey(
        Enrolment, on_delete=models.PROTECT, related_name="survey_invitations"
    )
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    answered_on = models.DateField(null=True, editable=False)

    objects = SurveyInvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("survey invitation")
        verbose_name_plural = _("survey invitations")
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "enrolment"],
                name="one_invitation_per_survey_and_enrolment",
            )
        ]

    def __str__(self):
        return f"{self.survey_id} {self.enrolment_id}"


class SurveyAnswer(models.Model):
    """What somebody answered: no name, no time, no order, no way back to a person.

    While a survey is open, answers are shown in fives (`is_shown`): whoever looks
    before and after one more answer must not learn what it says.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="answers")
    values = models.JSONField()
    is_shown = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("survey answer")
        verbose_name_plural = _("survey answers")

    def __str__(self):
        return str(self.survey_id)
