"""Questions in and out on the screen: look first; nothing typed is lost."""

from pathlib import Path

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import ModelLogEntry

from courses.actions.importing import import_questions
from courses.exchange import formats
from courses.models import Question, QuestionUpload
from tests.factories import make_category, make_locale, make_question, make_user

pytestmark = pytest.mark.django_db

SAMPLE = (Path(__file__).parents[1] / "data" / "bank-sample.gift").read_bytes()
IMPORT, EXPORT = reverse("courses_exchange:import"), reverse("courses_exchange:export")


def member(*names):
    group = Group.objects.create(name="Somebody")
    codenames = ["access_admin", *names]
    group.permissions.set(Permission.objects.filter(codename__in=codenames))
    return make_user(groups=[group])


@pytest.fixture
def admin(client):
    make_locale("ru")
    make_locale("tg")
    client.force_login(make_user(is_superuser=True, is_staff=True))
    return client


def sent(text="", file=None):
    data = {"text": text, "locale": make_locale().pk, "category": ""}
    return data | ({"file": file} if file else {})


def said(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize("address", [IMPORT, EXPORT])
def test_who_may_not_write_questions_is_refused(client, address):
    client.force_login(member())

    assert client.get(address).status_code in (302, 403)
    client.post(address, sent("It is so. {T}"))
    assert not QuestionUpload.objects.exists()


def test_pasted_questions_are_looked_at_and_then_imported(admin):
    looked = admin.post(IMPORT, sent("::so::It is so. {T}\n\nA {=a"), follow=True)

    page = said(looked)
    assert "It is so." in page
    assert "no “}” at their end" in page
    assert not Question.objects.exists()
    done = admin.post(looked.request["PATH_INFO"], follow=True)
    assert "1 question was added." in said(done)
    assert Question.objects.get().live


def test_a_file_is_imported_whole(admin):
    file = SimpleUploadedFile("bank.gift", SAMPLE)

    looked = admin.post(IMPORT, sent(file=file), follow=True)
    admin.post(looked.request["PATH_INFO"])

    assert Question.objects.filter(live=True).count() == 11


def test_a_question_may_be_left_out(admin):
    looked = admin.post(IMPORT, sent("Yes. {T}\n\nNo. {F}"), follow=True)

    admin.post(looked.request["PATH_INFO"], {"leave_out": ["0", "x", "-1"]})

    assert [str(question) for question in Question.objects.all()] == ["No."]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "one of both"),
        ("Good morning.", "No questions are recognised"),
        ('<?xml version="1.0"?><!DOCTYPE q []><quiz/>', "not followed"),
        ("<quiz", "cannot be read from line 1 on"),
        ("\x00", "Null characters"),
    ],
)
def test_what_is_no_file_of_questions_is_refused_beside_it_and_kept(
    admin, text, message
):
    response = admin.post(IMPORT, sent(text))

    assert response.status_code == 200
    assert message in said(response)
    assert not QuestionUpload.objects.exists()
    if text.isprintable():
        assert response.context["form"]["text"].value() == text


def test_the_second_click_imports_nothing_twice(admin):
    looked = admin.post(IMPORT, sent("Yes. {T}"), follow=True)

    for _click in range(2):
        admin.post(looked.request["PATH_INFO"])

    assert Question.objects.count() == 1


def test_who_may_not_publish_is_told_of_the_reviewer(client):
    client.force_login(member("add_question", "change_question", "view_question"))

    looked = client.post(IMPORT, sent("Yes. {T}"), follow=True)

    assert "send it to review" in said(looked)
    client.post(looked.request["PATH_INFO"])
    assert not Question.objects.get().live


@pytest.mark.parametrize("key", ["gift", "moodle_xml"])
def test_a_shelf_is_exported_and_logged(admin, key):
    shelf = make_category("law")
    make_question(name="where", category=shelf)
    make_question()

    response = admin.post(EXPORT, {"format": key, "category": shelf.pk})

    _format, reading = formats.read(response.content)
    assert [(d.name, d.category) for d in reading.drafts] == [("where", "law")]
    assert [c.text for c in reading.drafts[0].choices if c.share > 0] == ["Right"]
    assert ModelLogEntry.objects.filter(action="courses.export_questions").exists()


def test_what_a_format_cannot_hold_is_named_first(admin):
    make_question(stem="<p>It is so.</p>", kind="true_false", is_true=True)
    make_question()

    named = admin.post(EXPORT, {"format": "aiken"})
    taken = admin.post(EXPORT, {"format": "aiken", "anyway": "1"})

    assert "It is so." in said(named)
    assert "ANSWER: A" in said(taken)


def test_an_export_of_nothing_is_refused_in_words(admin):
    response = admin.post(EXPORT, {"format": "gift", "kind": "numeric"})

    assert "no published question like that" in said(response)


def test_what_was_imported_is_exported_as_it_came(admin):
    looked = admin.post(IMPORT, sent(file=SimpleUploadedFile("a", SAMPLE)), follow=True)
    admin.post(looked.request["PATH_INFO"])

    content = admin.post(EXPORT, {"format": "gift"}).content

    again = admin.post(IMPORT, sent(content.decode()), follow=True)
    outcomes = {line.outcome.value for line, _word in again.context["lines"]}
    assert outcomes == {"same"}


def test_the_list_leads_to_both(admin):
    page = said(admin.get(reverse("wagtailsnippets_courses_question:list")))

    assert IMPORT in page
    assert EXPORT in page


def test_what_the_list_was_filtered_by_is_taken_over_and_narrows_the_file(admin):
    wanted = make_question(name="wanted", difficulty=3, topic="law")
    wanted.tags.add("visa")
    wanted.save()
    make_question(name="easy", difficulty=1, topic="law")
    tag = wanted.tags.get()
    asked = {"difficulty": "3", "topic": "law", "tag": tag.pk, "locale": "en", "q": "x"}

    form = admin.get(EXPORT, asked).context["form"]
    response = admin.post(EXPORT, {"format": "gift", **form.initial})

    assert form.initial == {
        "difficulty": "3",
        "topic": "law",
        "tag": str(tag.pk),
        "locale": make_locale().pk,
    }
    _format, reading = formats.read(response.content)
    assert [draft.name for draft in reading.drafts] == ["wanted"]


def test_what_somebody_else_brought_is_theirs_unless_one_may_publish(client):
    writing = ("add_question", "change_question", "view_question")
    author = member(*writing)
    colleague = make_user(groups=author.groups.all())
    client.force_login(author)
    address = client.post(IMPORT, sent("Yes. {T}"), follow=True).request["PATH_INFO"]
    client.force_login(colleague)

    shown = client.get(address, follow=True)
    posted = client.post(address, follow=True)

    assert (shown.status_code, posted.status_code) == (404, 404)
    with pytest.raises(PermissionDenied):
        import_questions(QuestionUpload.objects.get(), by=colleague)
    assert not Question.objects.exists()


def test_what_was_pasted_is_called_so_in_the_readers_language(admin):
    admin.post(IMPORT, sent("Yes. {T}"))

    upload = QuestionUpload.objects.get()
    assert (upload.name, str(upload)) == ("", "Pasted questions")
