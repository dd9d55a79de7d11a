"""Writing courses and questions in the Wagtail admin."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import (
    inline_formset,
    nested_form_data,
    rich_text,
    streamfield,
)

from courses.models import CoursePage, Prerequisite, Question, QuizPage
from tests.courses.quiz_form import RULES
from tests.factories import (
    make_category,
    make_course,
    make_index,
    make_lesson,
    make_locale,
    make_module,
    make_question,
    make_user,
)

pytestmark = pytest.mark.django_db

ADD_QUESTION = "wagtailsnippets_courses_question:add"


@pytest.fixture
def admin(client):
    client.force_login(make_user(is_superuser=True, is_staff=True))
    return client


def question_data(*choices, **changes):
    blocks = [
        ("choice", {"text": text, "is_correct": "on" if right else "", "feedback": ""})
        for text, right in choices
    ]
    return nested_form_data(
        {
            "kind": "single",
            "stem": rich_text("<p>Who may interpret?</p>"),
            "choices": streamfield(blocks),
            "is_true": "unknown",
            "number": "",
            "tolerance": "0",
            "accepted": streamfield([]),
            "parts": streamfield([]),
            "explanation": "",
            "category": "",
            "topic": "",
            "difficulty": "1",
        }
        | changes
    )


@pytest.mark.parametrize(
    ("choices", "changes", "message"),
    [
        ([("A", False), ("B", False)], {}, "Mark exactly one choice as right."),
        ([("A", True), ("B", True)], {}, "Mark exactly one choice as right."),
        ([("A", True)], {}, "Write at least two choices."),
        ([("A", True), ("B", False)], {"kind": "multiple"}, "at least two choices as"),
        ([], {"kind": "numeric"}, "Write the right number."),
        ([], {"kind": "true_false"}, "Say whether the statement is true."),
        ([], {"kind": "short_answer"}, "at least one answer that counts"),
    ],
)
def test_a_question_with_a_gap_is_saved_as_a_draft_but_not_published(
    admin, choices, changes, message
):
    data = question_data(*choices, **changes)

    refused = admin.post(reverse(ADD_QUESTION), data | {"action-publish": "1"})

    assert message in refused.content.decode()
    assert not Question.objects.exists()
    saved = admin.post(reverse(ADD_QUESTION), data)
    assert saved.status_code == 302
    assert not Question.objects.get().live


def test_a_question_is_made_of_the_parts_of_its_kind_alone(admin):
    steps = streamfield([("step", text) for text in ("First", "Then", "Last")])
    data = question_data(kind="ordering") | nested_form_data({"parts": steps})
    url, publish = reverse(ADD_QUESTION), {"action-publish": "1"}

    refused = admin.post(url, data | {"kind": "open_answer"} | publish)
    admin.post(url, data | publish)

    message = "Remove the parts that belong to other kinds."
    assert message in refused.content.decode()
    assert [str(step.value) for step in Question.objects.get(live=True).parts] == [
        "First",
        "Then",
        "Last",
    ]


def test_the_form_names_for_each_field_the_kinds_that_use_it(admin):
    page = admin.get(reverse(ADD_QUESTION)).content.decode()

    assert 'data-controller="w-rules"' in page
    assert "&quot;kind&quot;: [&quot;true_false&quot;]" in page


def test_a_whole_question_is_published(admin):
    data = question_data(("A", True), ("B", False))

    response = admin.post(reverse(ADD_QUESTION), data | {"action-publish": "1"})

    assert response.status_code == 302
    assert Question.objects.get().live


def test_a_translation_keeps_the_choices_of_its_original(admin):
    question = make_question()
    twin = question.copy_for_translation(make_locale("ru"))
    twin.choices = [("choice", {"text": "Да", "is_correct": True})] * 2
    twin.save()

    assert twin.has_other_choices_than_its_original()
    assert not question.has_other_choices_than_its_original()


def test_questions_are_filtered_by_kind_category_and_difficulty(admin):
    shelf = make_category("foundations")
    make_question(stem="<p>The one</p>", category=shelf, difficulty=2)
    make_question(stem="<p>Another</p>")
    chosen = {"kind": "single", "category": shelf.pk, "difficulty": "2"}

    page = admin.get(
        reverse("wagtailsnippets_courses_question:list"), chosen
    ).content.decode()

    assert "The one" in page
    assert "Another" not in page


@pytest.mark.parametrize("name", ["question", "questioncategory", "glossaryterm"])
def test_the_bank_lists_what_it_holds(admin, name):
    make_question(category=make_category())

    response = admin.get(reverse(f"wagtailsnippets_courses_{name}:list"))

    assert response.status_code == 200


def test_a_question_is_previewed_as_a_participant_sees_it():
    question = make_question()

    response = question.make_preview_request()
    response.render()

    page = response.content.decode()
    assert 'type="radio"' in page
    assert "Right" in page


def course_data(course, *prerequisites):
    rows = [
        {"course": one.pk, "kind": "completed", "ORDER": "1"} for one in prerequisites
    ]
    return nested_form_data(
        {
            "title": course.title,
            "slug": course.slug,
            "summary": "About.",
            "minutes": "60",
            "level": "foundation",
            "attendance_percent": "80",
            "attendance_measure": "sessions",
            "attendance_best_of": "0",
            "attendance_before": "not_expected",
            "objectives": streamfield([]),
            "prerequisites": inline_formset(rows),
            "comments": inline_formset([]),
        }
    ) | {"audiences": "police"}


def test_a_course_without_lessons_is_a_draft_until_it_has_one(admin):
    course = make_course(live=False)
    url = reverse("wagtailadmin_pages:edit", args=[course.pk])
    data = course_data(course)

    refused = admin.post(url, data | {"action-publish": "1"})

    assert "nothing to study yet" in refused.content.decode()
    assert admin.post(url, data).status_code == 302
    make_lesson(make_module(course))
    admin.post(url, data | {"action-publish": "1"})
    assert CoursePage.objects.get(pk=course.pk).live


def test_a_new_course_cannot_be_published_before_it_has_lessons(admin):
    index = make_index()
    url = reverse("wagtailadmin_pages:add", args=["courses", "coursepage", index.pk])
    data = course_data(CoursePage(title="New", slug="new"))

    refused = admin.post(url, data | {"action-publish": "1"})

    assert "nothing to study yet" in refused.content.decode()
    assert admin.post(url, data).status_code == 302
    assert not CoursePage.objects.get(slug="new").live


def require(admin, course, *others):
    url = reverse("wagtailadmin_pages:edit", args=[course.pk])
    return admin.post(url, course_data(course, *others) | {"action-publish": "1"})


def make_chain():
    """Three courses: the last requires the second, that one the first."""
    first, second, last = make_course(), make_course(), make_course()
    Prerequisite.objects.create(page=second, course=first)
    Prerequisite.objects.create(page=last, course=second)
    make_lesson(make_module(first))
    return first, second, last


@pytest.mark.parametrize("place", [1, 2])
def test_a_circle_of_required_courses_is_refused(admin, place):
    """CO-10"""
    first, *others = make_chain()

    refused = require(admin, first, others[place - 1])

    assert "requires this course" in refused.content.decode()
    assert not first.prerequisites.exists()


def test_a_circle_closed_by_a_translation_is_refused(admin):
    """CO-10"""
    first, _second, last = make_chain()
    twin = last.copy_for_translation(make_locale("tg"), copy_parents=True)

    assert "requires this course" in require(admin, first, twin).content.decode()


def test_a_course_does_not_require_itself_in_another_language(admin):
    """CO-10"""
    first, *_others = make_chain()
    twin = first.copy_for_translation(make_locale("tg"), copy_parents=True)

    assert "cannot require itself" in require(admin, first, twin).content.decode()


def test_a_course_may_require_what_requires_others(admin):
    """CO-10"""
    course = make_course()
    make_lesson(make_module(course))

    require(admin, course, make_chain()[2])

    assert course.prerequisites.count() == 1


def quiz_data(*slots):
    rows = [
        {"question": "", "draw_from": "", "draw_count": "1", "marks": "1", "ORDER": "1"}
        | slot
        for slot in slots
    ]
    return nested_form_data(
        {
            "title": "Final",
            "slug": "final",
            "intro": "",
            "slots": inline_formset(rows),
            "comments": inline_formset([]),
        }
        | RULES
    )


def add_quiz(admin, *slots, publish=True, **changes):
    module = make_module()
    url = reverse("wagtailadmin_pages:add", args=["courses", "quizpage", module.pk])
    data = quiz_data(*slots) | ({"action-publish": "1"} if publish else {}) | changes
    return admin.post(url, data)


def test_a_quiz_without_questions_is_a_draft_only(admin):
    refused = add_quiz(admin)

    assert "Add at least one question" in refused.content.decode()
    assert add_quiz(admin, publish=False).status_code == 302
    assert not QuizPage.objects.get().live


def test_a_question_twice_in_a_quiz_is_refused(admin):
    question = make_question()

    refused = add_quiz(admin, {"question": question.pk}, {"question": question.pk})

    assert "in the quiz already" in refused.content.decode()


def test_a_draw_larger_than_its_category_is_refused(admin):
    shelf = make_category()
    make_question(category=shelf)

    refused = add_quiz(admin, {"draw_from": shelf.pk, "draw_count": "2"})

    assert "Only 1 question is on offer" in refused.content.decode()


def test_a_slot_without_question_and_category_is_refused_beside_it(admin):
    refused = add_quiz(admin, {"marks": "2"})

    assert "Choose either one question, or what to draw" in refused.content.decode()


def test_only_practice_lets_answers_be_checked_meanwhile(admin):
    question = {"question": make_question().pk}

    refused = add_quiz(admin, question, behaviour="tries")

    assert "Only a practice quiz" in refused.content.decode()
    assert not QuizPage.objects.exists()
    add_quiz(admin, question, behaviour="tries", purpose="practice")
    assert QuizPage.objects.get().tries_allowed == 3


def test_a_whole_quiz_is_published(admin):
    response = add_quiz(admin, {"question": make_question().pk})

    assert response.status_code == 302
    assert QuizPage.objects.get().live
