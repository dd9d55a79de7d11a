"""Draws by shelf, tags and difficulty: what is dealt, and what is refused before."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from courses.actions.questions import freeze_question
from courses.models import Question, QuizPage, Slot
from tests.courses.test_admin import add_quiz
from tests.factories import make_category, make_question, make_user

from .sitting import make_sitting, start

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client):
    client.force_login(make_user(is_superuser=True, is_staff=True))
    return client


def tagged(*tags, **fields) -> Question:
    question = make_question(**fields)
    question.tags.add(*tags)
    question.save()
    freeze_question(question, by=None)
    return question


def sitting(*slots):
    enrolment, quiz = make_sitting(0)
    for place, slot in enumerate(slots):
        slot.sort_order = place
    quiz.slots = slots
    quiz.save()
    return enrolment, quiz


def dealt(enrolment, quiz) -> list:
    return list(start(enrolment, quiz).responses.values_list("question_key", flat=True))


def test_a_draw_deals_what_carries_its_tags_and_is_as_difficult():
    """QZ-07"""
    right = tagged("children", "consent", difficulty=2)
    tagged("children", difficulty=2)
    tagged("children", "consent", difficulty=3)

    keys = dealt(*sitting(Slot(draw_tags="consent, children", draw_difficulty=2)))

    assert keys == [right.translation_key]


def test_a_tag_of_several_words_stands_in_quotes_as_the_editor_writes_it():
    question = tagged("first contact")
    tagged("first")

    keys = dealt(*sitting(Slot(draw_tags='"first contact",')))

    assert keys == [question.translation_key]


def test_draws_that_want_the_same_questions_all_get_theirs():
    """QZ-07: the wide draw leaves the narrow one its only question, every time."""
    shelf = make_category()
    narrow = tagged("children", category=shelf)
    wide = tagged(category=shelf)

    for _ in range(8):
        slots = [Slot(draw_from=shelf), Slot(draw_tags="children", marks=Decimal(2))]
        keys = dealt(*sitting(*slots))
        assert keys == [wide.translation_key, narrow.translation_key]


def test_a_quota_for_each_difficulty_is_several_draws():
    questions = {
        level: [tagged(difficulty=level) for _ in range(3)] for level in (1, 3)
    }

    keys = dealt(
        *sitting(
            Slot(draw_difficulty=1, draw_count=2), Slot(draw_difficulty=3, draw_count=1)
        )
    )

    easy = {question.translation_key for question in questions[1]}
    assert [key in easy for key in keys] == [True, True, False]


def test_draws_that_ask_for_more_than_there_is_together_are_not_published(admin):
    """QZ-44: each alone could be filled."""
    shelf = make_category()
    make_question(category=shelf, difficulty=2)
    draws = [{"draw_from": shelf.pk}, {"draw_difficulty": "2"}]

    refused = add_quiz(admin, *draws)

    assert "needs the same questions" in refused.content.decode()
    make_question(category=shelf)
    assert add_quiz(admin, *draws).status_code == 302
    assert QuizPage.objects.live().exists()


def test_a_question_the_quiz_names_is_not_on_offer_for_its_draws(admin):
    """QZ-44"""
    shelf = make_category()
    question = make_question(category=shelf)

    refused = add_quiz(admin, {"question": question.pk}, {"draw_from": shelf.pk})

    assert "No question is on offer" in refused.content.decode()


def test_a_draw_by_an_unknown_tag_is_told(admin):
    """QZ-44"""
    make_question()

    refused = add_quiz(admin, {"draw_tags": "nobody"})

    assert "No question is on offer" in refused.content.decode()


@pytest.mark.parametrize(
    "fields",
    [{"draw_from": True}, {"draw_tags": "children"}, {"draw_difficulty": 1}],
)
def test_a_slot_names_a_question_or_says_what_to_draw_never_both(fields):
    _enrolment, quiz = make_sitting(0)
    question = make_question()
    if "draw_from" in fields:
        fields = {"draw_from": make_category()}

    for impossible in ({"question": question, **fields}, {}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Slot.objects.create(quiz=quiz, **impossible)
    Slot.objects.create(quiz=quiz, **fields)
