import unicodedata
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, DecimalBlock, ListBlock, StructBlock

from courses.marking import plain

from .base import (
    WHOLE,
    Accepted,
    Answer,
    Key,
    Kind,
    NotAnAnswer,
    Posed,
    Question,
    TooLong,
    Words,
    parts_of,
)
from .registry import register
from .rubric import Criterion, Level, Levels

MOST = 20_000
# Tabs and line breaks are the only control characters that somebody types.
TYPED = "\t\n"

LEVEL = StructBlock(
    [
        (
            "points",
            DecimalBlock(
                label=_("Percent of the marks"),
                min_value=Decimal(0),
                max_value=Decimal(100),
            ),
        ),
        ("words", CharBlock(label=_("When it is reached"), max_length=500)),
    ]
)
CRITERION = StructBlock(
    [
        ("name", CharBlock(label=_("What is looked at"), max_length=200)),
        ("levels", ListBlock(LEVEL, label=_("Levels"))),
    ],
    icon="tasks",
    label=_("Criterion for marking"),
    group=_("Open answer"),
)


@dataclass(frozen=True)
class Text:
    """`criteria` is empty as long as nobody may know them."""

    text: str
    most: int = MOST
    criteria: list[Criterion] = field(default_factory=list)


@register
class OpenAnswer(Kind):
    """Free text that a person marks, by criteria where the author wrote some."""

    key = "open_answer"
    label = _("Open answer")
    rank = 90
    fields = ("parts",)
    blocks = {"criterion": CRITERION}
    holds = "text"
    sheet_template = "courses/kinds/open_answer.html"
    review_template = "courses/kinds/open_answer_review.html"
    marking_template = "courses/kinds/open_answer_marking.html"

    def gaps(self, question: Question) -> dict[str, Words]:
        criteria = parts_of(question, "criterion")
        if any(not list(one.value["levels"]) for one in criteria):
            return {"parts": _("Write the levels of each criterion.")}
        best = sum((max(_points(one)) for one in criteria), Decimal(0))
        if criteria and round(best) != 100:
            text = _("The best levels come to %(sum)s percent together, not to 100.")
            return {"parts": text % {"sum": plain(best)}}
        return {}

    def key_of(self, question: Question) -> dict[str, Any]:
        criteria = {
            str(one.id): [plain(level["points"]) for level in one.value["levels"]]
            for one in parts_of(question, "criterion")
        }
        return super().key_of(question) | {"criteria": criteria}

    def body_of(self, question: Question) -> dict[str, Any]:
        criteria = {
            str(one.id): {
                "name": one.value["name"],
                "levels": [level["words"] for level in one.value["levels"]],
            }
            for one in parts_of(question, "criterion")
        }
        return super().body_of(question) | {"criteria": criteria}

    def shared_ids(self, key: Key) -> set[str]:
        return set(key["criteria"])

    def asked(self, posed: Posed) -> Text:
        return Text("\n".join(posed.values))

    def _read(self, key: Key, values: list[str]) -> Answer:
        if len(values) != 1:
            raise NotAnAnswer("Two texts where one is asked for.")
        text = plain_text(values[0])
        if len(text) > MOST:
            raise TooLong(MOST)
        return {"text": text}

    def _written(self, held: Any) -> list[str]:
        return [plain_text(str(held))]

    def share(self, key: Key, answer: Answer, accepted: Accepted) -> None:
        return None

    def reviewed(self, posed: Posed, *, shows_right: bool) -> Text:
        criteria = self.criteria(posed) if shows_right else []
        return Text("\n".join(posed.values), criteria=criteria)

    def criteria(self, posed: Posed) -> list[Criterion]:
        points, words = posed.key["criteria"], posed.body["criteria"]
        return [
            Criterion(
                one,
                words.get(one, {}).get("name", ""),
                _levels(
                    points[one],
                    words.get(one, {}).get("levels", []),
                    posed.levels.get(one),
                ),
            )
            for one in points
        ]

    def share_by_levels(self, key: Key, levels: Levels) -> Fraction | None:
        criteria = key["criteria"]
        if not criteria:
            return None
        if set(levels) != set(criteria) or any(
            not 0 <= levels[one] < len(points) for one, points in criteria.items()
        ):
            raise NotAnAnswer("Not one level of each criterion.")
        earned = (
            Fraction(points[levels[one]] or 0) for one, points in criteria.items()
        )
        return min(sum(earned, Fraction(0)) / 100, WHOLE)

    def tallied(self, key: Key, answer: Answer) -> list[str]:
        return []


def plain_text(text: str) -> str:
    """Text without what nobody types, such as what turns the direction of writing.

    It is never markup: pages show it as written (QZ-58).
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = (c for c in lines if c in TYPED or _is_plain(c))
    return unicodedata.normalize("NFC", "".join(kept)).strip()


def _is_plain(letter: str) -> bool:
    """Joiners stay: Persian is not written without them."""
    return letter in "\u200c\u200d" or unicodedata.category(letter) not in (
        "Cc",
        "Cf",
        "Cs",
    )


def _points(criterion: Any) -> list[Decimal]:
    return [level["points"] or Decimal(0) for level in criterion.value["levels"]]


def _levels(points: list[str], words: list[str], reached: int | None) -> list[Level]:
    """A level that a translation lacks has its points still."""
    texts = [*words, *[""] * len(points)]
    return [
        Level(earned, text, place == reached)
        for place, (earned, text) in enumerate(zip(points, texts, strict=False))
    ]
