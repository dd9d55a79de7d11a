"""What stands in the braces of a GIFT question. Raises `Refused` in words."""

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from .drafts import (
    MOST_ANSWERS,
    NONE,
    WHOLE,
    Choice,
    Number,
    Pair,
    QuestionDraft,
    Refused,
    as_share,
    too_many,
    with_choices,
)
from .gift_blocks import unmask
from .markup import lines_of, words_of
from .numbers import number_of

_WEIGHT = re.compile(r"\s*%\s*(-?\d{1,3}(?:[.,]\d{0,10})?)\s*%")
_FORMAT = re.compile(r"\s*\[(?:html|moodle|plain|markdown)\]", re.I)
_TRUTH = {"T": True, "TRUE": True, "F": False, "FALSE": False}


def with_answers(draft: QuestionDraft, body: str) -> QuestionDraft:
    """The draft with its kind and answers, as the masked text in the braces says."""
    body, _mark, general = body.partition("####")
    draft = replace(draft, explanation=lines_of(_bare(general)))
    body = body.strip()
    if not body:
        return replace(draft, kind="open")
    first = body.partition("#")[0].strip().upper()
    if first in _TRUTH:
        return _truth(draft, body, is_true=_TRUTH[first])
    return _reader(body)(draft, body)


def _reader(body: str) -> Callable[[QuestionDraft, str], QuestionDraft]:
    if body.startswith("#"):
        return _numeric
    if "~" in body:
        return _choices
    if "->" in body:
        return _matching
    return _short


def _truth(draft: QuestionDraft, body: str, *, is_true: bool) -> QuestionDraft:
    """The first feedback is for who was wrong, the second for who was right."""
    _truth_itself, wrong, right, *_more = [*body.split("#"), "", ""]
    return replace(
        draft,
        kind="true_false",
        is_true=is_true,
        if_wrong=words_of(_bare(wrong)),
        if_right=words_of(_bare(right)),
    )


def _choices(draft: QuestionDraft, body: str) -> QuestionDraft:
    return with_choices(draft, (_choice(*piece) for piece in _pieces(body)))


def _short(draft: QuestionDraft, body: str) -> QuestionDraft:
    wordings = tuple(_choice(*piece) for piece in _pieces(body))
    if not all(wording.text for wording in wordings):
        raise Refused(_("One of the accepted answers is empty."))
    return replace(draft, kind="short_answer", choices=wordings)


def _matching(draft: QuestionDraft, body: str) -> QuestionDraft:
    pairs = []
    for _sign, text in _pieces(body):
        left, arrow, right = text.partition("->")
        if not arrow:
            raise Refused(_("One of the pairs has no “->” between its two sides."))
        pairs.append(Pair(words_of(_bare(left)), words_of(_bare(right))))
    return replace(draft, kind="matching", pairs=tuple(pairs))


def _numeric(draft: QuestionDraft, body: str) -> QuestionDraft:
    """`#11:0`, `#1..5`, or several: `#=5:1 =%50%5:2#nearly`."""
    inside = body[1:]
    if "=" not in inside:
        return replace(draft, kind="numeric", numbers=(_number("=", inside),))
    numbers = []
    for sign, text in _pieces(inside):
        # Moodle writes what to say to any other number as a wrong one, "~".
        if sign == "=" or _WEIGHT.match(text):
            numbers.append(_number(sign, text))
    return replace(draft, kind="numeric", numbers=tuple(numbers))


def _number(sign: str, text: str) -> Number:
    share, text = _weighed(sign, text)
    text, _mark, feedback = text.partition("#")
    low, dots, high = text.partition("..")
    if dots:
        ends = number_of(unmask(low)), number_of(unmask(high))
        if ends[0] > ends[1]:
            raise Refused(_("The range of numbers ends before it begins."))
        value, tolerance = (ends[0] + ends[1]) / 2, (ends[1] - ends[0]) / 2
    else:
        written, colon, near = unmask(text).partition(":")
        value = number_of(written)
        tolerance = number_of(near) if colon else Decimal(0)
    return Number(value, abs(tolerance), share, words_of(_bare(feedback)))


def _choice(sign: str, text: str) -> Choice:
    share, text = _weighed(sign, text)
    words, _mark, feedback = text.partition("#")
    return Choice(words_of(_bare(words)), share, words_of(_bare(feedback)))


def _weighed(sign: str, text: str) -> tuple[Fraction, str]:
    weight = _WEIGHT.match(text)
    if not weight:
        return (WHOLE if sign == "=" else NONE), text
    percent = Decimal(weight.group(1).replace(",", "."))
    if abs(percent) > 100:
        raise Refused(_("An answer earns more than 100 %."))
    return as_share(percent), text[weight.end() :]


def _pieces(body: str) -> list[tuple[str, str]]:
    """The answers with the sign that stands before each."""
    before, *parts = re.split("([~=])", body)
    if before.strip() or not parts:
        raise Refused(
            _(
                "The answers in the braces must each begin with “=” or “~”. Where one"
                " of these signs is meant as a letter, write a backslash before it."
            )
        )
    pieces = list(zip(parts[::2], parts[1::2], strict=True))
    if len(pieces) > MOST_ANSWERS:
        raise Refused(too_many())
    return pieces


def _bare(text: str) -> str:
    """The text that was meant, without the word that names its format."""
    return unmask(_FORMAT.sub("", text, count=1) if _FORMAT.match(text) else text)
