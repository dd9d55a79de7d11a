"""The answers of each kind of Moodle question. Raises `Refused` in words."""

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from itertools import count

from django.utils.translation import gettext as _

from . import rubrics
from .drafts import (
    MOST_ANSWERS,
    NONE,
    WHOLE,
    Choice,
    Gap,
    Number,
    Pair,
    QuestionDraft,
    Refused,
    as_share,
    too_many,
    with_choices,
)
from .markup import clean, lines_of, pictures_in, to_text, words_of
from .numbers import number_of
from .xml_tree import Node

MARK = re.compile(r"\[\[(\d{1,3})\]\]")


def words(node: Node | None) -> str:
    """The words of an element that holds a text in one of Moodle's formats."""
    if node is None:
        return ""
    text = node.words("text")
    if "<img" in text.lower() and pictures_in(clean(text)):
        raise Refused(
            _("A choice or a feedback holds a picture; here they hold words only.")
        )
    return to_text(text) if node.attributes.get("format") == "html" else words_of(text)


def explanation(node: Node) -> str:
    return lines_of(node.words("generalfeedback", "text"))


def _multichoice(draft: QuestionDraft, node: Node) -> QuestionDraft:
    return with_choices(draft, _answers(node))


def _true_false(draft: QuestionDraft, node: Node) -> QuestionDraft:
    said = {answer.text.casefold(): answer for answer in _answers(node)}
    if set(said) != {"true", "false"}:
        raise Refused(_("A true or false question needs the answers true and false."))
    is_true = said["true"].share > said["false"].share
    right, wrong = ("true", "false") if is_true else ("false", "true")
    return replace(
        draft,
        kind="true_false",
        is_true=is_true,
        if_right=said[right].feedback,
        if_wrong=said[wrong].feedback,
    )


def _short_answer(draft: QuestionDraft, node: Node) -> QuestionDraft:
    wordings = _answers(node)
    if not wordings or not all(wording.text for wording in wordings):
        raise Refused(_("One of the accepted answers is empty."))
    return replace(draft, kind="short_answer", choices=wordings)


def _numerical(draft: QuestionDraft, node: Node) -> QuestionDraft:
    """What is said to any other number, "*", has no place here."""
    numbers = tuple(
        Number(
            number_of(answer.words("text")),
            abs(number_of(answer.words("tolerance") or "0")),
            _share(answer),
            words(answer.first("feedback")),
        )
        for answer in _bounded(node, "answer")
        if answer.words("text").strip() != "*"
    )
    if not numbers:
        raise Refused(_("There is no right number."))
    units = [unit for box in node.all("units") for unit in box.all("unit")]
    unit = words_of(units[0].words("unit_name")) if units else ""
    return replace(draft, kind="numeric", numbers=numbers, unit=unit)


def _matching(draft: QuestionDraft, node: Node) -> QuestionDraft:
    pairs = tuple(
        Pair(words(one), words(one.first("answer")))
        for one in _bounded(node, "subquestion")
    )
    if len(pairs) < 2 or not all(pair.right for pair in pairs):
        raise Refused(_("There must be at least two pairs, each with a right side."))
    return replace(draft, kind="matching", pairs=pairs)


def _ordering(draft: QuestionDraft, node: Node) -> QuestionDraft:
    """The answers stand in their right order, or are numbered by their fraction."""
    items = _bounded(node, "answer")
    places = [_decimal(item.attributes.get("fraction", "")) for item in items]
    if len({*places}) == len(items) and None not in places:
        items = [
            item for _at, item in sorted(zip(places, items, strict=True), key=_first)
        ]
    choices = tuple(Choice(words(item)) for item in items)
    if len(choices) < 2 or not all(choice.text for choice in choices):
        raise Refused(_("There must be at least two things to put in order."))
    return replace(draft, kind="ordering", choices=choices)


def _dragged(draft: QuestionDraft, node: Node) -> QuestionDraft:
    """Words to drag, or to select, into `[[2]]`: the number is the right word's.

    The gaps are in the order of the text; `in_order` numbers its marks alike.
    """
    boxes = [*_bounded(node, "dragbox"), *_bounded(node, "selectoption")]
    offered = [(words_of(b.words("text")), b.words("group").strip()) for b in boxes]
    used = [int(n) for n in MARK.findall(node.words("questiontext", "text"))]
    are_offered = set(used) <= {*range(1, len(boxes) + 1)}
    if not used or len(used) > MOST_ANSWERS or not are_offered:
        raise Refused(_("The gaps of the text and the words offered do not agree."))
    gaps = tuple(
        Gap(
            tuple(
                Choice(text, WHOLE if place == right else NONE)
                for place, (text, group) in enumerate(offered, 1)
                if text and group == offered[right - 1][1]
            )
        )
        for right in used
    )
    return replace(draft, kind="gaps", gaps=gaps)


def _essay(draft: QuestionDraft, node: Node) -> QuestionDraft:
    """Notes for graders are criteria where they stand as such."""
    notes = lines_of(node.words("graderinfo", "text"))
    criteria = rubrics.read(notes)
    read = replace(draft, kind="open", criteria=criteria)
    if criteria or not notes:
        return read
    return read.warned(_("The notes for graders are left out."))


def in_order(source: str) -> str:
    """The text with its marks numbered from one on."""
    number = count(1)
    return MARK.sub(lambda _found: f"[[{next(number)}]]", source)


def _as(kind: str) -> Callable[[QuestionDraft, Node], QuestionDraft]:
    def read(draft: QuestionDraft, node: Node) -> QuestionDraft:
        return replace(draft, kind=kind)

    return read


def _answers(node: Node) -> tuple[Choice, ...]:
    return tuple(
        Choice(words(answer), _share(answer), words(answer.first("feedback")))
        for answer in _bounded(node, "answer")
    )


def _bounded(node: Node, tag: str) -> list[Node]:
    found = list(node.all(tag))
    if len(found) > MOST_ANSWERS:
        raise Refused(too_many())
    return found


def _share(answer: Node) -> Fraction:
    percent = _decimal(answer.attributes.get("fraction", "0"))
    if percent is None or abs(percent) > 100:
        raise Refused(_("The fraction of an answer is not between -100 and 100."))
    return as_share(percent)


def _decimal(text: str) -> Decimal | None:
    try:
        number = Decimal(text.strip()[:40])
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) < 10_000 else None


def _first(pair: tuple[Decimal | None, Node]) -> Decimal:
    return pair[0] or Decimal(0)


READERS: dict[str, Callable[[QuestionDraft, Node], QuestionDraft]] = {
    "multichoice": _multichoice,
    "truefalse": _true_false,
    "shortanswer": _short_answer,
    "numerical": _numerical,
    "matching": _matching,
    "essay": _essay,
    "description": _as("description"),
    "ordering": _ordering,
    "multianswer": _as("gaps"),
    "cloze": _as("gaps"),
    "ddwtos": _dragged,
    "gapselect": _dragged,
}
