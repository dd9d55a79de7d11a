"""A quiz on one screen: written there, or brought along in a file."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from courses.models import Edition, Question, QuestionUpload, QuizPage
from tests.factories import make_locale, make_module, make_user

from .test_quick import author

pytestmark = pytest.mark.django_db

ADDRESS = reverse("courses_new_quiz")
GIFT = """
::One::What is an act? {=Recruitment ~Consent}

::Two::Is consent enough? {F}
"""
BROKEN = GIFT + "\n::Three::What is missing here? {=\n\n::Four::And here? {~A ~B}\n"


@pytest.fixture
def admin(client):
    client.force_login(make_user(is_superuser=True, is_staff=True))
    return client


def sent(into, **changes):
    data = {
        "module": into.pk,
        "title": "What was said",
        "purpose": "final",
        "text": "",
        "questions-TOTAL_FORMS": "5",
        "questions-INITIAL_FORMS": "0",
        "questions-0-right": "0",
    }
    return data | changes


def written(row, right=0):
    name = f"questions-{row}"
    return {
        f"{name}-stem": f"Question {row}?",
        f"{name}-choice_0": "Yes",
        f"{name}-choice_1": "No",
        f"{name}-right": str(right),
    }


def asked():
    return [slot.question for slot in QuizPage.objects.get().slots.all()]


def test_one_post_makes_questions_and_quiz_live(admin):
    module = make_module()

    response = admin.post(ADDRESS, sent(module, **written(0), **written(1, right=1)))

    assert response.status_code == 302
    quiz = QuizPage.objects.live().get()
    assert (quiz.title, quiz.purpose) == ("What was said", "final")
    assert [q.live for q in asked()] == [True, True]
    assert [bool(c.value["is_correct"]) for c in asked()[1].choices] == [False, True]


def test_the_quiz_enters_the_next_edition(admin):
    module = make_module()

    admin.post(ADDRESS, sent(module, **written(0)))

    [activity] = Edition.objects.get().activities
    assert activity["key"] == str(QuizPage.objects.get().translation_key)


def test_pasted_questions_come_first_and_stand_in_the_bank_of_the_course(admin):
    module = make_module()

    admin.post(ADDRESS, sent(module, text=GIFT, **written(0)))

    assert [q.name for q in asked()] == ["One", "Two", ""]
    shelves = {q.category.path for q in asked()}
    assert shelves == {module.get_parent().slug}


def test_a_spreadsheet_makes_a_quiz(admin):
    table = "Question;Choice 1;Choice 2;Right\nWhat comes first?;Safety;Papers;1\n"
    file = SimpleUploadedFile("quiz.csv", table.encode())

    response = admin.post(ADDRESS, sent(make_module(), file=file))

    assert response.status_code == 302
    assert [str(q) for q in asked()] == ["What comes first?"]


def test_what_cannot_be_asked_is_told_with_line_and_reason_before_anything_is_made(
    admin,
):
    file = SimpleUploadedFile("quiz.gift", BROKEN.encode())
    module = make_module()

    page = admin.post(ADDRESS, sent(module, file=file)).content.decode()

    assert "2 questions cannot be asked" in page
    assert "Line 6" in page
    assert not Question.objects.exists()
    upload = QuestionUpload.objects.get()
    admin.post(ADDRESS, sent(module, upload=upload.pk, anyway="on"))
    assert [q.name for q in asked()] == ["One", "Two"]


def test_a_file_is_not_lost_by_a_mistake_beside_another_field(admin):
    file = SimpleUploadedFile("quiz.gift", GIFT.encode())
    module = make_module()

    page = admin.post(ADDRESS, sent(module, file=file, title="")).content.decode()

    upload = QuestionUpload.objects.get()
    assert f'name="upload" value="{upload.pk}"' in page
    admin.post(ADDRESS, sent(module, upload=upload.pk))
    assert QuestionUpload.objects.count() == 1
    assert len(asked()) == 2


def test_a_file_of_somebody_else_is_not_taken(admin):
    file = SimpleUploadedFile("quiz.gift", GIFT.encode())
    module = make_module()
    admin.post(ADDRESS, sent(module, file=file, title=""))
    QuestionUpload.objects.update(by=make_user())

    upload = QuestionUpload.objects.get()
    response = admin.post(ADDRESS, sent(module, upload=upload.pk, **written(0)))

    assert response.status_code == 200
    assert not QuizPage.objects.exists()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({}, "Write a question, or bring some along"),
        ({"title": "", **written(0)}, "Look at the marked fields"),
        ({"text": "Nothing of a question"}, "No questions are recognised"),
        ({"text": "::One::Broken {=\n"}, "None of these questions can be asked"),
        ({"module": "0", "text": GIFT}, "Look at the marked fields"),
        ({"questions-0-stem": "Only this?"}, "at least two choices"),
    ],
)
def test_a_mistake_is_told_and_nothing_is_made_or_lost(admin, changes, message):
    data = sent(make_module(), **changes)

    page = admin.post(ADDRESS, data).content.decode()

    assert message in page
    assert not QuizPage.objects.exists()
    assert not Question.objects.exists()
    assert (data["text"] or data.get("questions-0-stem", "")) in page


def test_both_a_file_and_a_text_are_one_too_many(admin):
    file = SimpleUploadedFile("quiz.gift", GIFT.encode())

    page = admin.post(ADDRESS, sent(make_module(), file=file, text=GIFT))

    assert "one of both" in page.content.decode()
    assert not QuizPage.objects.exists()


def test_questions_in_another_language_than_the_module_are_told(admin):
    file = "::ru-One::Что является действием? {=Вербовка ~Согласие}\n" + GIFT

    make_locale("ru")

    page = admin.post(ADDRESS, sent(make_module(), text=file)).content.decode()

    assert "1 question cannot be asked" in page
    assert "in another language than the module" in page


def test_a_question_that_the_bank_has_already_is_asked_again(admin):
    module = make_module()
    admin.post(ADDRESS, sent(module, text=GIFT))
    first = QuizPage.objects.get()
    admin.post(ADDRESS, sent(module, text=GIFT, title="Again"))

    assert Question.objects.count() == 2
    again = QuizPage.objects.exclude(pk=first.pk).get()
    assert [slot.question for slot in again.slots.all()] == [
        slot.question for slot in first.slots.all()
    ]


def test_who_may_not_publish_sends_everything_to_review(client):
    module = make_module()
    client.force_login(author(module, "add", "change"))

    client.post(ADDRESS, sent(module, text=GIFT, **written(0)))

    quiz = QuizPage.objects.get()
    assert not quiz.live
    assert quiz.workflow_in_progress
    assert len(asked()) == 3
    assert not Question.objects.filter(live=True).exists()


def test_who_may_not_write_questions_does_not_get_here(client):
    module = make_module()
    client.force_login(author(module, "add", questions=()))

    assert client.get(ADDRESS).status_code in (302, 403)


def test_the_screen_begins_with_the_module_it_was_opened_from(admin):
    module = make_module()

    page = admin.get(f"{ADDRESS}?module={module.pk}").content.decode()

    assert f'<option value="{module.pk}" selected>' in page
