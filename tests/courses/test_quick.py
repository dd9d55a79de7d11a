"""A lesson with its quiz on one screen."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page

from courses.actions.editions import publish_edition
from courses.models import Edition, LessonPage, Question, QuestionVersion, QuizPage
from tests.factories import make_lesson, make_module, make_user

pytestmark = pytest.mark.django_db

ADDRESS = "courses_new_lesson"


def typed(module, **changes):
    data = {
        "module": module.pk,
        "title": "Where to talk",
        "text": "In a safe place.\n\nAlone.",
        "questions-TOTAL_FORMS": "5",
        "questions-INITIAL_FORMS": "0",
    }
    for row in range(5):
        data |= {
            f"questions-{row}-stem": f"Question {row}?",
            f"questions-{row}-choice_0": "Right",
            f"questions-{row}-choice_1": "Wrong",
            f"questions-{row}-choice_2": "",
            f"questions-{row}-choice_3": "",
            f"questions-{row}-right": "0",
        }
    return data | changes


def author(module, *page_permissions, questions=("add", "change")):
    """May enter the admin, write questions, and do this to pages of the module."""
    group = Group.objects.create(name="Somebody")
    names = ["access_admin", *(f"{name}_question" for name in questions)]
    group.permissions.set(Permission.objects.filter(codename__in=names))
    for name in page_permissions:
        permission = Permission.objects.get(
            codename=f"{name}_page", content_type__app_label="wagtailcore"
        )
        GroupPagePermission.objects.create(
            group=group, page=Page.objects.get(pk=module.pk), permission=permission
        )
    return make_user(groups=[group])


def test_one_post_makes_lesson_questions_and_quiz_live(client):
    lesson = make_lesson()
    module = lesson.get_parent().specific
    course = module.get_parent().specific
    publish_edition(course, by=None)
    client.force_login(make_user(is_superuser=True))

    response = client.post(reverse(ADDRESS), typed(module))

    assert response.status_code == 302
    made = LessonPage.objects.live().get(title="Where to talk")
    quiz = QuizPage.objects.live().get(title="Quiz: Where to talk")
    assert "<p>Alone.</p>" in str(made.body[0].value)
    assert [slot.question.live for slot in quiz.slots.all()] == [True] * 5
    assert QuestionVersion.objects.count() == 5
    keys = [a["key"] for a in Edition.objects.newest(course.translation_key).activities]
    assert keys == [str(p.translation_key) for p in (lesson, made, quiz)]


def test_who_may_not_publish_sends_everything_to_review(client):
    module = make_module()
    client.force_login(author(module, "add", "change"))

    response = client.post(reverse(ADDRESS), typed(module), follow=True)

    lesson, quiz = LessonPage.objects.get(), QuizPage.objects.get()
    assert [lesson.live, quiz.live] == [False, False]
    assert [page.workflow_in_progress for page in (lesson, quiz)] == [True, True]
    assert not Question.objects.filter(live=True).exists()
    assert "sent to the reviewer" in response.content.decode()


def test_who_may_not_add_here_is_refused_and_nothing_is_made(client):
    module, other = make_module(), make_module()
    client.force_login(author(other, "add"))

    response = client.post(reverse(ADDRESS), typed(module))

    assert response.status_code == 200
    assert not LessonPage.objects.exists()


def test_a_stranger_to_all_modules_does_not_see_the_screen(client):
    make_module()
    client.force_login(author(make_module()))

    response = client.get(reverse(ADDRESS))

    assert response.status_code in (302, 403)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"title": ""}, "This field is required."),
        ({"questions-0-choice_1": ""}, "Write at least two choices."),
        ({"questions-0-right": "3"}, "The choice marked as right is empty."),
        ({"questions-1-stem": ""}, "Write the question."),
        ({"questions-TOTAL_FORMS": "x"}, "Enter a whole number."),
        ({"questions-0-right": "9"}, "not one of the available choices"),
    ],
)
def test_a_mistake_is_named_and_nothing_typed_is_lost(client, changes, message):
    module = make_module()
    client.force_login(make_user(is_superuser=True))

    response = client.post(reverse(ADDRESS), typed(module, **changes))

    page = response.content.decode()
    assert response.status_code == 200
    assert message in page
    assert "In a safe place." in page
    assert not Question.objects.exists()
    assert not LessonPage.objects.exists()


def test_without_any_question_it_is_refused(client):
    module = make_module()
    client.force_login(make_user(is_superuser=True))
    empty = {
        f"questions-{row}-{name}": ""
        for row in range(5)
        for name in ("stem", "choice_0", "choice_1")
    }

    page = client.post(reverse(ADDRESS), typed(module, **empty)).content.decode()

    assert "Write at least one question." in page


def test_empty_rows_and_choices_are_left_out_and_the_right_one_stays(client):
    module = make_module()
    client.force_login(make_user(is_superuser=True))
    changes = {
        f"questions-{row}-{name}": ""
        for row in range(1, 5)
        for name in ("stem", "choice_0", "choice_1")
    } | {
        "questions-0-choice_0": "A",
        "questions-0-choice_1": "",
        "questions-0-choice_2": "<b>C</b>",
        "questions-0-right": "2",
    }

    client.post(reverse(ADDRESS), typed(module, **changes))

    question = Question.objects.get()
    assert [(c.value["text"], c.value["is_correct"]) for c in question.choices] == [
        ("A", False),
        ("<b>C</b>", True),
    ]


def test_twice_the_same_title_is_two_lessons(client):
    module = make_module()
    client.force_login(make_user(is_superuser=True))

    client.post(reverse(ADDRESS), typed(module, title="Сӯҳбат"))
    client.post(reverse(ADDRESS), typed(module, title="Сӯҳбат"))

    assert LessonPage.objects.live().count() == 2


def test_the_menu_and_the_module_lead_there(client):
    module = make_module()
    client.force_login(make_user(is_superuser=True))

    menu = client.get(reverse("wagtailadmin_home")).content.decode()
    header = client.get(reverse("wagtailadmin_explore", args=[module.pk]))

    assert reverse(ADDRESS) in menu
    assert f"{reverse(ADDRESS)}?module={module.pk}" in header.content.decode()
    shown = client.get(reverse(ADDRESS), {"module": module.pk}).content.decode()
    assert f'<option value="{module.pk}" selected>' in shown
