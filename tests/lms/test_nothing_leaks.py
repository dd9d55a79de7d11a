"""Nothing that an attempt sends tells what is right before release (QZ-08).

Every secret place of each kind of question holds SECRET, and every byte is searched.
What is right without having words of its own, such as which choice, is turned round:
then every byte has to stay the same.
"""

import copy
import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse
from django.utils import translation

from lms import answer_sheet
from lms.models import Attempt, Response
from tests.factories import (
    make_cohort,
    make_course,
    make_edition,
    make_enrolment,
    make_module,
    make_quiz,
)
from tests.lms.every_kind import NUMBER, SECRET, every_question
from tests.lms.sitting import start

pytestmark = pytest.mark.django_db

KINDS = [
    "single",
    "multiple",
    "true_false",
    "numeric",
    "short_answer",
    "matching",
    "ordering",
    "fill_gaps",
    "open_answer",
    "case_set",
    "hotspot",
    "scale",
]
SECRETS = [SECRET, str(NUMBER), "is_correct", "is_right", "accepted", "criteria"]


@pytest.fixture
def attempt(client, at) -> Attempt:
    """A participant signed in who is asked one question of each kind."""
    at("2026-10-12T09:00+05:00")
    course = make_course()
    quiz = make_quiz(make_module(course), every_question(), minutes=30)
    enrolment = make_enrolment(cohort=make_cohort(make_edition(course, quiz)))
    client.force_login(enrolment.person.user)
    client.quiz = quiz
    return start(enrolment, quiz)


def some_answer(response) -> list[str]:
    """The first thing each field offers, or a word; right or not by chance."""
    key = response.version.key
    if key["kind"] == "true_false":
        return ["true"]
    if key["kind"] == "matching":
        return [f"{left}:{response.order[0]}" for left in key["lefts"]]
    if key["kind"] == "ordering":
        return [f"{step}:{n}" for n, step in enumerate(response.order, 1)]
    if key["kind"] == "case_set":
        return [f"{one}:{options[0]}" for one, options in key["offered"].items()]
    if key["kind"] == "fill_gaps":
        pairs = [(gap, [*listed, "word"][0]) for gap, listed in key["gaps"].items()]
        return [value for pair in pairs for value in pair]
    return [response.order[0]] if key["options"] else ["7"]


def form_of(attempt, sequence=1, places=range(99)):
    fields = {}
    for one in attempt.responses.select_related("version"):
        if one.place in places:
            fields[f"answer-{one.place}"] = some_answer(one)
            fields[f"sequence-{one.place}"] = str(sequence)
    return fields


def sent(client, attempt) -> list[bytes]:
    """All that a browser is sent from before the start until just before the result."""

    def url(name):
        return reverse(f"lms:{name}", args=[attempt.pk])

    begin = reverse("lms:start_attempt", args=[attempt.quiz_key])
    answers = [client.get(client.quiz.url), client.post(begin, follow=True)]
    answers += [client.get(url("attempt")), client.get(url("unanswered"))]
    for place in range(1, len(KINDS) + 1):
        answers.append(client.post(url("save_answer"), form_of(attempt, 1, [place])))
        stale = {f"sequence-{place}": "0"}
        answers.append(client.post(url("save_answer"), stale))
    answers.append(client.post(url("save"), form_of(attempt, 2), follow=True))
    wrong = client.post(url("submit"), {"answer-1": "x", "sequence-1": "9"})
    gaps = client.post(url("submit"), {"sequence-1": "9"}, follow=True)
    answers += [wrong, gaps, client.get(url("result"), follow=True)]
    with translation.override("ru"):
        answers.append(client.get(url("attempt")))
    translation.activate("en")
    return [bytes_of(one) for one in answers]


def bytes_of(response) -> bytes:
    told = [one for one in response.headers.items() if one[0] != "Expires"]
    head = "".join(f"{name}: {value}\n" for name, value in told)
    token = rb'(name="csrfmiddlewaretoken" value=")[^"]*'
    return head.encode() + re.sub(token, rb"\1", response.content)


def scripts_of(page: bytes) -> list[bytes]:
    names = re.findall(r'src="/static/([^"]+)"', page.decode())
    paths = [finders.find(re.sub(r"\.[0-9a-f]{12}\.", ".", name)) for name in names]
    return [Path(path).read_bytes() for path in paths]


def leaks_in(all_bytes: list[bytes]) -> set[str]:
    text = b"\n".join(all_bytes).decode()
    return {one for one in SECRETS if one in text}


def test_no_byte_of_an_attempt_holds_a_secret_of_any_kind(client, attempt):
    """QZ-08: pages, answers to the script, scripts, headers, names of pictures."""
    versions = [one.version for one in attempt.responses.select_related("version")]
    assert [version.key["kind"] for version in versions] == KINDS

    pages = sent(client, attempt)
    scripts = scripts_of(pages[2])

    assert len(scripts) >= 6
    assert b'action="/en/attempts/' in pages[2]
    assert b"<image href=" in pages[2]
    assert leaks_in(pages + scripts) == set()
    assert not Response.objects.filter(answer=None).exists()


@pytest.mark.parametrize("kind", KINDS)
def test_the_search_finds_what_one_kind_would_leak(client, attempt, monkeypatch, kind):
    """QZ-08."""
    asked = answer_sheet._asked

    def leaking(response, language, values):
        item = asked(response, language, values)
        version = response.version
        words = f"{version.key} {version.body(language)}"
        is_it = item.kind.key == kind
        return replace(item, stem=f"<p>{words}</p>") if is_it else item

    monkeypatch.setattr(answer_sheet, "_asked", leaking)
    page = client.get(reverse("lms:attempt", args=[attempt.pk]))

    assert leaks_in([bytes_of(page)])


# Which one is right.


def turned(key: dict) -> dict:
    """The same question with something else right."""
    right, kind = key["correct"], key["kind"]
    if kind == "true_false":
        return key | {"correct": not right}
    if kind == "numeric":
        return key | {"correct": "5", "tolerance": "4"}
    if kind == "ordering":
        return key | {"correct": right[::-1]}
    if kind == "matching":
        values = [*list(right.values())[1:], *list(right.values())[:1]]
        return key | {"correct": dict(zip(right, values, strict=True))}
    if kind in ("case_set", "fill_gaps"):
        offered = key.get("offered") or key["gaps"]
        others = {
            one: [o for o in options if o not in right[one]]
            for one, options in offered.items()
        }
        return key | {"correct": others}
    return key | {"correct": [one for one in key["options"] if one not in right]}


def turn_round(attempt, kind: str) -> bool:
    """Whether something else is right now, or is at least said to be."""
    responses = attempt.responses.select_related("version")
    [version] = [one.version for one in responses if one.version.key["kind"] == kind]
    before = copy.deepcopy((version.key, version.bodies))
    version.key = turned(version.key)
    for body in version.bodies.values():
        body["feedback"] = dict.fromkeys(body["feedback"], "Other.")
        body["explanation"] = "Other."
    version.save()
    return before != (version.key, version.bodies)


def test_what_is_sent_is_the_same_whatever_is_right(client, attempt):
    """QZ-08: neither an order nor an id nor a length tells it."""
    sent(client, attempt)
    before = sent(client, attempt)

    turned_round = [kind for kind in KINDS if turn_round(attempt, kind)]
    after = sent(client, attempt)

    assert turned_round == KINDS
    assert before == after
