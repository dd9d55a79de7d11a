"""Practice: an answer is checked while one answers, and nothing is told before."""

from decimal import Decimal

import pytest
from django.urls import reverse

from courses.actions.questions import freeze_question
from courses.marking import after_tries
from courses.models import Question, QuestionVersion
from lms.actions import attempts, checking
from lms.actions.attempt_refusals import StaleAnswer
from lms.actions.regrade_plan import plan
from lms.regrading import NEWEST, Terms
from tests.factories import (
    make_cohort,
    make_course,
    make_edition,
    make_enrolment,
    make_module,
    make_question,
    make_quiz,
    make_staff,
)
from tests.lms.sitting import make_open_question, make_sitting, right, start, wrong

PRACTICE = {"purpose": "practice", "behaviour": "practice"}
TRIES = {"purpose": "practice", "behaviour": "tries", "tries": 3, "try_penalty": 25}
SECRETS = ("Consent is no excuse.", "Yes.", "No.", ">right<", ">wrong<")


@pytest.mark.parametrize(
    ("wrong_tries", "left"), [(0, "1.00"), (1, "0.75"), (4, "0.00"), (9, "0.00")]
)
def test_each_wrong_try_takes_its_share_and_never_more_than_there_is(wrong_tries, left):
    assert after_tries(Decimal(1), wrong_tries, 25) == Decimal(left)


pytestmark = pytest.mark.django_db


def begun(how_many=1, **quiz_fields):
    enrolment, quiz = make_sitting(how_many, **quiz_fields)
    return start(enrolment, quiz)


def give(attempt, make, place=1):
    """Answer one question in the way of `right` or `wrong`."""
    row = attempt.responses.select_related("version").get(place=place)
    number = row.sequence + 1
    return attempts.save_answer(attempt, place=place, answer=make(row), sequence=number)


def check(attempt, place=1):
    return checking.check(attempt, place=place)


def test_in_practice_a_check_locks_the_answer():
    attempt = begun(**PRACTICE)
    give(attempt, wrong)

    row = check(attempt)

    assert (row.tries, row.is_locked, row.checked_score) == (1, True, 0)
    with pytest.raises(StaleAnswer):
        give(attempt, right)
    kept = attempts.keep_answers(attempt, answers={1: right(row)}, sequences={1: 99})
    assert kept.stale == [1]
    assert check(attempt).tries == 1
    assert attempts.submit(attempt, answers={1: right(row)}).score == 0


def test_a_right_answer_after_wrong_tries_earns_what_they_left():
    attempt = begun(**TRIES)
    give(attempt, wrong)
    row = check(attempt)
    assert (row.tries, row.is_locked) == (1, False)
    assert check(attempt).tries == 1

    give(attempt, right)
    row = check(attempt)

    assert (row.tries, row.is_locked) == (2, True)
    assert attempts.submit(attempt).score == Decimal("0.75")


def test_what_was_not_checked_again_counts_with_the_tries_before_it():
    attempt = begun(**TRIES)
    give(attempt, wrong)
    check(attempt)
    give(attempt, right)

    assert attempts.submit(attempt).score == Decimal("0.75")


def test_the_last_try_locks_even_a_wrong_answer():
    attempt = begun(**TRIES | {"tries": 2})
    give(attempt, wrong)
    check(attempt)
    give(attempt, lambda row: None)
    with pytest.raises(checking.CannotCheck, match="Answer the question first"):
        check(attempt)
    give(attempt, wrong)

    assert check(attempt).is_locked


@pytest.mark.parametrize(
    "fields", [{}, {"behaviour": "tries"}, {"purpose": "practice"}]
)
def test_what_counts_or_is_an_exam_is_not_checked(fields):
    attempt = begun(**fields)
    give(attempt, right)

    with pytest.raises(checking.CannotCheck):
        check(attempt)
    with pytest.raises(checking.CannotCheck):
        check(attempt, place=2)


def test_what_a_person_marks_is_not_checked():
    enrolment, quiz = make_sitting(1, **PRACTICE)
    quiz.slots.add(type(quiz.slots.get())(question=make_open_question(), sort_order=9))
    quiz.save()
    attempt = start(enrolment, quiz)
    give(attempt, lambda row: {"text": "Because."}, place=2)

    with pytest.raises(checking.CannotCheck):
        check(attempt, place=2)


# On the page.


def explained(*, with_final=False, **quiz_fields):
    """Two explained questions for practice, the first perhaps in a graded quiz, too."""
    questions = [make_question(explanation="Consent is no excuse.") for _ in range(2)]
    for question in questions:
        freeze_question(question, by=None)
    course = make_course()
    module = make_module(course)
    quizzes = [make_quiz(module, questions, **quiz_fields)]
    if with_final:
        quizzes.append(make_quiz(module, questions[:1]))
    place = make_enrolment(cohort=make_cohort(make_edition(course, *quizzes)))
    return start(place, quizzes[0])


def page_of(client, attempt):
    client.force_login(attempt.enrolment.person.user)
    address = reverse("lms:attempt", args=[attempt.pk])
    return client.get(address).content.decode()


def press(client, attempt, make, place=1):
    """The button beside a question, the form carrying its answer along."""
    client.force_login(attempt.enrolment.person.user)
    row = attempt.responses.select_related("version").get(place=place)
    [option] = make(row)["chosen"]
    fields = {
        "check": place,
        f"answer-{place}": option,
        f"sequence-{place}": row.sequence + 1,
    }
    address = reverse("lms:check", args=[attempt.pk])
    return client.post(address, fields, follow=True).content.decode()


def told(page):
    return [secret for secret in SECRETS if secret in page]


def test_the_page_tells_nothing_before_the_check_and_of_no_other_question(client):
    """QZ-08"""
    attempt = explained(**PRACTICE)
    assert told(page_of(client, attempt)) == []

    page = press(client, attempt, wrong)

    assert page.count("Consent is no excuse.") == 1
    assert "No." in page
    assert 'name="answer-1"' not in page
    assert 'name="answer-2"' in page
    other = page[page.index('id="q2"') :]
    assert told(other) == []


def test_a_wrong_try_says_so_and_keeps_the_solution(client):
    """QZ-08"""
    attempt = explained(**TRIES)

    page = press(client, attempt, wrong)

    assert "2 tries are left" in page
    assert "Consent is no excuse." not in page
    assert "Yes." not in page
    assert 'name="answer-1"' in page
    assert "Consent is no excuse." in press(client, attempt, right)


@pytest.mark.parametrize("make", [right, wrong])
@pytest.mark.parametrize("behaviour", [PRACTICE, TRIES])
def test_what_a_graded_quiz_may_ask_is_checked_without_a_word(client, behaviour, make):
    """QZ-04: not even by whether another try is left."""
    attempt = explained(with_final=True, **behaviour)

    page = press(client, attempt, make)

    first = page[page.index('id="q1"') : page.index('id="q2"')]
    assert "may come in a quiz that counts" in first
    assert told(first) == []
    assert 'name="answer-1"' not in first


def test_an_exam_has_no_such_button(client):
    """QZ-08"""
    attempt = explained()
    assert 'name="check"' not in page_of(client, attempt)

    page = press(client, attempt, right)

    assert "not checked before handing in" in page
    assert told(page) == []


def test_a_regrade_keeps_what_wrong_tries_took():
    """QZ-35"""
    attempt = begun(**TRIES)
    give(attempt, wrong)
    check(attempt)
    row = give(attempt, right)
    attempts.submit(attempt)
    question = Question.objects.get(translation_key=row.question_key)
    question.explanation = "Said better."
    question.save_revision().publish()

    coordinator = make_staff(attempt.enrolment.cohort, "coordinator").user
    found = plan(row.question_key, Terms(NEWEST), by=coordinator)

    assert QuestionVersion.objects.filter(question_key=row.question_key).count() == 2
    assert (found.figures.attempts, found.figures.up, found.figures.down) == (1, 0, 0)
