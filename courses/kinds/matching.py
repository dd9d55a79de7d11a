from collections.abc import Collection, Mapping
from random import Random
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, StructBlock

from .base import Body, Key, Question, Words, opaque, parts_of, policy_of
from .beside import Beside
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
class Matching(Beside):
    """What belongs to what. Two pairs may share their right side."""

    key = "matching"
    label = _("Matching")
    rank = 60
    blocks = {"pair": PAIR, "distractor": DISTRACTOR}

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

    def _offered(self, key: Key) -> Mapping[str, Collection[str]]:
        options: Collection[str] = key["options"]
        return dict.fromkeys(key["lefts"], options)

    def _right(self, key: Key, row: str) -> str:
        return str(key["correct"][row])

    def _texts(self, body: Body) -> Mapping[str, str]:
        lefts: Mapping[str, str] = body["lefts"]
        return lefts


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
