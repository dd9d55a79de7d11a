from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext_lazy as _

from courses.marking import read_number

from .base import NONE, WHOLE, Accepted, Answer, Body, Key, Posed, Question, Words
from .registry import register
from .typed import Line, Typed


@register
class Numeric(Typed):
    """A number, right within a tolerance."""

    key = "numeric"
    label = _("A number")
    rank = 40
    fields = ("number", "tolerance")

    def gaps(self, question: Question) -> dict[str, Words]:
        if question.number is None:
            return {"number": _("Write the right number.")}
        return {}

    def key_of(self, question: Question) -> dict[str, Any]:
        return super().key_of(question) | {
            "correct": plain(question.number),
            "tolerance": plain(question.tolerance),
        }

    def asked(self, posed: Posed) -> Line:
        line = super().asked(posed)
        return replace(line, label=_("Your answer, a number"), is_number=True)

    def share(self, key: Key, answer: Answer, accepted: Accepted) -> Fraction:
        number = read_number(answer["text"])
        if number is None or not key["correct"]:
            return NONE
        distance = abs(number - Decimal(key["correct"]))
        return WHOLE if distance <= Decimal(key.get("tolerance") or 0) else NONE

    def _right(self, key: Key, body: Body) -> list[str]:
        return [str(key["correct"])]


def plain(number: Decimal | None) -> str:
    """The same number is always the same text: 5, 5.0 and 5.000000 are "5"."""
    if number is None:
        return ""
    return format(Decimal(number).normalize(), "f")
