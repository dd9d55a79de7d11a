"""Two megabytes in one answer: a sentence, and nothing typed before is lost."""

from urllib.parse import urlencode

import pytest
from django.urls import reverse

from lms.models import Response
from tests.factories import (
    make_cohort,
    make_course,
    make_edition,
    make_enrolment,
    make_module,
    make_quiz,
)
from tests.lms.sitting import make_open_question, start

pytestmark = pytest.mark.django_db

LATIN, CYRILLIC = "x" * 2_000_000, "ж" * 1_000_000


@pytest.fixture
def attempt(client):
    """Two open answers, the first of them answered already."""
    course = make_course()
    questions = [make_open_question(), make_open_question()]
    quiz = make_quiz(make_module(course), questions)
    enrolment = make_enrolment(cohort=make_cohort(make_edition(course, quiz)))
    client.force_login(enrolment.person.user)
    attempt = start(enrolment, quiz)
    attempt.responses.filter(place=1).update(answer={"text": "before"}, sequence=1)
    return attempt


@pytest.fixture
def post(client, attempt):
    """As a browser sends a form, which writes six letters for each Cyrillic one."""

    def send(name, fields):
        url = reverse(f"lms:{name}", args=[attempt.pk])
        kind = "application/x-www-form-urlencoded"
        return client.post(url, urlencode(fields), content_type=kind)

    return send


def stored():
    return list(Response.objects.values_list("answer", flat=True).order_by("place"))


@pytest.mark.parametrize("name", ["save", "submit"])
def test_the_form_comes_back_with_the_rest_of_what_was_typed(post, attempt, name):
    fields = {"answer-1": "typed now", "sequence-1": "2", "flag-1": "1"}

    page = post(name, fields | {"answer-2": LATIN, "sequence-2": "1"})

    text = page.content.decode()
    assert page.status_code == 400
    assert "longer than 20,000 characters" in text
    assert "typed now" in text
    assert LATIN in text
    assert 'name="flag-1" value="1" checked' in text
    assert stored() == [{"text": "before"}, None]


@pytest.mark.parametrize("name", ["save", "submit", "save_answer"])
@pytest.mark.parametrize("long", [LATIN, CYRILLIC], ids=["latin", "cyrillic"])
def test_whatever_its_letters_it_is_a_sentence_and_nothing_is_changed(
    post, attempt, name, long
):
    answer = post(name, {"answer-2": long, "sequence-2": "1"})

    text = answer.content.decode()
    assert answer.status_code == 400
    assert "longer than 20,000" in text or "may be too big" in text
    assert stored() == [{"text": "before"}, None]
    attempt.refresh_from_db()
    assert attempt.is_running


def test_the_script_goes_on_with_the_next_answer(post, attempt):
    refused = post("save_answer", {"answer-2": LATIN, "sequence-2": "1"})
    saved = post("save_answer", {"answer-2": "short", "sequence-2": "2"})

    assert "longer than 20,000 characters" in refused.json()["message"]
    assert "Saved" in saved.json()["message"]
    assert stored() == [{"text": "before"}, {"text": "short"}]
