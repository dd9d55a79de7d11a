from fractions import Fraction
from random import Random
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, IntegerBlock, StructBlock

from .base import (
    NONE,
    Accepted,
    Answer,
    Key,
    Posed,
    Question,
    Words,
    parts_of,
)
from .choosing import Choices, Choosing
from .registry import register

SCALE = StructBlock(
    [
        ("low", CharBlock(label=_("What 1 means"), max_length=100)),
        ("high", CharBlock(label=_("What the highest means"), max_length=100)),
        (
            "steps",
            IntegerBlock(
                label=_("How many steps"), default=5, min_value=2, max_value=10
            ),
        ),
    ],
    icon="order",
    label=_("Scale"),
    group=_("Scale of opinion"),
)


@register
class Scale(Choosing):
    """What somebody thinks, from 1 upwards. Nothing is right, so it is never scored."""

    key = "scale"
    label = _("Scale of opinion")
    rank = 100
    fields = ("parts",)
    blocks = {"scale": SCALE}
    is_scored = False

    def gaps(self, question: Question) -> dict[str, Words]:
        if len(parts_of(question, "scale")) != 1:
            return {"parts": _("Write one scale.")}
        return {}

    def key_of(self, question: Question) -> dict[str, Any]:
        steps = [part.value["steps"] or 0 for part in parts_of(question, "scale")[:1]]
        options = [str(step) for one in steps for step in range(1, one + 1)]
        return super().key_of(question) | {"options": options}

    def body_of(self, question: Question) -> dict[str, Any]:
        options = self.key_of(question)["options"]
        texts = {option: option for option in options}
        for part in parts_of(question, "scale")[:1] if options else ():
            texts[options[0]] = f"{options[0]}, {part.value['low'] or ''}"
            texts[options[-1]] = f"{options[-1]}, {part.value['high'] or ''}"
        return super().body_of(question) | {"options": texts}

    def order(self, key: Key, *, is_shuffled: bool, random: Random) -> list[str]:
        return list(key["options"])

    def help_for(self, key: Key) -> Words:
        return _("Not marked: there is no right or wrong.")

    def share(self, key: Key, answer: Answer, accepted: Accepted) -> Fraction:
        return NONE

    def reviewed(self, posed: Posed, *, shows_right: bool) -> Choices:
        return Choices(self._choices(posed))
