"""What questions with choices share. A choice counts by its id, never by its text."""

from abc import abstractmethod
from dataclasses import dataclass, replace
from fractions import Fraction
from random import Random
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from .base import (
    NONE,
    WHOLE,
    Accepted,
    Answer,
    Body,
    Key,
    Kind,
    NotAnAnswer,
    Posed,
    Question,
    Words,
)


@dataclass(frozen=True)
class Choice:
    """`is_right` and `feedback` are empty as long as nobody may know."""

    id: str
    text: Words
    is_chosen: bool
    is_right: bool | None = None
    feedback: str = ""


@dataclass(frozen=True)
class Choices:
    """`help` says how it is marked where that is not plain."""

    choices: list[Choice]
    is_several: bool = False
    help: Words = ""


class Choosing(Kind):
    """Answered by ticking; how choices are shown and reviewed."""

    sheet_template = "courses/kinds/choices.html"
    review_template = "courses/kinds/choices_review.html"
    is_several: ClassVar[bool] = False
    holds = "chosen"

    def asked(self, posed: Posed) -> Choices:
        help_text = self.help_for(posed.key)
        return Choices(self._choices(posed), self.is_several, help_text)

    def _choices(self, posed: Posed) -> list[Choice]:
        """What there is to choose from, in the participant's order."""
        texts = posed.body["options"]
        return [
            Choice(one, texts.get(one, ""), one in posed.values) for one in posed.order
        ]

    def help_for(self, key: Key) -> Words:
        """How it is marked, for the participant; empty where that is plain."""
        return ""

    def reviewed(self, posed: Posed, *, shows_right: bool) -> Choices:
        judged = [
            self._judged(one, posed) if one.is_chosen or shows_right else one
            for one in self._choices(posed)
        ]
        return Choices(judged, self.is_several)

    def _judged(self, choice: Choice, posed: Posed) -> Choice:
        feedback = posed.body["feedback"].get(choice.id, "")
        return replace(
            choice,
            is_right=self._is_right(choice.id, posed.key),
            feedback=feedback if choice.is_chosen else "",
        )

    def offered(self, key: Key, body: Body) -> list[Choice]:
        posed = Posed(key, body, list(key["options"]), [])
        return [
            replace(one, is_right=self._is_right(one.id, key))
            for one in self._choices(posed)
        ]

    def _is_right(self, option: str, key: Key) -> bool:
        return option in key["correct"]

    def _read(self, key: Key, values: list[str]) -> Answer:
        if not set(values) <= set(key["options"]) or len(set(values)) != len(values):
            raise NotAnAnswer("An option that was not offered, or one twice.")
        if len(values) > 1 and not self.is_several:
            raise NotAnAnswer("Several options where one is asked for.")
        return {"chosen": sorted(values)}

    def _written(self, held: Any) -> list[str]:
        return [str(option) for option in held]

    def share(self, key: Key, answer: Answer, accepted: Accepted) -> Fraction:
        """All for what is right and nothing else."""
        return WHOLE if set(answer["chosen"]) == set(key["correct"]) else NONE


class WrittenChoices(Choosing):
    """Choices written by the author, with the ids of their blocks (QZ-23)."""

    fields: ClassVar[tuple[str, ...]] = ("choices",)

    def gaps(self, question: Question) -> dict[str, Words]:
        choices = list(question.choices)
        right = sum(bool(choice.value["is_correct"]) for choice in choices)
        if len(choices) < 2:
            return {"choices": _("Write at least two choices.")}
        message = self._gap_of_right(right)
        return {"choices": message} if message else {}

    @abstractmethod
    def _gap_of_right(self, right: int) -> Words:
        """What is wrong with so many right choices; empty when nothing is."""

    def key_of(self, question: Question) -> dict[str, Any]:
        choices = list(question.choices)
        right = [str(choice.id) for choice in choices if choice.value["is_correct"]]
        options = [str(choice.id) for choice in choices]
        key = super().key_of(question) | {"correct": right, "options": options}
        pinned = [str(c.id) for c in choices if c.value.get("is_pinned")]
        return key | ({"pinned": pinned} if pinned else {})

    def body_of(self, question: Question) -> dict[str, Any]:
        choices = list(question.choices)
        return super().body_of(question) | {
            "options": {str(c.id): c.value["text"] for c in choices},
            "feedback": {str(c.id): c.value["feedback"] or "" for c in choices},
        }

    def order(self, key: Key, *, is_shuffled: bool, random: Random) -> list[str]:
        """Mixed or not, what is pinned comes last (QZ-26)."""
        options = super().order(key, is_shuffled=is_shuffled, random=random)
        pinned = key.get("pinned", [])
        return [one for one in options if one not in pinned] + list(pinned)
