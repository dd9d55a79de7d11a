"""What participants see of an ended attempt: by the quiz, the clock and the others."""

from datetime import timedelta

import pytest
from django.urls import reverse

from courses.actions.questions import freeze_question
from courses.models import QuizPage, Slot
from courses.release import EVERYTHING, SOLUTION, Phase, What, cell
from lms.actions import attempts, overrides
from lms.releasing import release_of
from tests.factories import (
    make_category,
    make_cohort,
    make_course,
    make_edition,
    make_enrolment,
    make_module,
    make_question,
    make_quiz,
    make_user,
)
from tests.lms.sitting import answers, make_sitting, start

pytestmark = pytest.mark.django_db
NOON = "2026-10-12T12:00+05:00"
HOUR = timedelta(hours=1)
WORDS = {"explanation": "Consent is no excuse."}


def sat(enrolment, quiz, rights=0):
    attempt = start(enrolment, quiz)
    return attempts.submit(attempt, answers=answers(attempt, rights))


def give(cohort, quiz, place=None, **settings):
    overrides.give(
        cohort,
        quiz_key=quiz.translation_key,
        place=place,
        by=make_user(),
        reason="A plan.",
        **settings,
    )


def page_of(client, attempt):
    client.force_login(attempt.enrolment.person.user)
    address = reverse("lms:result", args=[attempt.pk])
    return client.get(address).content.decode()


def make_explained(**quiz_fields):
    question = make_question(**WORDS)
    freeze_question(question, by=None)
    course = make_course()
    quiz = make_quiz(make_module(course), [question], **quiz_fields)
    return make_enrolment(cohort=make_cohort(make_edition(course, quiz))), quiz


def test_by_itself_the_solution_waits_until_passed_or_no_attempt_is_left(client):
    """QZ-28"""
    enrolment, quiz = make_explained(attempts_allowed=2)

    first = sat(enrolment, quiz)
    page = page_of(client, first)
    assert "No." in page
    assert "Consent is no excuse." not in page
    assert "once you have passed or used all attempts" in page

    sat(enrolment, quiz)
    assert "Consent is no excuse." in page_of(client, first)


def test_at_once_means_at_once(client):
    """QZ-28"""
    enrolment, quiz = make_explained(release="at_once")

    assert "Consent is no excuse." in page_of(client, sat(enrolment, quiz))


def test_the_table_is_read_when_the_page_is_looked_at(client, at):
    """QZ-28: right after, later, and as the quiz says by then."""
    now = at(NOON)
    ticks = [cell(What.ANSWERS, Phase.AFTER), cell(What.ANSWERS, Phase.OPEN)]
    ticks.append(cell(What.SCORE, Phase.OPEN))
    enrolment, quiz = make_explained(release="custom", release_custom=ticks)
    attempt = sat(enrolment, quiz)

    page = page_of(client, attempt)
    assert "your answer" in page
    assert "points." not in page
    for secret in ("No.", "Consent", 'is-decide"><span>', "wrong</span>"):
        assert secret not in page

    at(now + timedelta(minutes=2))
    assert "0 of 1 points." in page_of(client, attempt)
    QuizPage.objects.filter(pk=quiz.pk).update(release_custom=[])
    page = page_of(client, attempt)
    assert "points." not in page
    assert "your answer" not in page


def test_after_closing_nobody_sees_answers_before_the_last_one_has_closed(client, at):
    """QZ-29: though one's own closing is over, and whatever cohort the other is in."""
    now = at(NOON)
    enrolment, quiz = make_explained(release="closed", attempts_allowed=1)
    cohort = enrolment.cohort
    late = make_enrolment(cohort=cohort)
    give(cohort, quiz, closes_at=now + HOUR)
    give(cohort, quiz, late, closes_at=now + 2 * HOUR)
    attempt = sat(enrolment, quiz)

    page = page_of(client, attempt)
    assert "0 of 1 points." in page
    assert "after the quiz has closed for everybody" in page
    at(now + HOUR + timedelta(minutes=5))
    running = start(late, quiz)
    assert release_of(attempt, quiz).shown == {What.SCORE}
    at(running.deadline_at + timedelta(seconds=60))
    assert release_of(attempt, quiz).shown == {What.SCORE}
    at(running.deadline_at + timedelta(seconds=61))

    assert release_of(attempt, quiz).shown == EVERYTHING
    assert "Consent is no excuse." in page_of(client, attempt)
    other = make_cohort(cohort.edition)
    give(other, quiz, closes_at=now + 9 * HOUR)
    assert release_of(attempt, quiz).shown == {What.SCORE}


def test_a_quiz_that_never_closes_for_somebody_releases_nothing_to_them(at):
    """QZ-29"""
    now = at(NOON)
    enrolment, quiz = make_sitting(release="closed")
    attempt = sat(enrolment, quiz)
    give(enrolment.cohort, quiz, make_enrolment(cohort=enrolment.cohort), closes_at=now)

    at(now + 9 * HOUR)

    assert release_of(attempt, quiz).shown == {What.SCORE}


# The same questions in a quiz that counts.


def make_two(purpose="practice", graded="final", *, is_drawn=False):
    """A practice quiz of two questions, the first of which the graded one may ask."""
    course = make_course()
    shelf = make_category()
    questions = [make_question(category=shelf, **WORDS), make_question(**WORDS)]
    for question in questions:
        freeze_question(question, by=None)
    module = make_module(course)
    practice = make_quiz(module, questions, purpose=purpose, release="at_once")
    final = make_quiz(module, questions[:1], purpose=graded, attempts_allowed=2)
    if is_drawn:
        final.slots = [Slot(draw_from=shelf, draw_count=1)]
        final.save()
    place = make_enrolment(cohort=make_cohort(make_edition(course, practice, final)))
    return place, practice, final


@pytest.mark.parametrize("is_drawn", [False, True])
@pytest.mark.parametrize("purpose", ["practice", "pre_test"])
def test_practice_keeps_back_what_a_graded_quiz_may_still_ask(
    client, purpose, is_drawn
):
    """QZ-04: until that one is passed or its attempts are used up."""
    place, practice, final = make_two(purpose, is_drawn=is_drawn)
    attempt = sat(place, practice)

    page = page_of(client, attempt)
    assert page.count("Consent is no excuse.") == 1
    assert page.count("No.</span>") == 1
    assert "may come in a quiz that counts" in page
    sat(place, final)
    assert release_of(attempt, practice).kept_back
    sat(place, final)

    assert not release_of(attempt, practice).kept_back
    page = page_of(client, attempt)
    assert page.count("Consent is no excuse.") == 2
    assert "may come in a quiz that counts" not in page


def test_passing_the_graded_quiz_opens_the_practice():
    """QZ-04"""
    place, practice, final = make_two()
    attempt = sat(place, practice)

    sat(place, final, rights=1)

    assert not release_of(attempt, practice).kept_back


def test_a_graded_quiz_keeps_nothing_back_for_another():
    """QZ-04 is about attempts that do not count."""
    place, first, _second = make_two("final")
    attempt = sat(place, first)

    assert release_of(attempt, first).kept_back == frozenset()
    assert release_of(attempt, first).shown >= EVERYTHING - SOLUTION
