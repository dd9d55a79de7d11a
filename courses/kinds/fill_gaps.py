from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, StructBlock, TextBlock

from courses.marking import normalise

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
from .pieces import Option, help_of
from .registry import register
from .typed import LONGEST_TEXT, line_of

TEXT = TextBlock(label=_("Text between gaps"), icon="pilcrow", group=_("Gaps"))
GAP = StructBlock(
    [
        (
            "accepted",
            ListBlock(
                CharBlock(max_length=200),
                label=_("What is right"),
                help_text=_("Every wording that counts."),
            ),
        ),
        (
            "others",
            ListBlock(
                CharBlock(max_length=200),
                label=_("What is wrong"),
                default=[],
                help_text=_("With one here the gap is a list to choose from."),
            ),
        ),
    ],
    icon="edit",
    label=_("Gap"),
    group=_("Gaps"),
)


@dataclass(frozen=True)
class Piece:
    """A stretch of text, or a gap where `number` says which."""

    text: str = ""
    number: int = 0
    id: str = ""
    given: str = ""
    options: list[Option] | None = None
    is_right: bool | None = None
    right: str = ""


@dataclass(frozen=True)
class Pieces:
    pieces: list[Piece]
    help: Words = ""
    most: int = LONGEST_TEXT


@register
class FillGaps(Kind):
    """A text with gaps, typed or chosen from a list.

    Each gap posts two values, its id and what stands in it, because another language
    may have the gaps in another order.
    """

    key = "fill_gaps"
    label = _("Fill the gaps")
    rank = 80
    fields = ("parts", "is_all_or_nothing")
    blocks = {"text": TEXT, "gap": GAP}
    holds = "gaps"
    sheet_template = "courses/kinds/fill_gaps.html"
    review_template = "courses/kinds/fill_gaps_review.html"

    def gaps(self, question: Question) -> dict[str, Words]:
        gaps = parts_of(question, "gap")
        if not gaps:
            return {"parts": _("Write at least one gap.")}
        if any(not _texts(gap, "accepted") for gap in gaps):
            return {"parts": _("Write for each gap what is right.")}
        return {}

    def key_of(self, question: Question) -> dict[str, Any]:
        gaps = parts_of(question, "gap")
        listed = {str(gap.id): [one for one, _text in _options(gap)] for gap in gaps}
        right = {str(gap.id): _right_options(gap) for gap in gaps}
        options = [one for ids in listed.values() for one in ids]
        key = super().key_of(question) | {"correct": right, "gaps": listed}
        return key | {"options": sorted(options)} | policy_of(question)

    def body_of(self, question: Question) -> dict[str, Any]:
        gaps = parts_of(question, "gap")
        return super().body_of(question) | {
            "options": dict(one for gap in gaps for one in _options(gap)),
            "accepted": {str(gap.id): _texts(gap, "accepted") for gap in gaps},
            "pieces": [
                {"gap": str(part.id)}
                if part.block_type == "gap"
                else {"text": part.value}
                for part in parts_of(question, "text", "gap")
            ],
        }

    def shared_ids(self, key: Key) -> set[str]:
        return {*key["options"], *key["gaps"]}

    def asked(self, posed: Posed) -> Pieces:
        given, texts = _given(posed.values), posed.body["options"]

        def gap(one: str, number: int) -> Piece:
            text = given.get(one, "")
            options = [
                Option(option, texts.get(option, ""), option == text)
                for option in posed.order
                if option in posed.key["gaps"][one]
            ]
            return Piece(number=number, id=one, given=text, options=options)

        return Pieces(_pieces(posed, gap), help_of(posed.key))

    def is_answered(self, values: list[str]) -> bool:
        return bool(_given(values))

    def read(self, key: Key, values: list[str]) -> Answer | None:
        given = _given(values)
        named = values[::2]
        if (
            len(values) % 2
            or len(set(named)) != len(named)
            or not set(named) <= set(key["gaps"])
        ):
            raise NotAnAnswer("A gap that is not in the text, or one twice.")
        return self._read(key, values) if given else None

    def _read(self, key: Key, values: list[str]) -> Answer:
        gaps = {one: line_of(text) for one, text in _given(values).items()}
        for one, text in gaps.items():
            if key["gaps"][one] and text not in key["gaps"][one]:
                raise NotAnAnswer("Not one of the gap's list.")
        return {"gaps": gaps}

    def _written(self, held: Any) -> list[str]:
        return [value for pair in held.items() for value in pair]

    def share(self, key: Key, answer: Answer, accepted: Accepted) -> Fraction:
        right = sum(
            _fits(key, one, answer["gaps"].get(one, ""), accepted)
            for one in key["gaps"]
        )
        return share_of(right, len(key["gaps"]), key)

    def reviewed(self, posed: Posed, *, shows_right: bool) -> Pieces:
        given, texts = _given(posed.values), posed.body["options"]
        accepted = {"": posed.body["accepted"]}

        def gap(one: str, number: int) -> Piece:
            text = given.get(one, "")
            fits = _fits(posed.key, one, text, accepted)
            return Piece(
                number=number,
                id=one,
                given=texts.get(text, text),
                is_right=fits if text or shows_right else None,
                right=_right_text(posed, one) if shows_right and not fits else "",
            )

        return Pieces(_pieces(posed, gap))


def _texts(gap: Any, name: str) -> list[str]:
    return [str(text) for text in gap.value[name] if str(text).strip()]


def _options(gap: Any) -> list[tuple[str, str]]:
    """What a gap's list offers; nothing where it is typed."""
    if not _texts(gap, "others"):
        return []
    return [
        (opaque(child.id), str(child.value))
        for name in ("accepted", "others")
        for child in gap.value[name].bound_blocks
    ]


def _right_options(gap: Any) -> list[str]:
    if not _options(gap):
        return []
    return [opaque(child.id) for child in gap.value["accepted"].bound_blocks]


def _given(values: list[str]) -> dict[str, str]:
    """What stands in each gap that is not empty."""
    pairs = zip(values[::2], values[1::2], strict=False)
    return {one: text for one, text in pairs if text.strip()}


def _pieces(posed: Posed, gap: Any) -> list[Piece]:
    """The text in the order of its language, its gaps numbered."""
    found, number = [], 0
    for piece in posed.body["pieces"]:
        if "gap" in piece:
            number += 1
            found.append(gap(piece["gap"], number))
        else:
            found.append(Piece(text=piece["text"]))
    return found


def _fits(key: Key, one: str, text: str, accepted: Accepted) -> bool:
    if key["gaps"][one]:
        return text in key["correct"][one]
    given = normalise(text)
    return bool(given) and given in set(_wordings(one, accepted))


def _wordings(one: str, accepted: Accepted) -> Iterator[str]:
    """What is right in this gap, in any language."""
    for by_gap in accepted.values():
        for text in by_gap.get(one, []) if by_gap else ():
            yield normalise(text)


def _right_text(posed: Posed, one: str) -> str:
    if not posed.key["gaps"][one]:
        return ", ".join(posed.body["accepted"].get(one, []))
    texts = posed.body["options"]
    return ", ".join(texts.get(option, "") for option in posed.key["correct"][one])
