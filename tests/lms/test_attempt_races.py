"""Twenty times in a row: whoever comes at the same moment, there is one result."""

from datetime import timedelta

import pytest

from courses import clock
from courses.models import QuestionVersion
from lms.actions import attempts
from lms.actions.attempt_refusals import StaleAnswer
from lms.models import Attempt, Response, ResponseScore
from tests.factories import make_enrolment
from tests.lms.sitting import answers, make_sitting, start
from tests.racing import at_once

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
ROUNDS = 20


def rounds(enrolment):
    """Another place in the same cohort for each round."""
    yield enrolment
    for _ in range(ROUNDS - 1):
        yield make_enrolment(cohort=enrolment.cohort)


def test_twelve_starts_at_once_give_one_attempt():
    """QZ-01."""
    enrolment, quiz = make_sitting(2)

    for place in rounds(enrolment):
        found = at_once(*[lambda place=place: start(place, quiz)] * 12)

        assert found == [place.attempts.get()] * 12

    assert Attempt.objects.count() == ROUNDS
    assert Response.objects.count() == ROUNDS * 2


def test_of_eight_tabs_that_save_one_answer_exactly_one_is_accepted():
    """QZ-18."""
    enrolment, quiz = make_sitting()
    key = {"kind": "short_answer", "options": [], "correct": []}
    QuestionVersion.objects.update(key=key)

    for place in rounds(enrolment):
        attempt = start(place, quiz)
        found = at_once(*[_saving(attempt, f"answer {tab}") for tab in range(8)])

        kept = [one for one in found if isinstance(one, Response)]
        stale = [one for one in found if isinstance(one, StaleAnswer)]
        assert (len(kept), len(stale)) == (1, 7)
        assert attempt.responses.get().answer == kept[0].answer


def _saving(attempt, text):
    return lambda: attempts.save_answer(
        attempt, place=1, answer={"text": text}, sequence=1
    )


def test_participant_and_sweeper_at_once_give_one_result(at):
    """QZ-13."""
    now = at("2026-10-12T09:00+05:00")
    enrolment, quiz = make_sitting(2, minutes=10)
    late = now + timedelta(minutes=12)

    def submit(attempt):
        with clock.stopped_at(late):
            return attempts.submit(attempt)

    def sweep():
        with clock.stopped_at(late):
            return attempts.sweep()

    for place in rounds(enrolment):
        attempt = start(place, quiz)
        attempts.keep_answers(attempt, answers=answers(attempt, rights=1))
        found = at_once(
            lambda attempt=attempt: submit(attempt),
            sweep,
            lambda attempt=attempt: submit(attempt),
            sweep,
        )

        attempt.refresh_from_db()
        assert not [one for one in found if isinstance(one, Exception)]
        assert (attempt.status, attempt.score) == (Attempt.Status.GRADED, 1)
        assert attempt.ended_at == now + timedelta(minutes=10)

    assert ResponseScore.objects.count() == ROUNDS * 2
