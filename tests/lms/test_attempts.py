"""Attempts: fixed at the start, one at a time, marked on the server."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from wagtail.models import PageLogEntry

from courses import clock
from courses.actions.questions import freeze_question
from courses.models import Question, Slot
from lms.actions import attempts
from lms.actions.attempt_refusals import (
    NoAttemptLeft,
    NotStudying,
    PoolTooSmall,
    QuizClosed,
    QuizNotReady,
    TooEarly,
)
from lms.models import Attempt, Enrolment, Override, Response
from tests.factories import (
    make_category,
    make_enrolment,
    make_person,
    make_question,
    make_user,
)
from tests.lms.sitting import make_sitting, right, start

pytestmark = pytest.mark.django_db


# Starting.


def test_starting_twice_gives_the_running_attempt():
    """QZ-01."""
    enrolment, quiz = make_sitting(3)

    first, second = start(enrolment, quiz), start(enrolment, quiz)

    assert first == second
    assert Response.objects.count() == 3


def test_the_database_refuses_a_second_running_attempt():
    """QZ-01."""
    enrolment, quiz = make_sitting()
    attempt = start(enrolment, quiz)

    attempt.pk, attempt.number = None, 2
    with pytest.raises(IntegrityError), transaction.atomic():
        attempt.save()


def test_an_attempt_counts_from_its_start(at):
    """QZ-02: one that was abandoned is used up."""
    at("2026-10-12T09:00+05:00")
    enrolment, quiz = make_sitting(attempts_allowed=1, minutes=10)
    start(enrolment, quiz)

    at("2026-10-12T10:00+05:00")
    with pytest.raises(NoAttemptLeft):
        start(enrolment, quiz)


def test_the_limit_is_asked_on_start_only():
    """QZ-03: the last attempt is answered and handed in like any other."""
    enrolment, quiz = make_sitting(attempts_allowed=1)
    attempt = start(enrolment, quiz)
    [response] = attempt.responses.all()

    attempts.save_answer(attempt, place=1, answer=right(response), sequence=1)
    attempt = attempts.submit(attempt)

    assert (attempt.status, attempt.score) == (Attempt.Status.GRADED, 1)
    with pytest.raises(NoAttemptLeft):
        start(enrolment, quiz)


def test_the_pause_runs_from_the_end_of_the_last_attempt(at):
    """QZ-05."""
    at("2026-10-12T09:00+05:00")
    enrolment, quiz = make_sitting(cooldown_minutes=30)
    attempt = start(enrolment, quiz)
    at("2026-10-12T09:20+05:00")
    attempts.submit(attempt)

    at("2026-10-12T09:49:59+05:00")
    with pytest.raises(TooEarly, match="12 October 2026, 09:50"):
        start(enrolment, quiz)
    at("2026-10-12T09:50+05:00")
    assert start(enrolment, quiz).number == 2


def test_nothing_of_a_running_attempt_follows_the_quizs_edits():
    """QZ-06."""
    enrolment, quiz = make_sitting(2)
    attempt = start(enrolment, quiz)
    fixed = list(attempt.responses.values())

    question = quiz.slots.first().question
    question.stem = "<p>Rewritten?</p>"
    question.save_revision().publish()
    freeze_question(question, by=None)
    quiz.slots = [Slot(question=question, marks=Decimal(5))]
    quiz.pass_percent = 99
    quiz.save_revision().publish()
    again = start(enrolment, quiz)

    assert list(again.responses.values()) == fixed
    assert (again.out_of, again.rules["pass_percent"]) == (2, "60")
    assert "Rewritten" not in str(attempt.responses.first().version.bodies)


def draw_from(shelf, count):
    return Slot(draw_from=shelf, draw_count=count, marks=Decimal(1))


def make_draw(pool, count):
    enrolment, quiz = make_sitting(0)
    shelf = make_category()
    for _ in range(pool):
        freeze_question(make_question(category=shelf), by=None)
    quiz.slots = [draw_from(shelf, count)]
    quiz.save()
    return enrolment, quiz


def test_a_draw_deals_no_question_twice_and_unseen_ones_first():
    """QZ-07."""
    enrolment, quiz = make_draw(pool=5, count=3)

    first = attempts.submit(start(enrolment, quiz))
    second = start(enrolment, quiz)

    dealt = [
        set(one.responses.values_list("question_key", flat=True))
        for one in (first, second)
    ]
    assert [len(keys) for keys in dealt] == [3, 3]
    assert len(dealt[0] | dealt[1]) == 5


def test_a_pool_too_small_refuses_the_start_and_tells_staff():
    """QZ-07."""
    enrolment, quiz = make_draw(pool=2, count=3)

    with pytest.raises(PoolTooSmall):
        start(enrolment, quiz)

    assert not Attempt.objects.exists()
    assert PageLogEntry.objects.filter(action="lms.pool_too_small", page=quiz).exists()


def test_a_draw_skips_what_is_retired_or_not_published():
    """QZ-50."""
    enrolment, quiz = make_draw(pool=3, count=1)
    retired, draft, good = Question.objects.all()
    Question.objects.filter(pk=retired.pk).update(retired_at=clock.now())
    draft.unpublish()

    for _ in range(5):
        attempt = attempts.submit(start(enrolment, quiz))
        [response] = attempt.responses.all()
        assert response.question_key == good.translation_key


def test_a_quiz_without_questions_cannot_be_started():
    """QZ-44."""
    enrolment, quiz = make_sitting(0)

    with pytest.raises(QuizNotReady):
        start(enrolment, quiz)


def test_a_quiz_with_an_unpublished_question_cannot_be_started():
    """QZ-44."""
    enrolment, quiz = make_sitting(2)
    quiz.slots.first().question.unpublish()

    with pytest.raises(QuizNotReady):
        start(enrolment, quiz)


@pytest.mark.parametrize("who", ["withdrawn", "other course"])
def test_only_participants_of_the_course_start_its_quiz(who):
    enrolment, quiz = make_sitting()
    if who == "withdrawn":
        Enrolment.objects.update(status=Enrolment.Status.WITHDRAWN)
    else:
        enrolment, _ = make_sitting()

    with pytest.raises(NotStudying):
        start(enrolment, quiz)

    assert not Attempt.objects.exists()


def test_the_order_of_the_choices_is_stored():
    """QZ-27."""
    enrolment, quiz = make_sitting()
    orders = set()

    for _ in range(20):
        attempt = attempts.submit(start(enrolment, quiz))
        [response] = attempt.responses.all()
        orders.add(tuple(response.order))
        assert sorted(response.order) == sorted(response.version.key["options"])

    assert len(orders) == 2


def test_choices_stay_as_written_where_the_quiz_says_so():
    enrolment, quiz = make_sitting(is_shuffled=False)

    for _ in range(5):
        [response] = attempts.submit(start(enrolment, quiz)).responses.all()
        assert response.order == response.version.key["options"]


# Overrides.


def give(enrolment, quiz, *, to_cohort=False, **settings):
    target = {"cohort": enrolment.cohort} if to_cohort else {"person": enrolment.person}
    return Override.objects.create(
        quiz_key=quiz.translation_key,
        by=make_user(),
        created_at=clock.now(),
        **target | settings,
    )


def test_extra_attempts_are_added():
    enrolment, quiz = make_sitting(attempts_allowed=1)
    give(enrolment, quiz, extra_attempts=1)

    for number in (1, 2):
        assert attempts.submit(start(enrolment, quiz)).number == number
    with pytest.raises(NoAttemptLeft):
        start(enrolment, quiz)


def test_the_deadline_is_the_limit_with_extra_time_or_the_closing(at):
    """The earlier one, stored at the start; a person's setting beats the cohort's."""
    now = at("2026-10-12T09:00+05:00")
    enrolment, quiz = make_sitting(minutes=40)
    give(enrolment, quiz, to_cohort=True, extra_time_percent=25)
    give(enrolment, quiz, extra_time_percent=50, closes_at=now + timedelta(hours=2))
    other = make_enrolment(cohort=enrolment.cohort)

    assert start(enrolment, quiz).deadline_at == now + timedelta(minutes=60)
    assert start(other, quiz).deadline_at == now + timedelta(minutes=50)

    attempts.submit(Attempt.objects.get(enrolment=enrolment))
    at(now + timedelta(minutes=90))
    assert start(enrolment, quiz).deadline_at == now + timedelta(hours=2)


def test_a_window_is_kept(at):
    now = at("2026-10-12T09:00+05:00")
    enrolment, quiz = make_sitting()
    give(
        enrolment,
        quiz,
        opens_at=now + timedelta(hours=1),
        closes_at=now + timedelta(hours=2),
    )

    with pytest.raises(TooEarly):
        start(enrolment, quiz)
    at(now + timedelta(hours=2))
    with pytest.raises(QuizClosed):
        start(enrolment, quiz)


def test_somebody_elses_override_changes_nothing():
    enrolment, quiz = make_sitting(attempts_allowed=1)
    override = give(enrolment, quiz, extra_attempts=5)
    Override.objects.filter(pk=override.pk).update(person=make_person())
    attempts.submit(start(enrolment, quiz))

    with pytest.raises(NoAttemptLeft):
        start(enrolment, quiz)
