"""What an author says of a question when publishing it, and how it changed."""

import pytest
from django.urls import reverse

from courses.models import Question, QuestionVersion
from tests.factories import make_question, make_user

from .test_admin import ADD_QUESTION, question_data

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client):
    client.force_login(make_user(is_superuser=True, is_staff=True))
    return client


def edited(admin, question, *choices, **changes):
    """The question published again with these choices, which keep their ids."""
    data = question_data(*choices, is_small_fix="on", **changes)
    for place, choice in enumerate(question.choices):
        data[f"choices-{place}-id"] = choice.id
    url = reverse("wagtailsnippets_courses_question:edit", args=[question.pk])
    return admin.post(url, data | {"action-publish": "1"})


def test_an_author_says_that_an_edit_is_a_small_fix(admin):
    question = make_question()

    edited(admin, question, ("Right!", True), ("Wrong", False))

    newest = QuestionVersion.objects.latest("number")
    assert (newest.number, newest.changes_meaning) == (2, False)


@pytest.mark.parametrize(
    "choices",
    [
        [("Right", False), ("Wrong", True)],
        [("Right", True), ("Wrong", False), ("A third", False)],
    ],
)
def test_an_edit_of_what_is_right_or_on_offer_is_no_small_fix(admin, choices):
    question = make_question()

    page = edited(admin, question, *choices).content.decode()

    assert "this changes the meaning" in page.replace("\n", " ")
    assert QuestionVersion.objects.latest("number").number == 1


def test_the_next_edit_is_asked_anew_whether_it_is_a_small_fix(admin):
    question = make_question()
    edited(admin, question, ("Right!", True), ("Wrong", False))

    url = reverse("wagtailsnippets_courses_question:edit", args=[question.pk])
    form = admin.get(url).context["form"]

    assert form["is_small_fix"].value() is False


def test_tags_country_and_the_day_to_look_again_are_kept(admin):
    data = question_data(("A", True), ("B", False))
    facts = {"tags": "children, courts", "jurisdiction": "TJ"}

    refused = admin.post(reverse(ADD_QUESTION), data | facts | {"jurisdiction": "tj"})
    admin.post(reverse(ADD_QUESTION), data | facts | {"review_on": "2027-01-01"})

    assert "two capital letters" in refused.content.decode()
    question = Question.objects.get().get_latest_revision_as_object()
    assert set(question.tags.names()) == {"children", "courts"}
    assert str(question.review_on) == "2027-01-01"
