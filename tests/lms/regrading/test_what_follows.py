"""Nothing is taken away: lost passes wait for a coordinator; what reviews say."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import ModelLogEntry

from lms.actions import attempts, regrading
from lms.actions.refusal import ReasonMissing
from lms.answer_sheet import review
from lms.models import (
    Attempt,
    Enrolment,
    LostPass,
    Progress,
)
from lms.regrading import FULL, NEWEST, VOID
from tests.factories import (
    make_enrolment,
)
from tests.lms.sitting import answer, start, turn_key

from .steps import dry_run, run

pytestmark = pytest.mark.django_db


def make_loser(cast):
    """Somebody who has completed the course and loses the pass by the next run."""
    Attempt.objects.update(rules=cast.right.rules | {"pass_percent": "60"})
    turn_key(cast.question)


def test_a_lost_pass_takes_nothing_away_and_waits_for_the_coordinator(cast):
    """QZ-39"""
    make_loser(cast)

    done = run(cast)

    cast.enrolment.refresh_from_db()
    assert cast.enrolment.status == Enrolment.Status.COMPLETED
    assert Progress.objects.get(enrolment=cast.enrolment).state == "completed"
    [lost] = LostPass.objects.open()
    assert (lost.run, lost.enrolment, lost.settled_by) == (done, cast.enrolment, None)


def test_a_lost_pass_is_settled_once_with_what_was_decided(cast):
    """QZ-39"""
    make_loser(cast)
    run(cast)
    [lost] = LostPass.objects.all()

    with pytest.raises(ReasonMissing):
        regrading.settle_lost_pass(lost, note=" ", by=cast.coordinator)
    first = regrading.settle_lost_pass(lost, note="Stays.", by=cast.coordinator)
    again = regrading.settle_lost_pass(lost, note="Goes.", by=cast.administrator)

    assert (again.note, again.settled_by) == (first.note, cast.coordinator)
    logged = ModelLogEntry.objects.filter(action="lms.settle_lost_pass")
    assert logged.count() == 1


def test_a_pass_that_is_back_has_nothing_to_be_settled(cast):
    """QZ-39"""
    make_loser(cast)
    run(cast)

    run(cast, FULL)

    assert not LostPass.objects.open().exists()


def test_the_review_shows_what_is_right_by_the_version_it_is_marked_by(cast):
    turn_key(cast.question)
    run(cast)

    [item, _other] = review(cast.wrong, "en")

    assert item.is_right
    assert [c.text for c in item.asked.choices if c.is_right] == ["Wrong"]


def test_an_attempt_that_is_not_handed_in_is_counted_and_left_alone(cast):
    turn_key(cast.question)
    running = start(make_enrolment(cohort=cast.cohort), cast.quiz)

    found = dry_run(cast)
    run(cast)

    running.refresh_from_db()
    assert (found.not_yet, found.figures.attempts) == (1, 2)
    assert (running.status, running.out_of) == ("running", 2)
    assert attempts.submit(running).score == 0


def test_as_many_queries_for_six_attempts_as_for_two(cast):
    """QZ-35"""

    def queries():
        with CaptureQueriesContext(connection) as found:
            run(cast, VOID)
        run(cast, NEWEST)
        return len(found)

    queries()
    few = queries()
    for _ in range(4):
        answer(make_enrolment(cohort=cast.cohort), cast.quiz, rights=2)

    assert queries() == few
