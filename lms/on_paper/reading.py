"""What somebody types from a sheet of paper.

A cell of the grid holds the answer to one question: letters or numbers one after the
other, or words.
"""

import re

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .printed import NONE, Part, Printed

# On the other keyboard these look the same on screen and on paper.
_CYRILLIC = str.maketrans("АВСЕНІЈКМОРЅТХУ", "ABCEHIJKMOPSTXY")
_DASHES = str.maketrans("–—−", "---")
_TOKEN = re.compile(r"[^\W\d_]|\d+|-")
_BETWEEN = re.compile(r"[\s,;./()]+")


class Unreadable(ValueError):
    """What was typed is no answer to this question; the text says what would be."""


def read_cell(question: Printed, typed: str) -> list[str]:
    """The values of a form that stand for what was typed; empty for no answer.

    Raises Unreadable.
    """
    text = typed.strip()
    if not text or set(text.translate(_DASHES)) <= {"-", " "}:
        return []
    answers = _split(question, text)
    if len(answers) != len(question.parts):
        raise Unreadable(_how_many(question))
    values: list[str] = []
    for part, answer in zip(question.parts, answers, strict=True):
        values += _values(part, answer)
    return values


def fold_sign(typed: str) -> str:
    """A letter or number as it is printed, whatever keyboard it was typed on."""
    return typed.strip().upper().translate(_CYRILLIC).translate(_DASHES)


def _split(question: Printed, text: str) -> list[str]:
    """One answer for each part."""
    if len(question.parts) == 1:
        return [text]
    if question.takes_words:
        return [one.strip() for one in text.split(";")]
    signs = {sign.sign for part in question.parts for sign in part.signs}
    folded = fold_sign(text)
    if max(map(len, signs)) == 1:
        return list(_BETWEEN.sub("", folded))
    return _TOKEN.findall(folded)


def _values(part: Part, answer: str) -> list[str]:
    if answer.translate(_DASHES) in (NONE, ""):
        return [part.lead, ""] if part.lead else []
    if not part.signs:
        return [part.lead, answer] if part.lead else [answer]
    by_sign = {sign.sign: sign.value for sign in part.signs}
    typed = _BETWEEN.sub(" ", fold_sign(answer)).strip()
    if part.is_several:
        chosen = [by_sign.get(one) for one in dict.fromkeys(typed.replace(" ", ""))]
    else:
        chosen = [by_sign.get(typed)]
    values = [value for value in chosen if value is not None]
    if len(values) != len(chosen):
        raise Unreadable(_which(part))
    return [part.lead, *values] if part.lead else values


def _which(part: Part) -> str:
    signs = {"signs": ", ".join(sign.sign for sign in part.signs)}
    if part.is_several:
        return _("Write one or more of %(signs)s, or a dash for none.") % signs
    return _("Write one of %(signs)s, or a dash for none.") % signs


def _how_many(question: Printed) -> str:
    count = len(question.parts)
    if question.takes_words:
        text = ngettext(
            "Write %(count)s answer, or a dash for none.",
            "Write %(count)s answers with a semicolon between, a dash for none.",
            count,
        )
    elif question.is_ordered:
        text = ngettext(
            "Write %(count)s number, or a dash for none.",
            "Write %(count)s numbers one after the other, a dash for none.",
            count,
        )
    else:
        text = ngettext(
            "Write %(count)s letter, or a dash for none.",
            "Write %(count)s letters one after the other, a dash for none.",
            count,
        )
    return text % {"count": count}
