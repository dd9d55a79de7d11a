"""What of a quiz and its questions stays as it is once somebody answered them."""

from decimal import Decimal

import pytest
from django.urls import reverse
from wagtail.models import PageLogEntry
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from courses.actions.editions import publish_edition
from courses.actions.quiz_versions import renew_quiz
from courses.actions.retiring import QuestionInUse, retire_question
from courses.models import CoursePage, Question, QuizPage, Slot
from lms.actions import attempts
from lms.actions.attempt_refusals import QuizNotReady
from tests.courses.quiz_form import RULES
from tests.factories import make_locale, make_question, make_user

from .sitting import answers, make_sitting, start

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client):
    client.force_login(make_user(is_superuser=True, is_staff=True))
    return client


def sat(how_many=2):
    """A quiz with one attempt handed in."""
    enrolment, quiz = make_sitting(how_many, attempts_allowed=None)
    QuizPage.objects.update(first_published_at="2026-01-01T00:00Z")
    attempt = start(enrolment, quiz)
    attempts.submit(attempt, answers=answers(attempt))
    return enrolment, QuizPage.objects.get(pk=quiz.pk)


def row(slot, **changes):
    data = {
        "id": slot.pk or "",
        "question": slot.question_id or "",
        "draw_from": slot.draw_from_id or "",
        "draw_tags": "",
        "draw_difficulty": "",
        "draw_count": slot.draw_count,
        "marks": str(slot.marks),
        "ORDER": str(slot.sort_order or 0),
    }
    return data | changes


def publish(admin, quiz, *rows):
    data = {
        "title": quiz.title,
        "slug": quiz.slug,
        "intro": "",
        "slots": inline_formset(list(rows), initial=quiz.slots.count()),
        "comments": inline_formset([]),
        "action-publish": "1",
    } | RULES
    url = reverse("wagtailadmin_pages:edit", args=[quiz.pk])
    return admin.post(url, nested_form_data(data), follow=True).content.decode()


def test_a_question_somebody_was_asked_is_not_deleted():
    """QZ-49: even when no quiz names it any more."""
    _enrolment, quiz = sat(1)
    question = quiz.slots.get().question
    Slot.objects.all().delete()

    with pytest.raises(QuestionInUse):
        question.delete()


def test_a_retired_question_is_dealt_to_no_new_attempt():
    """QZ-49: the quiz goes on without it, as does the attempt that has it."""
    enrolment, quiz = make_sitting(2, attempts_allowed=None)
    first = start(enrolment, quiz)
    question = quiz.slots.first().question
    retire_question(question, by=None)

    assert first.responses.count() == 2
    attempts.submit(first, answers=answers(first))
    [response] = start(enrolment, quiz).responses.all()
    assert response.question_key != question.translation_key


def test_a_quiz_whose_questions_are_all_retired_cannot_be_started():
    """QZ-44, QZ-49"""
    enrolment, quiz = make_sitting(1)
    retire_question(quiz.slots.get().question, by=None)

    with pytest.raises(QuizNotReady):
        start(enrolment, quiz)


def test_a_fixed_question_that_is_due_is_asked_and_staff_are_told(admin):
    """QZ-50"""
    enrolment, quiz = make_sitting(1)
    Question.objects.update(review_on="2026-01-01", stem="<p>Old law?</p>")
    note = "“Old law?” should be looked at again"

    told = publish(admin, quiz, row(quiz.slots.get()))

    assert note in told
    assert note in admin.get(quiz.url).content.decode()
    admin.force_login(enrolment.person.user)
    assert note not in admin.get(quiz.url).content.decode()
    assert start(enrolment, quiz).responses.count() == 1


def test_a_question_is_not_added_to_a_quiz_that_was_sat(admin):
    """QZ-45"""
    _enrolment, quiz = sat(1)
    slot, new = quiz.slots.get(), row(Slot(question=make_question()), ORDER="2")

    page = publish(admin, quiz, row(slot), new)

    assert "cannot be changed, added or removed" in page.replace("\n", " ")
    assert reverse("courses_bank:renew_quiz", args=[quiz.pk]) in page
    assert QuizPage.objects.get(pk=quiz.pk).slots.count() == 1


def test_a_question_is_not_removed_from_a_quiz_that_was_sat(admin):
    """QZ-45"""
    _enrolment, quiz = sat(2)
    first, second = quiz.slots.all()

    publish(admin, quiz, row(first), row(second, DELETE="1"))

    assert QuizPage.objects.get(pk=quiz.pk).slots.count() == 2


def test_a_question_is_not_exchanged_in_a_quiz_that_was_sat(admin):
    """QZ-45"""
    _enrolment, quiz = sat(1)

    publish(admin, quiz, row(quiz.slots.get(), question=make_question().pk))

    asked = QuizPage.objects.get(pk=quiz.pk).slots.get().question
    assert asked == quiz.slots.get().question


def test_marks_and_title_of_a_quiz_that_was_sat_can_be_changed(admin):
    """QZ-45"""
    _enrolment, quiz = sat(1)
    quiz.title = "A better title"

    publish(admin, quiz, row(quiz.slots.get(), marks="3"))

    after = QuizPage.objects.get(pk=quiz.pk)
    assert (after.title, after.slots.get().marks) == ("A better title", Decimal(3))


def test_questions_are_added_while_nobody_handed_in(admin):
    """QZ-45: a running attempt is fixed by itself."""
    enrolment, quiz = make_sitting(1)
    QuizPage.objects.update(first_published_at="2026-01-01T00:00Z")
    start(enrolment, quiz)
    new = row(Slot(question=make_question()), ORDER="2")

    publish(admin, quiz, row(quiz.slots.get()), new)

    assert QuizPage.objects.get(pk=quiz.pk).slots.count() == 2


def test_a_new_version_is_a_draft_in_every_language_under_one_key():
    """QZ-45"""
    _enrolment, quiz = sat(2)
    twin = quiz.copy_for_translation(make_locale("ru"), copy_parents=True)
    by = make_user(is_superuser=True)

    new = renew_quiz(quiz, by=by)
    again = renew_quiz(quiz, by=by)

    copies = QuizPage.objects.filter(replaces=quiz.translation_key)
    assert again == new
    assert not new.live
    assert {one.locale for one in copies} == {quiz.locale, twin.locale}
    assert {one.translation_key for one in copies} == {new.translation_key}
    assert [slot.question for slot in new.slots.all()] == [
        slot.question for slot in quiz.slots.all()
    ]
    assert PageLogEntry.objects.filter(action="courses.renew_quiz").count() == 1


def test_the_next_edition_takes_the_new_version_and_running_cohorts_keep_the_old():
    """QZ-45"""
    enrolment, quiz = sat(1)
    by = make_user(is_superuser=True)
    course = CoursePage.objects.ancestor_of(quiz).get()
    new = renew_quiz(quiz, by=by)

    before = publish_edition(course, by=by)
    new.get_latest_revision().publish(user=by)
    after = publish_edition(course, by=by)

    assert [one["key"] for one in before.activities] == [str(quiz.translation_key)]
    assert [one["key"] for one in after.activities] == [str(new.translation_key)]
    assert start(enrolment, quiz).is_running


def test_the_button_makes_the_new_version_and_leads_to_it(admin):
    """QZ-45: its questions are free."""
    _enrolment, quiz = sat(1)
    address = reverse("courses_bank:renew_quiz", args=[quiz.pk])
    editor = reverse("wagtailadmin_pages:edit", args=[quiz.pk])
    assert address in admin.get(editor).content.decode()

    asked = admin.get(address)
    assert not QuizPage.objects.filter(replaces=quiz.translation_key).exists()
    made = admin.post(address)

    assert asked.status_code == 200
    new = QuizPage.objects.get(replaces=quiz.translation_key)
    assert made.url == reverse("wagtailadmin_pages:edit", args=[new.pk])
    publish(admin, new, row(new.slots.get(), question=make_question().pk))
    assert QuizPage.objects.get(pk=new.pk).live


def test_only_who_may_write_there_makes_a_new_version(client):
    _enrolment, quiz = sat(1)
    client.force_login(make_user())

    address = reverse("courses_bank:renew_quiz", args=[quiz.pk])
    assert client.post(address).status_code in (302, 403)
    assert not QuizPage.objects.filter(replaces=quiz.translation_key).exists()
