"""Every kind of question on the pages of a participant."""

import json
import re
from decimal import Decimal
from fractions import Fraction

import pytest
from django.urls import reverse

from courses.kinds import registry, written
from courses.kinds.base import NONE, WHOLE, Kind
from courses.models import Question
from lms.actions import attempts
from lms.actions.attempt_refusals import AttemptRefused
from lms.models import Attempt, Progress, Response
from tests.courses.kinds.authored import listed, parts
from tests.courses.test_media import make_image
from tests.factories import (
    make_cohort,
    make_course,
    make_edition,
    make_enrolment,
    make_module,
    make_participant,
    make_question,
    make_quiz,
)
from tests.lms.sitting import start

pytestmark = pytest.mark.django_db

LEVELS = [{"type": "item", "value": {"points": "100", "words": "SECRET"}, "id": "1"}]
PLACE = {"left": 10, "top": 10, "width": 20, "height": 20}
NEW = {
    "matching": parts(
        ("pair", {"left": "Recruitment", "right": "act"}, "a"),
        ("pair", {"left": "Deception", "right": "means"}, "b"),
    ),
    "ordering": parts(("step", "first"), ("step", "second"), ("step", "third")),
    "fill_gaps": parts(
        ("text", "Act and"),
        ("gap", {"accepted": listed("SECRET"), "others": []}, "g"),
    ),
    "case_set": parts(
        ("case", "Zebo is promised work."),
        (
            "asked",
            {
                "question": "Is there an act?",
                "choices": [
                    {"type": "item", "value": {"text": t, "is_correct": r}, "id": t}
                    for t, r in [("Yes", True), ("No", False)]
                ],
            },
            "c",
        ),
    ),
    "scale": parts(("scale", {"low": "no", "high": "yes", "steps": 5}, "s")),
    "open_answer": parts(("criterion", {"name": "SECRET", "levels": LEVELS}, "o")),
}


def sitting(client, *questions, **quiz_fields):
    """A participant signed in who has begun a quiz of these questions."""
    course = make_course()
    quiz = make_quiz(make_module(course), list(questions), **quiz_fields)
    enrolment = make_enrolment(cohort=make_cohort(make_edition(course, quiz)))
    client.force_login(enrolment.person.user)
    return start(enrolment, quiz)


def new_questions(*keys):
    return [
        make_question(kind=key, parts=NEW[key], explanation="SECRET") for key in keys
    ]


def solution(response: Response) -> dict:
    key = response.version.key
    if key["kind"] == "matching":
        return {"pairs": key["correct"]}
    if key["kind"] == "case_set":
        return {"pairs": {one: right for one, [right] in key["correct"].items()}}
    if key["kind"] == "ordering":
        return {"places": {step: n for n, step in enumerate(key["correct"], 1)}}
    if key["kind"] == "fill_gaps":
        return {"gaps": dict.fromkeys(key["gaps"], "secret")}
    return {"chosen": ["4"]} if key["kind"] == "scale" else {"text": "Because."}


def posted(attempt) -> dict:
    """The form with everything right, as a browser posts it."""
    fields = {}
    for one in attempt.responses.select_related("version"):
        fields[f"answer-{one.place}"] = written(one.version.key, solution(one))
        fields[f"sequence-{one.place}"] = str(one.sequence + 1)
    return fields


def page(client, name, attempt):
    return client.get(reverse(f"lms:{name}", args=[attempt.pk])).content.decode()


def test_each_new_kind_is_asked_answered_marked_and_reviewed(client):
    """QZ-08, QZ-27, QZ-51: nothing of what is right before release."""
    keys = ["matching", "ordering", "fill_gaps", "case_set", "scale"]
    attempt = sitting(client, *new_questions(*keys))

    sheet = page(client, "attempt", attempt)
    submit = reverse("lms:submit", args=[attempt.pk])
    saved = client.post(
        reverse("lms:save", args=[attempt.pk]), posted(attempt), follow=True
    )
    done = client.post(submit, posted(attempt), follow=True).content.decode()

    assert "SECRET" not in sheet
    assert "correct" not in sheet
    again = saved.content.decode()
    assert len(re.findall(r"selected|checked", again)) == 2 + 3 + 1 + 1
    assert 'value="secret"' in again
    attempt.refresh_from_db()
    assert (attempt.score, attempt.out_of) == (4, 4)
    assert "100%" in done
    assert "not marked" in done


def test_every_field_of_a_sheet_has_a_name_to_read(client):
    attempt = sitting(client, *new_questions(*NEW))

    sheet = page(client, "attempt", attempt)

    fields = re.findall(
        r'<(?:select|textarea|input type="text")[^>]* id="([^"]+)"', sheet
    )
    assert len(fields) == 2 + 3 + 1 + 1 + 1
    assert all(f'for="{one}"' in sheet for one in fields)


def test_a_scale_adds_nothing_to_what_there_is_to_earn(client):
    attempt = sitting(client, make_question(), *new_questions("scale"))

    assert attempt.out_of == 1
    assert attempts.submit(attempt).score == 0


def test_a_quiz_with_nothing_to_earn_does_not_start(client):
    """QZ-44."""
    with pytest.raises(AttemptRefused, match="nothing to earn"):
        sitting(client, *new_questions("scale"))


@pytest.mark.indexed
def test_the_picture_of_a_question_is_for_those_who_are_asked_it(client):
    image = make_image()
    question = make_question(
        kind="hotspot",
        parts=parts(
            ("picture", {"image": image.pk, "alt": "A room"}, "p"),
            ("region", PLACE | {"label": "Door", "is_correct": True}, "d"),
            ("region", PLACE | {"label": "Window", "is_correct": False}, "w"),
        ),
    )
    attempt = sitting(client, question)

    sheet = page(client, "attempt", attempt)
    picture = re.search(r'<image href="([^"]+)"', sheet)[1]
    asked = client.get(picture)
    client.force_login(make_participant().user)
    stranger = client.get(picture)

    assert 'aria-label="A room"' in sheet
    assert (asked.status_code, stranger.status_code) == (200, 404)


# A person marks.


def open_attempt(client, pass_percent, *, others=1):
    """One open answer and so many choices, answered rightly as far as that goes."""
    questions = [make_question() for _ in range(others)]
    asked = [*questions, *new_questions("open_answer")]
    attempt = sitting(client, *asked, pass_percent=Decimal(pass_percent))
    answers = {
        one.place: {"chosen": one.version.key["correct"]}
        if one.version.key["kind"] == "single"
        else {"text": "Because."}
        for one in attempt.responses.select_related("version")
    }
    return attempt, answers


@pytest.mark.parametrize(
    ("pass_percent", "is_right", "verdict"),
    [(60, True, None), (50, True, True), (60, False, False)],
)
def test_an_open_answer_awaits_marking_unless_the_rest_decides(
    client, pass_percent, is_right, verdict
):
    """QZ-31."""
    attempt, answers = open_attempt(client, pass_percent)
    if not is_right:
        answers[1] = None

    attempt = attempts.submit(attempt, answers=answers)
    shown = page(client, "result", attempt)

    assert (attempt.status, attempt.score) == (Attempt.Status.MARKING, None)
    assert attempt.has_passed is None
    assert Progress.objects.exists() is (verdict is True)
    assert ("passed already" in shown) is (verdict is True)
    assert ("not enough to pass" in shown) is (verdict is False)
    assert "SECRET" not in shown


def test_an_open_answer_left_empty_needs_nobody_to_mark_it(client):
    """QZ-31."""
    attempt, answers = open_attempt(client, 50)
    answers[2] = None

    attempt = attempts.submit(attempt, answers=answers)

    assert (attempt.status, attempt.score) == (Attempt.Status.GRADED, 1)


@pytest.mark.parametrize("name", ["save", "save_answer", "submit"])
def test_two_megabytes_are_refused_in_a_sentence(client, name):
    """QZ-58."""
    attempt = sitting(client, *new_questions("open_answer"))
    post = {"answer-1": "x" * 2_000_000, "sequence-1": "1"}

    answer = client.post(reverse(f"lms:{name}", args=[attempt.pk]), post)

    assert answer.status_code == 400
    assert "longer than 20,000 characters" in answer.content.decode()
    assert Response.objects.get().answer is None


def test_markup_in_an_answer_is_shown_as_it_was_typed(client):
    """QZ-58."""
    attempt = sitting(client, *new_questions("open_answer"))
    answer = {"text": "<script>alert(1)</script>"}
    attempts.save_answer(attempt, place=1, answer=answer, sequence=1)

    sheet = page(client, "attempt", attempt)

    assert "<script>alert" not in sheet
    assert "&lt;script&gt;alert(1)" in sheet


# A kind of somebody else's.


class Echo(Kind):
    """Repeat the question's explanation backwards."""

    key = "echo"
    label = "Echo"
    rank = 999
    holds = "said"
    sheet_template = "courses/kinds/line.html"
    review_template = "courses/kinds/line_review.html"

    def gaps(self, question):
        return {}

    def key_of(self, question):
        return super().key_of(question) | {"correct": question.explanation[::-1]}

    def asked(self, posed):
        return {"label": "Say it", "text": "".join(posed.values), "most": 50}

    def _read(self, key, values):
        return {"said": values[0]}

    def _written(self, held):
        return [held]

    def share(self, key, answer, accepted) -> Fraction:
        return WHOLE if answer["said"] == key["correct"] else NONE

    def reviewed(self, posed, *, shows_right):
        return self.asked(posed) | {"right": [posed.key["correct"]] * shows_right}


def test_a_kind_registered_by_one_class_works_from_freezing_to_review(
    client, monkeypatch
):
    monkeypatch.setattr(registry, "kinds", dict(registry.kinds))
    registry.register(Echo)
    question = make_question(kind="echo", explanation="abc")
    attempt = sitting(client, question)

    sheet = page(client, "attempt", attempt)
    post = {"answer-1": "cba", "sequence-1": "1"}
    client.post(reverse("lms:submit", args=[attempt.pk]), post)

    assert ("echo", "Echo") in Question._meta.get_field("kind").choices
    assert "Say it" in sheet
    assert "cba" not in sheet
    assert Attempt.objects.get().score == 1
    assert "<strong>cba</strong>" in page(client, "result", attempt)


def test_a_preview_shows_each_kind_as_a_participant_sees_it():
    for key in NEW:
        question = make_question(kind=key, parts=json.loads(NEW[key]))

        response = question.make_preview_request()
        response.render()

        assert 'name="answer-1"' in response.content.decode()
        assert "SECRET" not in response.content.decode()
