"""What questions share that are answered in one line of text."""

from abc import abstractmethod
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from .base import Answer, Body, Key, Kind, NotAnAnswer, Posed, Words

LONGEST_TEXT = 500

YOUR_ANSWER = _("Your answer")


@dataclass(frozen=True)
class Line:
    """`right` is empty as long as nobody may know."""

    text: str
    label: Words = YOUR_ANSWER
    is_number: bool = False
    most: int = LONGEST_TEXT
    right: list[str] = field(default_factory=list)


class Typed(Kind):
    """Answered in one line."""

    holds = "text"
    sheet_template = "courses/kinds/line.html"
    review_template = "courses/kinds/line_review.html"

    def order(self, key: Key, **how: Any) -> list[str]:
        return []

    def asked(self, posed: Posed) -> Line:
        return Line(next(iter(posed.values), ""))

    def _read(self, key: Key, values: list[str]) -> Answer:
        if len(values) != 1 or len(values[0]) > LONGEST_TEXT or "\x00" in values[0]:
            raise NotAnAnswer("Longer than the field, or not text.")
        return {"text": values[0].strip()}

    def _written(self, held: Any) -> list[str]:
        return [str(held)]

    def reviewed(self, posed: Posed, *, shows_right: bool) -> Line:
        right = self._right(posed.key, posed.body) if shows_right else []
        return replace(self.asked(posed), right=right)

    @abstractmethod
    def _right(self, key: Key, body: Body) -> list[str]:
        """What would have been right, to read."""
