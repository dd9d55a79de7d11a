from fractions import Fraction
from typing import Any

from django.utils.translation import gettext_lazy as _

from .base import (
    NONE,
    WHOLE,
    Accepted,
    Answer,
    Key,
    NotAnAnswer,
    Posed,
    Question,
    Words,
)
from .choosing import Choice, Choosing
from .registry import register

TRUTHS = {"true": _("True"), "false": _("False")}


@register
class TrueFalse(Choosing):
    """A statement to agree or disagree with; both choices are ours."""

    key = "true_false"
    label = _("True or false")
    rank = 30
    fields = ("is_true",)
    holds = "is_true"

    def gaps(self, question: Question) -> dict[str, Words]:
        if question.is_true is None:
            return {"is_true": _("Say whether the statement is true.")}
        return {}

    def key_of(self, question: Question) -> dict[str, Any]:
        return super().key_of(question) | {"correct": bool(question.is_true)}

    def _choices(self, posed: Posed) -> list[Choice]:
        return [Choice(one, word, one in posed.values) for one, word in TRUTHS.items()]

    def _read(self, key: Key, values: list[str]) -> Answer:
        if len(values) != 1 or values[0] not in TRUTHS:
            raise NotAnAnswer("Neither true nor false.")
        return {"is_true": values[0] == "true"}

    def _written(self, held: Any) -> list[str]:
        return ["true" if held else "false"]

    def share(self, key: Key, answer: Answer, accepted: Accepted) -> Fraction:
        return WHOLE if answer["is_true"] is key["correct"] else NONE

    def _is_right(self, option: str, key: Key) -> bool:
        return (option == "true") is key["correct"]
