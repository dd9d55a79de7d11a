"""Open answers of the sample's running cohort, to mark, mark again and settle."""

from decimal import Decimal

from courses import clock
from courses.actions.questions import freeze_question
from home.models import User
from lms.actions import claims, marking, second_marks
from lms.models import Attempt, Cohort, Response
from tests.factories import make_enrolment
from tests.lms.sitting import criterion, make_open_question

from .rows import cohort

TRAINER, OTHER = "trainer", "b.mirzoev"


def to_mark() -> Response:
    """In the hands of the trainer."""
    found = _answers().unmarked().first() or _hand_in(cohort())
    claims.claim(found, by=_user(TRAINER))
    return found


def to_mark_again() -> Response:
    """Marked by somebody else than the trainer."""
    found = _answers().for_second_mark().first()
    return found or _marked(_hand_in(cohort()), OTHER)


def to_settle() -> Response:
    found = _answers().to_settle().first()
    if found is None:
        found = _marked(_hand_in(cohort()), OTHER)
        given = marking.Given(levels=dict.fromkeys(_criteria(found), 1))
        second_marks.give_second_mark(found, given=given, by=_user(TRAINER))
    return found


def _answers():
    return Response.objects.by_hand().filter(attempt__enrolment__cohort=cohort())


def _marked(response: Response, username: str) -> Response:
    given = marking.Given(levels=dict.fromkeys(_criteria(response), 0))
    marking.mark(response, given=given, by=_user(username), read=0)
    return response


def _criteria(response: Response) -> dict:
    return response.version.key["criteria"]


def _user(username: str) -> User:
    return User.objects.get(username=username)


def _hand_in(into: Cohort) -> Response:
    """By somebody new, in a quiz of its own with two criteria."""
    question = make_open_question(
        criterion("Means", ("0", "None is named."), ("40", "Debt and threats are.")),
        criterion("Duty", ("10", "One duty."), ("60", "Protection and referral.")),
        stem="<p>What holds the person, and what do you owe them?</p>",
    )
    now = clock.now()
    attempt = Attempt.objects.create(
        enrolment=make_enrolment(cohort=into),
        quiz_key=question.translation_key,
        number=1,
        status=Attempt.Status.MARKING,
        rules={
            "pass_percent": "60",
            "grading": "highest",
            "second_mark_tolerance": 10,
        },
        language="en",
        started_at=now,
        ended_at=now,
        out_of=Decimal(5),
    )
    return Response.objects.create(
        attempt=attempt,
        place=1,
        question_key=question.translation_key,
        version=freeze_question(question, by=None),
        marks=Decimal(5),
        answer={"text": "A debt holds her.\n\nI owe her protection."},
        is_in_sample=True,
    )
