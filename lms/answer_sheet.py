"""An attempt as its participant sees it: the dealt questions in their own order."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from courses.answers import written

from .models import Attempt, Response, ResponseScore

ONE_PARAGRAPH = re.compile(r"\s*<p[^>]*>((?:(?!</?(?:p|ol|ul|div)\b).)*)</p>\s*", re.S)


@dataclass(frozen=True)
class Choice:
    """`is_right` and `feedback` are empty as long as nobody may know."""

    id: str
    text: str
    is_chosen: bool
    is_right: bool | None = None
    feedback: str = ""


@dataclass(frozen=True)
class Item:
    """One question with what was answered; no correctness in it."""

    place: int
    kind: str
    stem: str
    choices: list[Choice]
    text: str
    sequence: int
    marks: Decimal

    @property
    def is_answered(self) -> bool:
        return bool(self.text) or any(choice.is_chosen for choice in self.choices)

    @property
    def headline(self) -> str:
        """The question's words where they are one paragraph, fit for a heading."""
        match = ONE_PARAGRAPH.fullmatch(self.stem)
        return match[1] if match else ""


@dataclass(frozen=True)
class Reviewed(Item):
    """The question after handing in, with what it earned."""

    earned: Decimal | None = None
    explanation: str = ""
    accepted: list[str] = field(default_factory=list)

    @property
    def is_right(self) -> bool:
        return self.earned == self.marks

    @property
    def is_partly(self) -> bool:
        return bool(self.earned) and not self.is_right


def sheet(
    attempt: Attempt, language: str, kept: Mapping[str, list[str]] | None = None
) -> list[Item]:
    """The questions to answer, filled with what is stored or, before it, was kept."""
    responses = attempt.responses.select_related("version")
    return [Item(**_asked(one, language, _values(one, kept))) for one in responses]


def review(attempt: Attempt, language: str, *, shows_right: bool) -> list[Reviewed]:
    """The marked questions: one's own choices with their feedback.

    What would have been right, and why, is in it only when `shows_right`.
    """
    scores = ResponseScore.objects.filter(response__attempt=attempt)
    earned = dict(scores.order_by("created_at", "pk").values_list("response", "score"))
    responses = attempt.responses.select_related("version")
    return [
        _reviewed(one, language, earned.get(one.pk), shows_right) for one in responses
    ]


def unanswered(attempt: Attempt) -> list[int]:
    """The places without an answer."""
    rows = attempt.responses.values_list("place", "answer")
    return [place for place, answer in rows if answer is None]


def _values(response: Response, kept: Mapping[str, list[str]] | None) -> list[str]:
    name = f"answer-{response.place}"
    if kept is not None and f"sequence-{response.place}" in kept:
        return list(kept.get(name, []))
    return written(response.answer)


def _asked(response: Response, language: str, values: list[str]) -> dict:
    body = response.version.body(language)
    kind = response.version.key["kind"]
    ids = ["true", "false"] if kind == "true_false" else response.order
    return {
        "place": response.place,
        "kind": kind,
        "stem": body["stem"],
        "choices": [
            Choice(one, body["options"].get(one, ""), one in values) for one in ids
        ],
        "text": "" if ids else next(iter(values), ""),
        "sequence": response.sequence + 1,
        "marks": response.marks,
    }


def _reviewed(
    response: Response, language: str, earned: Decimal | None, shows_right: bool
) -> Reviewed:
    asked = _asked(response, language, written(response.answer))
    body, key = response.version.body(language), response.version.key
    asked["choices"] = [
        _judged(choice, key, body, shows_right) for choice in asked["choices"]
    ]
    if not shows_right:
        return Reviewed(**asked, earned=earned)
    return Reviewed(
        **asked,
        earned=earned,
        explanation=body.get("explanation", ""),
        accepted=_accepted(key, body),
    )


def _judged(choice: Choice, key: dict, body: dict, shows_right: bool) -> Choice:
    if not (choice.is_chosen or shows_right):
        return choice
    is_right = (
        choice.id == str(key["correct"]).lower()
        if key["kind"] == "true_false"
        else choice.id in key["correct"]
    )
    feedback = body["feedback"].get(choice.id, "") if choice.is_chosen else ""
    return Choice(choice.id, choice.text, choice.is_chosen, is_right, feedback)


def _accepted(key: dict, body: dict) -> list[str]:
    if key["kind"] == "numeric":
        return [str(key["correct"])]
    return list(body.get("accepted") or [])
