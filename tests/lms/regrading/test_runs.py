"""Marking again when a key was wrong: a dry run, all or nothing, every way of it."""

from dataclasses import astuple
from datetime import timedelta
from decimal import Decimal

import pytest
from wagtail.models import ModelLogEntry

from courses import clock
from courses.actions.questions import freeze_question
from lms.actions import marking, regrading
from lms.actions.refusal import ReasonMissing
from lms.actions.regrade_plan import (
    NothingLeft,
    NothingToChange,
    OtherOptions,
)
from lms.actions.regrading import FiguresChanged, regrade
from lms.answer_sheet import review
from lms.models import (
    Attempt,
    Enrolment,
    Progress,
    RegradeRun,
    Response,
    ResponseScore,
)
from lms.regrading import FULL, NEWEST, VOID, Terms
from tests.factories import (
    make_course,
    make_edition,
    make_enrolment,
    make_question,
    make_quiz,
)
from tests.lms.sitting import answer, hand_in, make_open_question, turn_key

from .steps import dry_run, points, run

pytestmark = pytest.mark.django_db


# The dry run.


def test_the_dry_run_says_how_many_move_and_turn_and_writes_nothing(cast):
    """QZ-35"""
    Progress.objects.all().delete()
    turn_key(cast.question)
    before = ResponseScore.objects.count()

    found = dry_run(cast)

    assert astuple(found.figures) == (2, 1, 1, 1, 0, 0)
    assert ResponseScore.objects.count() == before
    assert not RegradeRun.objects.exists()


def test_a_pass_that_would_go_is_counted(cast):
    """QZ-35"""
    turn_key(cast.question)
    Attempt.objects.update(rules=cast.right.rules | {"pass_percent": "60"})

    assert astuple(dry_run(cast).figures) == (2, 1, 1, 0, 1, 0)


def test_a_run_does_what_its_dry_run_said_in_records_that_carry_it(cast):
    """QZ-35: one run, one log entry, a new score for each answer."""
    turn_key(cast.question)

    done = run(cast)

    assert points(cast.right, cast.wrong) == [(1, 2), (1, 2)]
    assert done.figures["up"] == done.figures["down"] == 1
    scores = ResponseScore.objects.filter(run=done)
    assert set(scores.values_list("kind", "by", "out_of")) == {
        ("regrade", cast.coordinator.pk, 1)
    }
    assert scores.count() == 2
    assert ModelLogEntry.objects.filter(action="lms.regrade").count() == 1


def test_a_run_is_asked_again_when_its_figures_changed_since_the_dry_run(cast):
    """QZ-35"""
    turn_key(cast.question)
    seen = dry_run(cast).fingerprint
    answer(make_enrolment(cohort=cast.cohort), cast.quiz, rights=2)
    turn_key(cast.question)
    turn_key(cast.question)
    Response.objects.filter(attempt=cast.wrong).update(answer=None)

    with pytest.raises(FiguresChanged) as refusal:
        regrade(
            cast.question.translation_key,
            terms=Terms(NEWEST),
            reason="Wrong.",
            seen=seen,
            by=cast.coordinator,
        )

    assert refusal.value.plan.fingerprint != seen
    assert not RegradeRun.objects.exists()


def test_a_run_that_breaks_leaves_nothing_behind(cast, monkeypatch):
    """QZ-35"""
    turn_key(cast.question)

    def break_off(*_args):
        raise RuntimeError

    monkeypatch.setattr(regrading, "_keep_passes", break_off)
    with pytest.raises(RuntimeError):
        run(cast)

    assert points(cast.right, cast.wrong) == [(2, 2), (0, 2)]
    assert not RegradeRun.objects.exists()


def test_a_run_wants_a_reason_and_a_second_one_has_nothing_to_do(cast):
    turn_key(cast.question)
    seen = dry_run(cast).fingerprint

    with pytest.raises(ReasonMissing):
        regrade(
            cast.question.translation_key,
            terms=Terms(NEWEST),
            reason=" ",
            seen=seen,
            by=cast.coordinator,
        )
    run(cast)
    with pytest.raises(NothingToChange):
        run(cast)


def test_a_run_touches_the_cohorts_that_its_author_runs(cast):
    turn_key(cast.question)

    for who in (cast.trainer, cast.other_coordinator, cast.observer, cast.stranger):
        with pytest.raises(NothingToChange):
            dry_run(cast, by=who)
    assert dry_run(cast, by=cast.administrator).figures.attempts == 2


# Which answers, and what they earn.


def test_a_version_with_other_options_is_refused_and_two_ways_remain(cast):
    """QZ-36"""
    cast.question.choices.append(
        ("choice", {"text": "Third", "is_correct": False, "feedback": ""})
    )
    cast.question.save_revision().publish()
    freeze_question(cast.question, by=None)

    with pytest.raises(OtherOptions) as refusal:
        dry_run(cast)

    assert refusal.value.field == "way"
    assert "void" in str(refusal.value)
    assert dry_run(cast, VOID).figures.attempts == 2
    assert dry_run(cast, FULL).figures.up == 1


def make_open_cast(cast):
    """One more quiz, of one open answer and one choice, marked by hand with a half."""
    quiz = make_quiz(None, [make_question(), question := make_open_question()])
    freeze_question(quiz.slots.first().question, by=None)
    cast.cohort.edition = make_edition(make_course(), quiz)
    cast.cohort.save()
    cast.open_quiz = quiz
    cast.written = hand_in(make_enrolment(cohort=cast.cohort), quiz)
    response = cast.written.responses.get(question_key=question.translation_key)
    half = marking.Given(Decimal("0.5"))
    return question, lambda: marking.mark(response, given=half, by=cast.marker, read=0)


@pytest.mark.parametrize(("ticked", "score"), [(False, "1.5"), (True, "2")])
def test_marks_given_by_hand_stay_unless_it_is_said_otherwise(cast, ticked, score):
    """QZ-37"""
    question, mark = make_open_cast(cast)
    mark()
    other = hand_in(make_enrolment(cohort=cast.cohort), cast.open_quiz)

    done = run(cast, FULL, question, remarks_manual=ticked)

    cast.written.refresh_from_db()
    other.refresh_from_db()
    assert (cast.written.score, other.score) == (Decimal(score), 2)
    assert done.figures["by_hand"] == (not ticked)


def test_an_answer_that_waits_for_its_marker_is_marked_by_full_marks(cast):
    question, _mark = make_open_cast(cast)

    done = run(cast, FULL, question)

    cast.written.refresh_from_db()
    assert (cast.written.status, cast.written.score) == ("graded", 2)
    assert done.figures["passed"] == 1


def test_nobody_gets_less_where_that_is_chosen(cast):
    turn_key(cast.question)

    done = run(cast, is_never_lower=True)

    assert points(cast.right, cast.wrong) == [(2, 2), (1, 2)]
    assert done.figures["down"] == 0


def test_the_end_the_rules_and_the_number_of_an_attempt_stay(cast, at):
    """QZ-38"""
    late = clock.now()
    Attempt.objects.filter(pk=cast.right.pk).update(deadline_at=late, ended_at=late)
    names = ["ended_at", "deadline_at", "started_at", "rules", "number", "language"]
    before = list(Attempt.objects.order_by("pk").values(*names))
    turn_key(cast.question)

    at(clock.now() + timedelta(days=30))
    run(cast)

    assert list(Attempt.objects.order_by("pk").values(*names)) == before


def test_full_marks_are_for_everybody_and_a_new_pass_completes_the_quiz(cast):
    done = run(cast, FULL)

    assert points(cast.right, cast.wrong) == [(2, 2), (1, 2)]
    assert done.figures["passed"] == 1
    place = cast.wrong.enrolment
    place.refresh_from_db()
    assert place.status == Enrolment.Status.COMPLETED


# Void.


def test_a_void_question_leaves_the_points_and_what_there_was_to_earn_for_all(cast):
    """QZ-40"""
    run(cast, VOID)

    assert points(cast.right, cast.wrong) == [(1, 1), (0, 1)]


@pytest.mark.parametrize("ticked", [False, True])
def test_a_question_marked_by_hand_is_void_for_all_and_for_nobody_to_mark(cast, ticked):
    """QZ-40"""
    question, mark = make_open_cast(cast)
    mark()

    run(cast, VOID, question, remarks_manual=ticked)

    assert points(cast.written) == [(1, 1)]
    with pytest.raises(marking.NotByHand):
        mark()


def test_the_review_says_which_question_is_void(client, cast):
    """QZ-40"""
    run(cast, VOID)
    client.force_login(cast.participant)

    page = client.get(f"/en/attempts/{cast.right.pk}/result/").content.decode()

    items = review(cast.right, "en")
    assert [item.is_void for item in items] == [True, False]
    assert page.count("This question was made void") == 1
    assert "1 of 1 points" in page


def test_a_question_that_was_all_somebody_was_asked_does_not_become_void(cast):
    """QZ-40"""
    quiz = make_quiz(None, [cast.question])
    cast.cohort.edition = make_edition(make_course(), quiz)
    cast.cohort.save()
    answer(make_enrolment(cohort=cast.cohort), quiz, rights=1)

    with pytest.raises(NothingLeft):
        dry_run(cast, VOID)


def test_what_was_void_counts_again_as_it_did(cast):
    run(cast, VOID)

    run(cast, NEWEST)

    assert points(cast.right, cast.wrong) == [(2, 2), (0, 2)]
