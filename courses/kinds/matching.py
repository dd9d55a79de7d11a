from fractions import Fraction
from random import Random
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, StructBlock

from .base import (
    Accepted,
    Answer,
    Key,
    Kind,
    NotAnAnswer,
    Posed,
    Question,
    Words,
    opaque,
    parts_of,
    policy_of,
    share_of,
)
from .pieces import Option, Row, Rows, help_of, paired
from .registry import register

PAIR = StructBlock(
    [
        ("left", CharBlock(label=_("Left side"), max_length=500)),
        ("right", CharBlock(label=_("What belongs to it"), max_length=300)),
    ],
    icon="link",
    label=_("Pair"),
    group=_("Matching"),
)
DISTRACTOR = CharBlock(
    icon="cross",
    label=_("Right side that belongs to nothing"),
    max_length=300,
    group=_("Matching"),
)


@register
class Matching(Kind):
    """What belongs to what. Two pairs may share their right side."""

    key = "matching"
    label = _("Matching")
    rank = 60
    fields = ("parts", "is_all_or_nothing")
    blocks = {"pair": PAIR, "distractor": DISTRACTOR}
    holds = "pairs"
    sheet_template = "courses/kinds/rows.html"
    review_template = "courses/kinds/rows_review.html"

    def gaps(self, question: Question) -> dict[str, Words]:
        rights = _rights(question)
        if len(parts_of(question, "pair")) < 2:
            return {"parts": _("Write at least two pairs.")}
        if len(set(rights.values())) < 2:
            return {"parts": _("Write at least two different right sides.")}
        return {}

    def key_of(self, question: Question) -> dict[str, Any]:
        rights = _rights(question)
        pairs = {str(p.id): rights[str(p.id)] for p in parts_of(question, "pair")}
        key = super().key_of(question) | {"correct": pairs, "lefts": list(pairs)}
        return key | {"options": sorted(set(rights.values()))} | policy_of(question)

    def body_of(self, question: Question) -> dict[str, Any]:
        rights = _rights(question)
        texts = {rights[str(p.id)]: _right_text(p) for p in _sides(question)}
        lefts = {str(p.id): p.value["left"] for p in parts_of(question, "pair")}
        return super().body_of(question) | {"options": texts, "lefts": lefts}

    def shared_ids(self, key: Key) -> set[str]:
        return {*key["options"], *key["lefts"]}

    def order(self, key: Key, *, is_shuffled: bool, random: Random) -> list[str]:
        """The right sides, always mixed: beside their left ones they tell all."""
        return super().order(key, is_shuffled=True, random=random)

    def asked(self, posed: Posed) -> Rows:
        given = dict(paired(posed.values))
        texts = posed.body["options"]
        rows = [
            Row(
                left,
                posed.body["lefts"].get(left, ""),
                [
                    Option(f"{left}:{one}", texts.get(one, ""), given.get(left) == one)
                    for one in posed.order
                ],
            )
            for left in posed.key["lefts"]
        ]
        return Rows(rows, help_of(posed.key))

    def _read(self, key: Key, values: list[str]) -> Answer:
        pairs = dict(paired(values))
        if (
            len(pairs) != len(values)
            or not set(pairs) <= set(key["lefts"])
            or not set(pairs.values()) <= set(key["options"])
        ):
            raise NotAnAnswer("A side that was not offered, or one twice.")
        return {"pairs": pairs}

    def _written(self, held: Any) -> list[str]:
        return [f"{left}:{right}" for left, right in held.items()]

    def share(self, key: Key, answer: Answer, accepted: Accepted) -> Fraction:
        pairs, correct = answer["pairs"], key["correct"]
        right = sum(pairs.get(left) == one for left, one in correct.items())
        return share_of(right, len(correct), key)

    def reviewed(self, posed: Posed, *, shows_right: bool) -> Rows:
        given, texts = dict(paired(posed.values)), posed.body["options"]
        return Rows(
            [
                self._row(posed, left, given.get(left, ""), texts, shows_right)
                for left in posed.key["lefts"]
            ]
        )

    def _row(self, posed: Posed, left: str, given: str, texts: Any, knows: bool) -> Row:
        right = posed.key["correct"][left]
        return Row(
            left,
            posed.body["lefts"].get(left, ""),
            [],
            given=texts.get(given, ""),
            is_right=given == right if given or knows else None,
            right=texts.get(right, "") if knows else "",
        )


def _sides(question: Question) -> list[Any]:
    return parts_of(question, "pair", "distractor")


def _right_text(part: Any) -> str:
    is_pair = part.block_type == "pair"
    return str(part.value["right"] if is_pair else part.value).strip()


def _rights(question: Question) -> dict[str, str]:
    """The id of each part's right side; the same words are one and the same side."""
    first: dict[str, str] = {}
    for part in _sides(question):
        first.setdefault(_right_text(part), opaque(part.id))
    return {str(part.id): first[_right_text(part)] for part in _sides(question)}
