"""What kinds of its own the bank has, and what of them Moodle can hold."""

import pytest
from django.urls import reverse

from courses.exchange import formats
from courses.models import Question
from tests.courses.kinds.authored import parts
from tests.factories import make_locale, make_question, make_user
from tests.lms.sitting import criterion

pytestmark = pytest.mark.django_db

IMPORT, EXPORT = reverse("courses_exchange:import"), reverse("courses_exchange:export")


@pytest.fixture
def admin(client):
    client.force_login(make_user(is_superuser=True, is_staff=True))
    return client


def taken(admin):
    return admin.post(EXPORT, {"format": "moodle_xml"})


def test_criteria_go_out_and_come_back_as_they_were(admin):
    means = criterion("Means", ("0", "none"), ("40", "some"))
    make_question(
        name="why",
        kind="open_answer",
        parts=parts(means, criterion("Duty", ("60", "all"))),
    )

    content = taken(admin).content.decode()

    again = admin.post(
        IMPORT,
        {"text": content, "locale": make_locale().pk, "category": ""},
        follow=True,
    )
    [(line, _word)] = again.context["lines"]
    assert (line.outcome.value, line.warnings) == ("same", ())
    Question.objects.all().delete()
    admin.post(again.request["PATH_INFO"])
    kept = Question.objects.get().parts
    assert [part.value["name"] for part in kept] == ["Means", "Duty"]


def test_a_case_goes_out_to_moodle_as_a_text_with_gaps(admin):
    choices = [
        {"type": "item", "value": {"text": text, "is_correct": is_right}, "id": text}
        for text, is_right in (("The police", False), ("A lawyer", True))
    ]
    asked = {"question": "Whom first?", "choices": choices}
    make_question(
        kind="case_set", parts=parts(("case", "Zebo is lost."), ("asked", asked, "q"))
    )

    content = taken(admin).content

    _format, reading = formats.read(content)
    [draft] = reading.drafts
    assert "<p>Zebo is lost.</p><p>Whom first? [[1]]</p>" in draft.stem
    assert [(one.text, one.share) for one in draft.gaps[0].answers] == [
        ("The police", 0),
        ("A lawyer", 1),
    ]


@pytest.mark.parametrize(
    ("kind", "why"), [("scale", "asks opinions"), ("hotspot", "place to point at")]
)
def test_what_moodle_has_no_form_for_is_named_with_the_reason(admin, kind, why):
    make_question(kind=kind)

    assert why in taken(admin).content.decode()
