from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from .base import NONE, WHOLE, Accepted, Answer, Key, NotAnAnswer, Words
from .choosing import WrittenChoices
from .registry import register


@register
class Single(WrittenChoices):
    """One of the choices is right."""

    key = "single"
    label = _("One right choice")
    rank = 10

    def _gap_of_right(self, right: int) -> Words:
        return _("Mark exactly one choice as right.") if right != 1 else ""

    def _read(self, key: Key, values: list[str]) -> Answer:
        if len(values) != 1:
            raise NotAnAnswer("Two options where one is asked for.")
        return super()._read(key, values)

    def share(self, key: Key, answer: Answer, accepted: Accepted) -> Fraction:
        chosen = set(answer["chosen"])
        return WHOLE if len(chosen) == 1 and chosen <= set(key["correct"]) else NONE
