"""Asking people how a training was, without keeping who said what."""

import secrets
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from courses import clock
from lms.models import (
    Cohort,
    Enrolment,
    Survey,
    SurveyAnswer,
    SurveyInvitation,
    SurveyKind,
    SurveyTemplate,
)
from lms.models.survey import hash_of
from lms.survey_figures import LEAST
from lms.survey_questions import Question

from .messages import queue
from .refusal import Refused

NINE = time(9)
LETTER = "lms/mail/survey"
MONTHS = {SurveyKind.THREE_MONTHS: 3, SurveyKind.SIX_MONTHS: 6}
# How long a follow-up stays open, and how late it may still begin.
FOLLOW_UP_DAYS = 21


class DaysReversed(Refused):
    """The last day is before the first, or over already."""

    field = "closes_on"


class CohortCancelled(Refused):
    """A cohort that never met is not asked how it was."""

    field = "kind"


class AnsweredAlready(Refused):
    """One answer a person."""


class SurveyNotOpen(Refused):
    """Not yet, or not any more."""


class NotAsked(Refused):
    """The place has ended: nobody is asked any more."""


class NothingAnswered(Refused):
    """Every question was left empty."""


@transaction.atomic
def open_survey(
    cohort: Cohort, *, kind: str, opens_on: date, closes_on: date, by
) -> Survey:
    """Ask a cohort; a second call returns the survey there is and asks nobody twice.

    At the end everybody who studies is asked, later only those who completed. The
    questions are kept as they are now.
    """
    cohort = Cohort.objects.select_for_update().get(pk=cohort.pk)
    _refuse_days(cohort, opens_on, closes_on)
    if cohort.status == Cohort.Status.CANCELLED:
        raise CohortCancelled(_("The cohort is cancelled; nobody is asked about it."))
    survey, is_new = Survey.objects.get_or_create(
        cohort=cohort,
        kind=kind,
        defaults={
            "questions": SurveyTemplate.objects.questions(kind),
            "opens_on": opens_on,
            "closes_on": closes_on,
        },
    )
    if is_new:
        log(cohort, "lms.open_survey", user=by, data={"kind": kind})
    invite(survey)
    return survey


@transaction.atomic
def invite(survey: Survey) -> int:
    """Write to everybody who is to be asked and was not yet; gives their number."""
    asked = SurveyInvitation.objects.filter(survey=survey).values("enrolment")
    places = _to_ask(survey).exclude(pk__in=asked).select_related("person")
    return sum(_invite(survey, place) for place in places.order_by("pk"))


@transaction.atomic
def answer(invitation: SurveyInvitation, *, values: dict) -> None:
    """Keep the answer and, apart from it, that the person has answered.

    Nothing says which answer is whose, so nothing is logged and nothing returned.
    """
    survey = _locked(invitation.survey)
    refuse_answer(invitation, survey)
    if not values:
        raise NothingAnswered(_("Answer at least one question."))
    today = timezone.localdate(clock.now(), survey.cohort.zone)
    is_first = SurveyInvitation.objects.filter(
        pk=invitation.pk, answered_on=None
    ).update(answered_on=today)
    if not is_first:
        raise AnsweredAlready(_("You have answered already. Thank you."))
    SurveyAnswer.objects.create(survey=survey, values=values)
    waiting = SurveyAnswer.objects.filter(survey=survey, is_shown=False)
    if waiting.count() >= LEAST:
        waiting.update(is_shown=True)


def refuse_answer(invitation: SurveyInvitation, survey: Survey) -> None:
    """Raises why this invitation cannot be answered now; asked before and after."""
    if invitation.answered_on:
        raise AnsweredAlready(_("You have answered already. Thank you."))
    if not survey.is_open(clock.now()):
        raise SurveyNotOpen(_("This survey is closed."))
    if not SurveyInvitation.objects.wanted().filter(pk=invitation.pk).exists():
        raise NotAsked(_("Your place in this training has ended."))


@transaction.atomic
def close_survey(survey: Survey, *, by) -> Survey:
    """End a survey before its last day; a second call changes nothing."""
    survey = _locked(survey)
    if not survey.is_over(clock.now()):
        survey.closed_at = clock.now()
        survey.save(update_fields=["closed_at"])
        log(survey.cohort, "lms.close_survey", user=by, data={"kind": survey.kind})
    return survey


@transaction.atomic
def change_questions(kind: str, *, questions: list[Question], by) -> SurveyTemplate:
    """Ask this from now on; surveys that are open keep what they asked."""
    template, is_new = SurveyTemplate.objects.select_for_update().get_or_create(
        kind=kind, defaults={"questions": questions}
    )
    if is_new or template.questions != questions:
        template.questions = questions
        template.save(update_fields=["questions"])
        log(template, "lms.change_survey", user=by)
    return template


def survey_followups(now: datetime | None = None) -> int:
    """Ask cohorts three and six months after their end; gives the number of letters.

    Only people who completed are asked. Also writes to who came late into a survey
    that is open. A job of every night; safe to run twice.
    """
    now = now or clock.now()
    before = SurveyInvitation.objects.count()
    for kind, months in MONTHS.items():
        for cohort in _due(kind, months, now):
            _follow_up(cohort, kind, now)
    for survey in Survey.objects.filter(closed_at=None).select_related("cohort"):
        if survey.is_open(now):
            invite(survey)
    return SurveyInvitation.objects.count() - before


def _follow_up(cohort: Cohort, kind: str, now: datetime) -> None:
    today = timezone.localdate(now, cohort.zone)
    last = today + timedelta(days=FOLLOW_UP_DAYS)
    open_survey(cohort, kind=kind, opens_on=today, closes_on=last, by=None)


def _due(kind: str, months: int, now: datetime) -> Iterable[Cohort]:
    """Cohorts that ended so long ago, with people to ask and not asked yet."""
    latest = timezone.localdate(now) - relativedelta(months=months)
    earliest = latest - timedelta(days=FOLLOW_UP_DAYS)
    completed = Q(enrolments__status=Enrolment.Status.COMPLETED)
    cohorts = Cohort.objects.filter(completed, ends_on__range=(earliest, latest))
    cohorts = cohorts.exclude(status=Cohort.Status.CANCELLED)
    return cohorts.exclude(surveys__kind=kind).distinct().order_by("pk")


def _to_ask(survey: Survey):
    places = survey.cohort.enrolments.filter(
        person__merged_into=None, person__anonymised_at=None
    )
    if survey.kind == SurveyKind.END:
        return places.studying()
    return places.filter(status=Enrolment.Status.COMPLETED)


def _invite(survey: Survey, place: Enrolment) -> bool:
    """Only the letter holds the token; what is kept here cannot be turned into it."""
    token = secrets.token_urlsafe(24)
    SurveyInvitation.objects.create(
        survey=survey, enrolment=place, token_hash=hash_of(token)
    )
    with translation.override(place.person.locale):
        url = reverse("lms:survey", args=[token])
    queue(
        place.person,
        key=f"survey:{survey.pk}:{place.pk}",
        template=LETTER,
        context={
            "survey": survey.pk,
            "enrolment": place.pk,
            "url": url,
            "after": survey.kind,
        },
        due_at=_first_morning(survey),
    )
    return True


def _first_morning(survey: Survey) -> datetime:
    """Nine o'clock of the first day where the cohort is, or now when that is past."""
    nine = datetime.combine(survey.opens_on, NINE, tzinfo=survey.cohort.zone)
    return max(nine, clock.now())


def _locked(survey: Survey) -> Survey:
    """Answers are counted one after another."""
    rows = Survey.objects.select_for_update(of=("self",)).select_related("cohort")
    return rows.get(pk=survey.pk)


def _refuse_days(cohort: Cohort, opens_on: date, closes_on: date) -> None:
    if closes_on < opens_on:
        raise DaysReversed(_("The last day is before the first."))
    if closes_on < timezone.localdate(clock.now(), cohort.zone):
        raise DaysReversed(_("The last day is over already."))
