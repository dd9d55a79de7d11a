"""What the bank has on offer for the draws of a quiz."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from taggit.utils import parse_tags

# The models' forms ask here, so the models may not be complete yet.
from .models.question import Question
from .models.question_tag import QuestionTag

if TYPE_CHECKING:
    from .models import Slot

Keys = frozenset[uuid.UUID]


@dataclass(frozen=True)
class Criteria:
    """What a question must have; None and no tags leave it open."""

    shelf: int | None
    tags: frozenset[str]
    difficulty: int | None

    def are_met(self, shelf: int | None, difficulty: int, tags: set[str]) -> bool:
        return (
            self.shelf in (None, shelf)
            and self.difficulty in (None, difficulty)
            and self.tags <= tags
        )


def criteria_of(slot: "Slot") -> Criteria:
    tags = frozenset(tag.casefold() for tag in parse_tags(slot.draw_tags))
    return Criteria(slot.draw_from_id, tags, slot.draw_difficulty)


def on_offer(asked: Iterable[Criteria]) -> dict[Criteria, Keys]:
    """The questions each of them may deal; two queries however many there are.

    A question counts once whatever its languages, and is taken when one of them fits.
    """
    every = set(asked)
    if not every:
        return {}
    rows = Question.objects.on_offer().order_by()
    if all(one.shelf for one in every):
        rows = rows.filter(category__in={one.shelf for one in every})
    tags = _tags() if any(one.tags for one in every) else {}
    found: dict[Criteria, set[uuid.UUID]] = {one: set() for one in every}
    for pk, key, *facts in rows.values_list(
        "pk", "translation_key", "category_id", "difficulty"
    ):
        for one in every:
            if one.are_met(*facts, tags.get(pk, set())):
                found[one].add(key)
    return {one: frozenset(keys) for one, keys in found.items()}


def _tags() -> dict[int, set[str]]:
    """The tags of each question, as they are compared."""
    found = QuestionTag.objects.names()
    return {pk: {name.casefold() for name in names} for pk, names in found.items()}
