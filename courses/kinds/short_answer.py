from fractions import Fraction
from typing import Any

from django.utils.translation import gettext_lazy as _

from courses.marking import normalise

from .base import NONE, WHOLE, Accepted, Answer, Body, Key, Question, Words
from .registry import register
from .typed import Typed


@register
class ShortAnswer(Typed):
    """A word or a few, right in any accepted wording of any language."""

    key = "short_answer"
    label = _("A word or a few")
    rank = 50
    fields = ("accepted",)

    def gaps(self, question: Question) -> dict[str, Words]:
        if not question.accepted:
            message = _("Write at least one answer that counts as right.")
            return {"accepted": message}
        return {}

    def body_of(self, question: Question) -> dict[str, Any]:
        wordings = [str(answer.value) for answer in question.accepted]
        return super().body_of(question) | {"accepted": wordings}

    def share(self, key: Key, answer: Answer, accepted: Accepted) -> Fraction:
        given = normalise(answer["text"])
        wordings = {normalise(text) for texts in accepted.values() for text in texts}
        return WHOLE if given and given in wordings else NONE

    def _right(self, key: Key, body: Body) -> list[str]:
        return list(body.get("accepted") or [])
