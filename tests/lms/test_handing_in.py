"""Answers kept, handed in and marked, by whoever comes first."""

from datetime import timedelta
from decimal import Decimal

import pytest
from wagtail.models import ModelLogEntry

from courses.actions.questions import freeze_question
from lms.actions import attempts
from lms.actions.attempt_refusals import (
    AttemptEnded,
    StaleAnswer,
    TamperedAnswer,
    TooLate,
)
from lms.actions.grading import grade
from lms.models import Attempt, Enrolment, Response, ResponseScore
from lms.standing import requirements_of
from lms.tasks import every_minute
from tests.factories import (
    make_cohort,
    make_course,
    make_edition,
    make_enrolment,
    make_module,
    make_question,
    make_quiz,
)
from tests.lms.sitting import answers, make_sitting, right, start, wrong

from .done import completed_keys

pytestmark = pytest.mark.django_db


# Answering.


def test_an_older_answer_is_refused_and_the_newer_one_shown():
    """QZ-18."""
    enrolment, quiz = make_sitting()
    attempt = start(enrolment, quiz)
    [response] = attempt.responses.all()
    attempts.save_answer(attempt, place=1, answer=right(response), sequence=2)

    with pytest.raises(StaleAnswer) as refusal:
        attempts.save_answer(attempt, place=1, answer=wrong(response), sequence=2)

    assert refusal.value.newer.answer == right(response)
    assert Response.objects.get().answer == right(response)


def test_the_same_answer_sent_twice_over_a_bad_line_is_kept_once():
    enrolment, quiz = make_sitting()
    attempt = start(enrolment, quiz)
    [response] = attempt.responses.all()

    for _ in range(2):
        attempts.save_answer(attempt, place=1, answer=right(response), sequence=1)

    assert Response.objects.get().sequence == 1


@pytest.mark.parametrize(
    "tamper",
    [
        lambda r: (2, right(r)),
        lambda r: (1, {"chosen": ["00000000-0000-0000-0000-000000000000"]}),
        lambda r: (1, {"chosen": r.version.key["options"]}),
        lambda r: (1, {"text": "x" * 501}),
    ],
    ids=["question not dealt", "option not offered", "two of one", "not a choice"],
)
def test_a_tampered_answer_is_refused_and_logged(tamper):
    """QZ-21."""
    enrolment, quiz = make_sitting()
    attempt = start(enrolment, quiz)
    place, answer = tamper(attempt.responses.get())

    with pytest.raises(TamperedAnswer):
        attempts.save_answer(attempt, place=place, answer=answer, sequence=1)
    with pytest.raises(TamperedAnswer):
        attempts.submit(attempt, answers={place: answer})

    attempt.refresh_from_db()
    assert attempt.is_running
    assert Response.objects.get().answer is None
    logged = ModelLogEntry.objects.filter(action="lms.tampered_answer")
    assert set(logged.values_list("user", flat=True)) == {enrolment.person.user_id}


def test_an_answer_within_the_networks_grace_is_kept(at):
    """QZ-11."""
    now = at("2026-10-12T09:00+05:00")
    enrolment, quiz = make_sitting(minutes=10)
    attempt = start(enrolment, quiz)
    [response] = attempt.responses.all()

    at(now + timedelta(minutes=10, seconds=60))
    attempts.save_answer(attempt, place=1, answer=right(response), sequence=1)
    attempt = attempts.submit(attempt)

    assert attempt.score == 1
    assert attempt.ended_at == now + timedelta(minutes=10)


def test_an_answer_after_the_grace_is_refused_and_what_was_saved_counts(at):
    """QZ-11: the end is the deadline."""
    now = at("2026-10-12T09:00+05:00")
    enrolment, quiz = make_sitting(2, minutes=10)
    attempt = start(enrolment, quiz)
    first, second = attempt.responses.all()
    attempts.save_answer(attempt, place=1, answer=right(first), sequence=1)

    at(now + timedelta(minutes=11, seconds=1))
    with pytest.raises(TooLate):
        attempts.save_answer(attempt, place=2, answer=right(second), sequence=1)

    attempt.refresh_from_db()
    assert (attempt.status, attempt.score) == (Attempt.Status.GRADED, 1)
    assert attempt.ended_at == now + timedelta(minutes=10)


def test_answers_handed_in_too_late_do_not_count(at):
    """QZ-11."""
    now = at("2026-10-12T09:00+05:00")
    enrolment, quiz = make_sitting(minutes=10)
    attempt = start(enrolment, quiz)

    at(now + timedelta(minutes=12))
    attempt = attempts.submit(attempt, answers=answers(attempt))

    assert attempt.score == 0


def test_nothing_changes_after_handing_in():
    enrolment, quiz = make_sitting()
    attempt = start(enrolment, quiz)
    attempts.submit(attempt)

    with pytest.raises(AttemptEnded):
        attempts.save_answer(attempt, place=1, answer=None, sequence=9)
    kept = attempts.keep_answers(attempt, answers=answers(attempt))

    assert kept.is_late
    assert Response.objects.get().answer is None


# Handing in and marking.


def test_handing_in_twice_is_handing_in_once():
    """QZ-16."""
    enrolment, quiz = make_sitting(2)
    attempt = start(enrolment, quiz)

    first = attempts.submit(attempt, answers=answers(attempt, rights=2))
    second = attempts.submit(attempt, answers=answers(attempt, rights=0))

    assert (first.score, second.score) == (2, 2)
    assert ResponseScore.objects.count() == 2
    assert ModelLogEntry.objects.filter(action="lms.submit").count() == 1


def test_the_sweeper_hands_in_for_people_who_vanished(at):
    """QZ-12: with the saved answers, at the deadline, not before the grace is over."""
    now = at("2026-10-12T09:00+05:00")
    enrolment, quiz = make_sitting(minutes=10)
    attempt = start(enrolment, quiz)
    [response] = attempt.responses.all()
    attempts.save_answer(attempt, place=1, answer=right(response), sequence=1)

    at(now + timedelta(minutes=10, seconds=60))
    too_early = attempts.sweep()
    at(now + timedelta(hours=5))
    swept = [attempts.sweep(), attempts.sweep()]

    attempt.refresh_from_db()
    assert (too_early, swept) == (0, [1, 0])
    assert (attempt.score, attempt.ended_at) == (1, now + timedelta(minutes=10))
    assert completed_keys(enrolment) == {str(quiz.translation_key)}


def test_every_minute_the_attempts_of_people_who_vanished_are_handed_in(at):
    now = at("2026-10-12T09:00+05:00")
    enrolment, quiz = make_sitting(minutes=10)
    attempt = start(enrolment, quiz)

    at(now + timedelta(hours=5))
    every_minute()

    attempt.refresh_from_db()
    assert attempt.ended_at == now + timedelta(minutes=10)


def test_what_is_handed_in_is_stored_before_it_is_marked(caplog):
    """QZ-17: marking that breaks leaves it handed in, and is tried again."""
    enrolment, quiz = make_sitting(2)
    attempt = start(enrolment, quiz)
    version = attempt.responses.first().version
    key, given = version.key, answers(attempt)
    type(version).objects.filter(pk=version.pk).update(key=key | {"correct": None})

    with pytest.raises(TypeError):
        attempts.submit(attempt, answers=given)
    attempt.refresh_from_db()
    assert attempt.status == Attempt.Status.SUBMITTED
    assert attempts.sweep() == 0
    caplog.clear()

    type(version).objects.filter(pk=version.pk).update(key=key)
    assert attempts.sweep() == 1
    attempt.refresh_from_db()
    assert (attempt.status, attempt.score) == (Attempt.Status.GRADED, 2)


def test_each_mark_is_a_record_of_its_own():
    enrolment, quiz = make_sitting(2)
    attempt = start(enrolment, quiz)

    attempts.submit(attempt, answers=answers(attempt, rights=1))
    grade(attempt)

    scores = ResponseScore.objects.order_by("response__place")
    assert list(scores.values_list("kind", "score", "out_of")) == [
        ("auto", 1, 1),
        ("auto", 0, 1),
    ]


@pytest.mark.parametrize(("rights", "passes"), [(3, True), (2, False)])
def test_a_pass_compares_exact_decimals_and_completes_the_quiz(rights, passes):
    """QZ-56: 60 % of 5 is 3, and 3 passes."""
    enrolment, quiz = make_sitting(5, pass_percent=60)
    attempt = start(enrolment, quiz)

    attempt = attempts.submit(attempt, answers=answers(attempt, rights=rights))

    enrolment.refresh_from_db()
    assert attempt.has_passed is passes
    assert bool(completed_keys(enrolment)) is passes
    assert (enrolment.status == Enrolment.Status.COMPLETED) is passes


def test_sixty_percent_of_seven_is_passed_by_four_and_a_fifth():
    """QZ-56."""
    rules = {"pass_percent": "60"}
    scores = [Decimal("4.2"), Decimal("4.19")]

    passed = [
        Attempt(score=score, out_of=Decimal(7), rules=rules).has_passed
        for score in scores
    ]

    assert passed == [True, False]


def test_a_later_worse_attempt_takes_no_pass_away():
    """QZ-30."""
    enrolment, quiz = make_sitting(2)
    attempt = start(enrolment, quiz)
    attempts.submit(attempt, answers=answers(attempt, rights=2))

    worse = start(enrolment, quiz)
    attempts.submit(worse, answers=answers(worse, rights=0))

    [found] = requirements_of(enrolment)
    assert (found.met, found.value) == (True, 100)


def test_options_with_the_same_text_are_told_apart_by_their_ids():
    """QZ-23."""
    same = [
        ("choice", {"text": "The same", "is_correct": True, "feedback": ""}),
        ("choice", {"text": "The same", "is_correct": False, "feedback": ""}),
    ]
    course = make_course()
    question = make_question(choices=same)
    freeze_question(question, by=None)
    quiz = make_quiz(make_module(course), [question])
    enrolment = make_enrolment(cohort=make_cohort(make_edition(course, quiz)))
    attempt = start(enrolment, quiz)

    attempt = attempts.submit(attempt, answers=answers(attempt, rights=1))

    assert attempt.score == 1


def test_starting_and_handing_in_take_as_many_queries_for_three_questions_as_for_one(
    django_assert_max_num_queries,
):
    counts = []
    for how_many in (1, 3):
        enrolment, quiz = make_sitting(how_many)
        with django_assert_max_num_queries(60) as queries:
            attempt = start(enrolment, quiz)
            attempts.submit(attempt, answers=answers(attempt, rights=0))
        counts.append(len(queries))

    assert counts[0] == counts[1]
