"""A survey of a cohort, and people who answer it."""

from datetime import timedelta

from django.utils import timezone

from courses import clock
from lms.actions import surveys
from lms.models import Enrolment, Message, Survey, SurveyInvitation
from tests.factories import make_cohort, make_enrolment, make_person

GOOD = {"useful": 5, "pace": 1, "best": "The role play"}


def make_survey(cohort=None, kind="end", days=14, people=0, **cohort_fields) -> Survey:
    """Open from today on; so many people more are asked, by letter."""
    cohort = cohort or make_cohort(**cohort_fields)
    for _ in range(people):
        make_enrolment(make_person(), cohort)
    today = timezone.localdate(clock.now(), cohort.zone)
    last = today + timedelta(days=days)
    return surveys.open_survey(
        cohort, kind=kind, opens_on=today, closes_on=last, by=None
    )


def completed(cohort, **person):
    """Somebody who has completed the course of this cohort just now."""
    return make_enrolment(
        make_person(**person),
        cohort,
        status=Enrolment.Status.COMPLETED,
        completed_at=clock.now(),
        completed_on=clock.now().date(),
    )


def token_of(enrolment) -> str:
    """From the letter: nowhere else is it."""
    letters = Message.objects.filter(
        template="lms/mail/survey", context__enrolment=enrolment.pk
    )
    return letters.get().context["url"].rstrip("/").rsplit("/", 1)[1]


def answer_all(survey, *many) -> None:
    """The people asked answer one after another, each with one of these values."""
    waiting = SurveyInvitation.objects.wanted().filter(survey=survey).order_by("pk")
    for invitation, values in zip(list(waiting), many, strict=False):
        surveys.answer(invitation, values=values)
