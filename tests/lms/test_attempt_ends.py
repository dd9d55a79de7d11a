"""Time that is up, attempts nobody handed in, and places that end meanwhile."""

from datetime import timedelta

import pytest
from django.urls import reverse

from lms.actions import attempt_ends, attempts, overrides
from lms.actions.attempt_refusals import AttemptEnded, NoAttemptLeft, TooLate
from lms.actions.cohorts import cancel_cohort
from lms.actions.enrolment import reactivate, withdraw
from lms.actions.moving import move
from lms.models import Attempt, ResponseScore
from lms.standing import quiz_results
from tests.factories import make_cohort, make_staff, make_user
from tests.lms.sitting import make_sitting, right, start

pytestmark = pytest.mark.django_db
NOON = "2026-10-12T12:00+05:00"
STATUS = Attempt.Status
GRACE = {"minutes": 10, "time_up": "grace", "grace_minutes": 5}


def minutes(number):
    return timedelta(minutes=number)


def begun(at, **quiz_fields):
    """An attempt begun at noon with its one answer saved, and noon itself."""
    now = at(NOON)
    enrolment, quiz = make_sitting(**GRACE | quiz_fields)
    attempt = start(enrolment, quiz)
    [response] = attempt.responses.all()
    attempts.save_answer(attempt, place=1, answer=right(response), sequence=1)
    return attempt, quiz, now


def test_in_the_time_of_grace_nothing_is_answered_but_it_is_handed_in(at):
    """QZ-14"""
    attempt, quiz, now = begun(at)
    at(now + minutes(14))

    with pytest.raises(TooLate, match="Hand in now"):
        attempts.save_answer(attempt, place=1, answer=None, sequence=2)
    attempts.sweep()
    assert start(attempt.enrolment, quiz) == attempt
    attempt = attempts.submit(attempt, answers={1: None})

    assert (attempt.status, attempt.score) == (STATUS.GRADED, 1)
    assert attempt.ended_at == now + minutes(10)


def test_without_a_limit_there_is_no_time_of_grace_and_it_is_handed_in(at):
    """QZ-14"""
    attempt, quiz, _now = begun(at, minutes=None)

    assert start(attempt.enrolment, quiz) == attempt
    assert attempts.submit(attempt).has_passed


@pytest.mark.parametrize("how", ["sweep", "submit", "start", "answer"])
def test_after_the_grace_it_is_abandoned_whoever_asks_first(at, how):
    """QZ-14: it keeps its answers, earns nothing, and is used up (QZ-02)."""
    attempt, quiz, now = begun(at, attempts_allowed=1)
    at(now + minutes(15) + timedelta(seconds=1))

    if how == "sweep":
        attempts.sweep()
    elif how == "submit":
        attempts.submit(attempt)
    elif how == "start":
        with pytest.raises(NoAttemptLeft):
            start(attempt.enrolment, quiz)
        attempts.sweep()
    else:
        with pytest.raises(TooLate):
            attempts.save_answer(attempt, place=1, answer=None, sequence=2)

    attempt.refresh_from_db()
    assert (attempt.status, attempt.score) == (STATUS.ABANDONED, None)
    assert attempt.ended_at == now + minutes(10)
    assert attempt.responses.get().answer
    with pytest.raises(NoAttemptLeft):
        start(attempt.enrolment, quiz)


def test_without_grace_what_is_saved_is_handed_in_by_itself(at):
    """QZ-14, QZ-12"""
    attempt, _quiz, now = begun(at, time_up="submit")
    at(now + minutes(12))

    attempts.sweep()

    attempt.refresh_from_db()
    assert (attempt.status, attempt.score) == (STATUS.GRADED, 1)


def test_the_pages_say_until_when_to_hand_in_and_that_it_was_not(client, at):
    """QZ-14"""
    attempt, quiz, now = begun(at)
    client.force_login(attempt.enrolment.person.user)
    rules = client.get(quiz.url).content.decode()
    assert "Then you have 5 minutes to hand in" in rules

    at(now + minutes(12))
    page = client.get(reverse("lms:attempt", args=[attempt.pk])).content.decode()
    assert "Hand in by 12:15." in page
    at(now + minutes(16))
    attempts.sweep()
    result = client.get(reverse("lms:result", args=[attempt.pk])).content.decode()

    assert "Not handed in" in result
    assert "It is being marked" not in result
    assert "being marked" not in client.get(quiz.url).content.decode()


def test_a_browser_whose_time_is_up_does_not_hand_in_for_the_participant(client, at):
    """QZ-14: it is shown until when they can do so themselves."""
    attempt, _quiz, now = begun(at)
    client.force_login(attempt.enrolment.person.user)
    address = reverse("lms:submit", args=[attempt.pk])
    at(now + minutes(10))

    page = client.post(address, {"time_is_up": "1"}).content.decode()

    assert "Hand in by 12:15." in page
    attempt.refresh_from_db()
    assert attempt.is_running
    client.post(address, {"confirmed": "1"})
    attempt.refresh_from_db()
    assert (attempt.status, attempt.score) == (STATUS.GRADED, 1)


def abandoned(at, **quiz_fields):
    attempt, quiz, now = begun(at, **quiz_fields)
    at(now + minutes(20))
    attempts.sweep()
    attempt.refresh_from_db()
    return attempt, quiz, now


def reopen(attempt):
    return attempt_ends.reopen(attempt, by=make_user(), reason="The power was cut.")


def test_reopened_with_time_left_it_goes_on(at):
    """QZ-15: the time another rule gives counts from its beginning."""
    attempt, quiz, now = abandoned(at)
    overrides.give(
        attempt.enrolment.cohort,
        quiz_key=quiz.translation_key,
        place=attempt.enrolment,
        by=make_user(),
        reason="The power was cut.",
        extra_time_percent=200,
    )

    again = reopen(attempt)

    assert (again.status, again.ended_at) == (STATUS.RUNNING, None)
    assert again.deadline_at == now + minutes(30)
    assert reopen(attempt) == again
    assert start(attempt.enrolment, quiz) == attempt


def test_reopened_without_time_left_it_is_marked_at_once(at):
    """QZ-15: with the end it had."""
    attempt, _quiz, now = abandoned(at)

    attempt = reopen(attempt)

    assert (attempt.status, attempt.score) == (STATUS.GRADED, 1)
    assert attempt.ended_at == now + minutes(10)


def test_an_overdue_attempt_is_taken_up_as_well(at):
    """QZ-15: staff need not wait until it is abandoned."""
    attempt, _quiz, now = begun(at)
    at(now + minutes(12))

    assert reopen(attempt).status == STATUS.GRADED


def test_what_was_handed_in_or_has_a_successor_stays(at):
    """QZ-15"""
    attempt, quiz, _now = abandoned(at)
    second = start(attempt.enrolment, quiz)
    with pytest.raises(attempt_ends.CannotReopen, match="Another attempt"):
        reopen(attempt)
    second = attempts.submit(second)
    with pytest.raises(attempt_ends.CannotReopen, match="never handed in"):
        reopen(second)
    withdraw(attempt.enrolment, by=make_user(), reason="Moved away.")
    with pytest.raises(attempt_ends.CannotReopen, match="not active"):
        reopen(attempt)


def test_staff_take_it_up_on_the_cohorts_page(client, at):
    """QZ-15"""
    attempt, quiz, _now = abandoned(at)
    cohort = attempt.enrolment.cohort
    client.force_login(make_staff(cohort).user)
    page = reverse("lms:cohort_quiz", args=[cohort.code, quiz.translation_key])
    address = reverse(
        "lms:attempt_reopen", args=[cohort.code, quiz.translation_key, attempt.pk]
    )
    assert address in client.get(page).content.decode()

    assert "required" in client.post(address, {}).content.decode()
    told = client.post(address, {"reason": "The power was cut."}, follow=True)

    assert "The attempt is taken up again." in told.content.decode()
    assert address not in told.content.decode()
    refused = client.post(address, {"reason": "Again."}).content.decode()
    assert "never handed in" in refused


@pytest.mark.parametrize("how", ["withdraw", "cancel"])
def test_a_place_that_ends_ends_its_attempt_and_uses_up_nothing(at, how):
    """QZ-52: answers are kept, nothing is marked; back again, a new one may start."""
    attempt, quiz, now = begun(at, attempts_allowed=1, cooldown_minutes=600)
    place = attempt.enrolment
    later = at(now + minutes(3))

    if how == "withdraw":
        withdraw(place, by=make_user(), reason="Ill.")
    else:
        cancel_cohort(place.cohort, by=make_user(), reason="Flood.")
    attempts.sweep()

    attempt.refresh_from_db()
    assert (attempt.status, attempt.ended_at) == (STATUS.WITHDRAWN, later)
    assert attempt.responses.get().answer
    assert not ResponseScore.objects.exists()
    with pytest.raises(AttemptEnded):
        attempts.save_answer(attempt, place=1, answer=None, sequence=2)
    if how == "withdraw":
        place = reactivate(place, by=make_user(), reason="Well again.")
        [result] = quiz_results(place, [quiz.translation_key]).values()
        assert result.attempts_left
        assert start(place, quiz).number == 2


def test_who_moves_to_another_cohort_goes_on_answering(at):
    """QZ-52: EN-14 takes the attempt along."""
    attempt, quiz, _now = begun(at)
    to = make_cohort(attempt.enrolment.cohort.edition)

    place = move(attempt.enrolment, to=to, by=make_user(), reason="Nearer.")

    assert start(place, quiz) == attempt


def test_the_page_of_an_attempt_that_ended_with_the_place_says_so(client, at):
    """QZ-52"""
    attempt, _quiz, _now = begun(at)
    withdraw(attempt.enrolment, by=make_user(), reason="Ill.")
    client.force_login(attempt.enrolment.person.user)

    page = client.get(reverse("lms:result", args=[attempt.pk])).content.decode()

    assert "this attempt is not counted" in page
