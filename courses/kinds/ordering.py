from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from random import Random
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock

from .base import (
    Accepted,
    Answer,
    Key,
    Kind,
    NotAnAnswer,
    Posed,
    Question,
    Words,
    parts_of,
    policy_of,
    share_of,
)
from .pieces import Option, help_of, paired
from .registry import register

HELP = _("Each step that directly follows the right one earns its share.")

STEP = CharBlock(
    icon="order-down",
    label=_("Step, in the right order"),
    max_length=500,
    group=_("Ordering"),
)


@dataclass(frozen=True)
class Step:
    """A step and the place given to it. The rest only where it may be known."""

    id: str
    text: str
    places: list[Option]
    given: str = ""
    is_right: bool | None = None


@dataclass(frozen=True)
class Steps:
    """`right` holds the steps in their right order, where it may be known."""

    steps: list[Step]
    help: Words = ""
    right: list[str] | None = None


@register
class Ordering(Kind):
    """Steps to put in their order; the author writes them in the right one."""

    key = "ordering"
    label = _("Ordering")
    rank = 70
    fields = ("parts", "is_all_or_nothing")
    blocks = {"step": STEP}
    holds = "places"
    sheet_template = "courses/kinds/ordering.html"
    review_template = "courses/kinds/ordering_review.html"

    def gaps(self, question: Question) -> dict[str, Words]:
        if len(parts_of(question, "step")) < 3:
            return {"parts": _("Write at least three steps.")}
        return {}

    def key_of(self, question: Question) -> dict[str, Any]:
        steps = [str(step.id) for step in parts_of(question, "step")]
        key = super().key_of(question) | {"correct": steps, "options": sorted(steps)}
        return key | policy_of(question)

    def body_of(self, question: Question) -> dict[str, Any]:
        texts = {str(step.id): step.value for step in parts_of(question, "step")}
        return super().body_of(question) | {"options": texts}

    def order(self, key: Key, *, is_shuffled: bool, random: Random) -> list[str]:
        """Always mixed, and never by chance the right order."""
        order = super().order(key, is_shuffled=True, random=random)
        return order[1:] + order[:1] if order == key["correct"] else order

    def asked(self, posed: Posed) -> Steps:
        given = dict(paired(posed.values))
        places = [str(place) for place in range(1, len(posed.order) + 1)]
        steps = [
            Step(
                one,
                posed.body["options"].get(one, ""),
                [Option(f"{one}:{n}", n, given.get(one) == n) for n in places],
            )
            for one in posed.order
        ]
        by_share = "" if posed.key.get("is_all_or_nothing") else HELP
        return Steps(steps, help_of(posed.key) or by_share)

    def _read(self, key: Key, values: list[str]) -> Answer:
        """Two steps in one place are no forgery: that is how one changes them over."""
        given = dict(paired(values))
        places = {str(place) for place in range(1, len(key["options"]) + 1)}
        if (
            len(given) != len(values)
            or not set(given) <= set(key["options"])
            or not set(given.values()) <= places
        ):
            raise NotAnAnswer("A step or a place that was not offered, or one twice.")
        return {"places": {step: int(place) for step, place in given.items()}}

    def _written(self, held: Any) -> list[str]:
        return [f"{step}:{place}" for step, place in held.items()]

    def share(self, key: Key, answer: Answer, accepted: Accepted) -> Fraction:
        correct = key["correct"]
        if key.get("is_all_or_nothing"):
            places = [answer["places"].get(step) for step in correct]
            is_right = places == list(range(1, len(correct) + 1))
            return share_of(int(is_right), 1, key)
        following = _following(answer["places"])
        right = sum(pair in following for pair in pairwise(correct))
        return share_of(right, len(correct) - 1, key)

    def reviewed(self, posed: Posed, *, shows_right: bool) -> Steps:
        given, texts = dict(paired(posed.values)), posed.body["options"]
        right = _right_ones(posed.key, given)
        steps = [
            Step(
                one,
                texts.get(one, ""),
                [],
                given=given.get(one, ""),
                is_right=one in right if one in given else None,
            )
            for one in sorted(posed.order, key=lambda one: int(given.get(one, 10**6)))
        ]
        whole = [texts.get(one, "") for one in posed.key["correct"]]
        return Steps(steps, right=whole if shows_right else None)


def _right_ones(key: Key, given: dict[str, str]) -> set[str]:
    """Steps in their place or, where neighbours count, beside a right neighbour."""
    correct = key["correct"]
    if key.get("is_all_or_nothing"):
        return {one for n, one in enumerate(correct, 1) if given.get(one) == str(n)}
    following = _following({step: int(place) for step, place in given.items()})
    return {one for pair in pairwise(correct) if pair in following for one in pair}


def _following(places: dict[str, int]) -> set[tuple[str, str]]:
    """Which step directly follows which; a place given twice is nobody's."""
    taken = Counter(places.values())
    at = {place: step for step, place in places.items() if taken[place] == 1}
    return {(step, at[place + 1]) for place, step in at.items() if place + 1 in at}
