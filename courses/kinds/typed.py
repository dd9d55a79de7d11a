"""What questions share that are answered in one line of text."""

from abc import abstractmethod
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from courses.marking import normalise

from .base import Answer, Body, Key, Kind, NotAnAnswer, Posed, TooLong, Words

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
    is_typed = True
    sheet_template = "courses/kinds/line.html"
    review_template = "courses/kinds/line_review.html"

    def order(self, key: Key, **how: Any) -> list[str]:
        return []

    def asked(self, posed: Posed) -> Line:
        return Line(next(iter(posed.values), ""))

    def _read(self, key: Key, values: list[str]) -> Answer:
        if len(values) != 1:
            raise NotAnAnswer("Two texts where one is asked for.")
        return {"text": line_of(values[0])}

    def _written(self, held: Any) -> list[str]:
        return [str(held)]

    def tallied(self, key: Key, answer: Answer) -> list[str]:
        """Spelt in different ways it is one answer."""
        return [normalise(text) for text in self.written(answer)]

    def reviewed(self, posed: Posed, *, shows_right: bool) -> Line:
        right = self._right(posed.key, posed.body) if shows_right else []
        return replace(self.asked(posed), right=right)

    @abstractmethod
    def _right(self, key: Key, body: Body) -> list[str]:
        """What would have been right, to read."""


def line_of(value: str) -> str:
    """A line as it is stored. Raises TooLong, or NotAnAnswer for what is not text."""
    if len(value) > LONGEST_TEXT:
        raise TooLong(LONGEST_TEXT)
    if "\x00" in value:
        raise NotAnAnswer("Not text.")
    return value.strip()
