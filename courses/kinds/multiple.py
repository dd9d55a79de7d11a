from fractions import Fraction
from typing import Any

from django.utils.translation import gettext_lazy as _

from .base import Accepted, Answer, Key, Question, Words, policy_of, share_of
from .choosing import WrittenChoices
from .registry import register


@register
class Multiple(WrittenChoices):
    """Several of the choices are right."""

    key = "multiple"
    label = _("Several right choices")
    rank = 20
    fields = ("choices", "is_all_or_nothing")
    is_several = True

    def _gap_of_right(self, right: int) -> Words:
        return _("Mark at least two choices as right.") if right < 2 else ""

    def key_of(self, question: Question) -> dict[str, Any]:
        return super().key_of(question) | policy_of(question)

    def help_for(self, key: Key) -> Words:
        if key.get("is_all_or_nothing"):
            return _("Choose all that are right. It counts only if all of them are.")
        return _("Choose all that are right. A wrong one takes back a right one.")

    def share(self, key: Key, answer: Answer, accepted: Accepted) -> Fraction:
        """A share per right choice, one taken back per wrong one, never below zero."""
        correct, chosen = set(key["correct"]), set(answer["chosen"])
        right, wrong = len(chosen & correct), len(chosen - correct)
        return share_of(max(right - wrong, 0), len(correct), key)
