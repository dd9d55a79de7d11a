"""Staff sit a quiz to see what a participant sees, and nothing of it counts."""

import pytest
from django.urls import reverse

from courses.models import QuizPage
from lms.models import Attempt, Response, ResponseScore
from tests.factories import make_person, make_question, make_staff, make_user

from .sitting import make_open_question, make_sitting, start

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    client.force_login(make_user(is_superuser=True, is_staff=True))
    return client


def preview(client, quiz, step=""):
    names = {"": "preview", "begin": "begin_preview", "hand_in": "hand_in_preview"}
    address = reverse(f"lms:{names[step]}", args=[quiz.pk])
    return client.post(address, follow=True) if step else client.get(address)


def hand_in(client, quiz, **answers):
    address = reverse("lms:hand_in_preview", args=[quiz.pk])
    return client.post(address, answers, follow=True).content.decode()


def begun(client, quiz):
    return preview(client, quiz, "begin").content.decode()


def test_a_preview_is_sat_and_marked_like_an_attempt_and_leaves_none(editor):
    """QZ-57: what is not there is in no list, no statistics and no progress."""
    _enrolment, quiz = make_sitting(1)
    [question] = [slot.question for slot in quiz.slots.all()]
    [option, _wrong] = [choice.id for choice in question.choices]

    asked = preview(editor, quiz).content.decode()
    sheet = begun(editor, quiz)
    result = hand_in(editor, quiz, **{"answer-1": option, "sequence-1": "1"})

    assert "nothing counts" in asked
    assert f'value="{option}"' in sheet
    assert "1 of 1 points" in result
    kept = [model.objects.exists() for model in (Attempt, Response, ResponseScore)]
    assert kept == [False, False, False]


def test_nothing_of_what_is_right_is_in_the_sheet_of_a_preview(editor):
    """QZ-08"""
    _enrolment, quiz = make_sitting(1)

    assert "Yes." not in begun(editor, quiz)


def test_a_preview_of_a_quiz_that_was_edited_is_thrown_away(editor):
    """QZ-57"""
    _enrolment, quiz = make_sitting(1)
    begun(editor, quiz)
    quiz.save_revision()

    page = preview(editor, quiz).content.decode()

    assert "edited since" in page
    assert "<fieldset" not in page
    assert "<fieldset" in begun(editor, quiz)


def test_editors_see_their_draft_and_other_staff_what_is_published(client):
    enrolment, quiz = make_sitting(1)
    quiz.slots.add(type(quiz.slots.first())(question=make_question(), sort_order=9))
    quiz.save_revision()
    quiz = QuizPage.objects.get(pk=quiz.pk)
    trainer = make_staff(enrolment.cohort).user

    client.force_login(make_user(is_superuser=True))
    assert begun(client, quiz).count("<fieldset") == 2
    client.force_login(trainer)
    assert begun(client, quiz).count("<fieldset") == 1


def test_whoever_takes_part_in_the_course_sees_no_preview(client):
    """QZ-04: not even as its staff."""
    enrolment, quiz = make_sitting(1)
    make_staff(enrolment.cohort, user=enrolment.person.user)
    client.force_login(enrolment.person.user)

    assert preview(client, quiz).status_code == 404
    assert preview(client, quiz, "begin").status_code == 404


def test_strangers_and_drafts_of_others_are_not_there(client):
    enrolment, quiz = make_sitting(1)
    client.force_login(make_person(user=make_user()).user)
    assert preview(client, quiz).status_code == 404

    QuizPage.objects.update(live=False)
    client.force_login(make_staff(enrolment.cohort).user)
    assert preview(client, quiz).status_code == 404


def test_a_tampered_preview_is_refused_with_what_was_given(editor):
    _enrolment, quiz = make_sitting(1)
    begun(editor, quiz)

    page = hand_in(editor, quiz, **{"answer-1": "not-an-option", "sequence-1": "1"})

    assert "does not fit its question" in page
    assert "<fieldset" in page


def test_what_is_posted_without_a_preview_leads_to_its_beginning(editor):
    _enrolment, quiz = make_sitting(1)

    assert "Begin" in hand_in(editor, quiz, **{"answer-1": "x"})


def test_a_quiz_that_cannot_be_sat_says_why(editor):
    _enrolment, quiz = make_sitting(0)

    assert "no questions yet" in begun(editor, quiz)


def test_an_open_answer_earns_nothing_in_a_preview(editor):
    _enrolment, quiz = make_sitting(1)
    quiz.slots.add(
        type(quiz.slots.first())(question=make_open_question(), sort_order=9)
    )
    quiz.save()
    quiz.save_revision().publish()
    begun(editor, quiz)

    page = hand_in(editor, quiz, **{"answer-2": "Because.", "sequence-2": "1"})

    assert "0 of 2 points" in page
    assert "Because." in page
    assert "a person marks it" in page


def test_staff_find_the_preview_on_the_page_of_the_quiz_and_participants_do_not(client):
    enrolment, quiz = make_sitting(1)
    address = reverse("lms:preview", args=[quiz.pk])
    client.force_login(make_staff(enrolment.cohort).user)
    assert address in client.get(quiz.url).content.decode()

    client.force_login(enrolment.person.user)
    assert address not in client.get(quiz.url).content.decode()


def test_an_attempt_is_not_touched_by_somebodys_preview(editor):
    """QZ-57"""
    enrolment, quiz = make_sitting(1)
    attempt = start(enrolment, quiz)
    begun(editor, quiz)
    hand_in(editor, quiz)

    assert Attempt.objects.get() == attempt
    assert attempt.responses.get().answer is None


def test_its_editors_find_the_preview_beside_the_quiz(editor):
    _enrolment, quiz = make_sitting(1)

    page = editor.get(reverse("wagtailadmin_pages:edit", args=[quiz.pk]))

    assert reverse("lms:preview", args=[quiz.pk]) in page.content.decode()
