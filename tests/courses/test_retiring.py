"""Questions out of use: retired, to be looked at again, never deleted."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.db import transaction
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry, Revision

from courses import clock
from courses.actions.retiring import QuestionInUse, restore_question, retire_question
from courses.draws import Criteria, on_offer
from courses.models import Question, Slot
from courses.usage import uses_of
from tests.factories import (
    make_category,
    make_locale,
    make_module,
    make_question,
    make_quiz,
    make_user,
)

pytestmark = pytest.mark.django_db

LIST = reverse("wagtailsnippets_courses_question:list")


@pytest.fixture
def admin(client):
    client.force_login(make_user(is_superuser=True, is_staff=True))
    return client


def today():
    return timezone.localdate(clock.now())


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_a_question_of_a_quiz_is_not_deleted_in_any_language():
    """QZ-49"""
    question = make_question()
    twin = question.copy_for_translation(make_locale("ru"))
    twin.save()
    make_quiz(make_module(), [question])

    for row in (question, twin):
        with pytest.raises((QuestionInUse, ProtectedError)), transaction.atomic():
            row.delete()
    assert Question.objects.count() == 2


def test_a_question_nobody_uses_is_deleted():
    make_question().delete()

    assert not Question.objects.exists()


def test_the_admin_refuses_a_deletion_in_a_sentence(admin):
    """QZ-49: alone, and among others."""
    used, free = make_question(), make_question()
    make_quiz(make_module(), [used])
    one = reverse("wagtailsnippets_courses_question:delete", args=[used.pk])
    many = reverse("wagtail_bulk_action", args=["courses", "question", "delete"])

    refused = [
        admin.post(one),
        admin.post(f"{many}?id={used.pk}&id={free.pk}&next=/admin/"),
    ]

    assert [response.status_code for response in refused] == [302, 302]
    assert all("Retire it instead" in str(said(response)) for response in refused)
    assert Question.objects.count() == 2


def test_retiring_holds_for_every_language_and_is_logged_once():
    """QZ-49"""
    question, by = make_question(), make_user()
    twin = question.copy_for_translation(make_locale("ru"))
    twin.save()

    retire_question(question, by=by)
    first = Question.objects.get(pk=twin.pk).retired_at
    retire_question(question, by=by)

    assert first is not None
    assert Question.objects.get(pk=twin.pk).retired_at == first
    logged = ModelLogEntry.objects.filter(action="courses.retire_question")
    assert logged.count() == 1


def test_publishing_a_draft_from_before_does_not_bring_a_retired_question_back():
    """QZ-49"""
    question = make_question()
    question.stem = "<p>Better words?</p>"
    draft = question.save_revision()
    retire_question(question, by=make_user())

    Revision.objects.get(pk=draft.pk).publish()

    after = Question.objects.get()
    assert str(after) == "Better words?"
    assert after.retired_at is not None


def test_a_retired_question_can_be_used_again():
    question = make_question()
    retire_question(question, by=make_user())
    restore_question(question, by=make_user())

    assert not Question.objects.exclude(retired_at=None).exists()


def test_the_list_leads_to_retiring_which_asks_first_and_can_be_undone(admin):
    """QZ-49"""
    question = make_question()
    quiz = make_quiz(make_module(), [question])
    address = reverse("courses_bank:retire", args=[question.pk])
    assert address in admin.get(LIST).content.decode()

    asked = admin.get(address).content.decode()
    assert quiz.title in asked
    assert not Question.objects.exclude(retired_at=None).exists()
    done = admin.post(address, follow=True).content.decode()

    undo = reverse("courses_bank:restore", args=[question.pk])
    assert undo in done
    admin.post(undo)
    assert not Question.objects.exclude(retired_at=None).exists()


EVERYTHING = Criteria(None, frozenset(), None)


def test_a_draw_is_offered_what_is_in_use_and_up_to_date():
    """QZ-50"""
    good = make_question(review_on=today() + timedelta(days=1))
    retired, due = make_question(), make_question(review_on=today())
    retire_question(retired, by=None)

    assert due.is_due
    assert on_offer([EVERYTHING])[EVERYTHING] == {good.translation_key}


def test_a_question_due_in_one_language_is_offered_in_none():
    """QZ-50"""
    question = make_question()
    twin = question.copy_for_translation(make_locale("ru"))
    twin.review_on = today()
    twin.save()

    assert on_offer([EVERYTHING])[EVERYTHING] == frozenset()


def test_a_draw_asks_for_shelf_tags_and_difficulty():
    shelf = make_category()
    question = make_question(category=shelf, difficulty=2)
    question.tags.add("consent", "Children")
    question.save()
    make_question(category=shelf)
    wide = Criteria(shelf.pk, frozenset(), None)
    narrow = Criteria(None, frozenset({"children", "consent"}), 2)
    other = Criteria(shelf.pk, frozenset({"children"}), 3)

    offer = on_offer([wide, narrow, other])

    assert len(offer[wide]) == 2
    assert offer[narrow] == {question.translation_key}
    assert offer[other] == frozenset()


def test_the_offer_of_many_draws_costs_what_the_offer_of_one_costs(
    django_assert_num_queries,
):
    shelves = [make_category() for _ in range(3)]
    draws = [Criteria(shelf.pk, frozenset({"a"}), None) for shelf in shelves]

    for asked in (draws[:1], draws):
        with django_assert_num_queries(2):
            on_offer(asked)


def test_a_question_knows_the_quizzes_that_name_it_and_those_that_may_draw_it():
    shelf = make_category()
    question = make_question(category=shelf)
    named = make_quiz(make_module(), [question])
    drawing = make_quiz(make_module(), [])
    drawing.slots = [Slot(draw_from=shelf)]
    drawing.save()

    uses = uses_of([question.translation_key])[question.translation_key]

    assert [(use.quiz, use.is_drawn) for use in uses] == [
        (named, False),
        (drawing, True),
    ]


def test_the_list_says_in_how_many_quizzes_and_narrows_by_what_matters(admin):
    """QZ-50: what is to be looked at again is listed."""
    shelf = make_category()
    due = make_question(
        category=shelf, review_on=today(), jurisdiction="TJ", stem="<p>Due</p>"
    )
    due.tags.add("children")
    due.save()
    retired = make_question(stem="<p>Gone</p>")
    retire_question(retired, by=None)
    make_quiz(make_module(), [due])

    tag = due.tags.get().pk
    for asked in ("state=due", "jurisdiction=TJ", f"tag={tag}"):
        page = admin.get(f"{LIST}?{asked}").content.decode()
        assert "in 1 quiz" in page
        assert "Easy, TJ<br>children" in page
        assert "Gone" not in page
        assert admin.get(f"{LIST}?{asked}&q=Due").status_code == 200
    page = admin.get(f"{LIST}?state=retired").content.decode()
    assert "Gone" in page
    assert ">Due<" not in page


def test_what_is_to_be_looked_at_again_is_among_the_reports(admin):
    """QZ-50"""
    page = admin.get(reverse("wagtailadmin_home")).content.decode()

    assert f"{LIST}?state=due" in page


def test_the_uses_of_many_questions_cost_what_those_of_one_cost(
    django_assert_num_queries,
):
    shelf = make_category()
    questions = [make_question(category=shelf) for _ in range(3)]
    make_quiz(make_module(), questions)
    drawing = make_quiz(make_module(), [])
    drawing.slots = [Slot(draw_from=shelf, draw_tags="children")]
    drawing.save()

    for asked in (questions[:1], questions):
        with django_assert_num_queries(4):
            uses_of(question.translation_key for question in asked)
