"""Where the bank's questions are asked: in which quizzes, named there or drawn."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from .draws import criteria_of, on_offer
from .languages import in_order
from .models import QuizPage, Slot


@dataclass(frozen=True)
class Use:
    """A quiz that names the question, or may draw it."""

    quiz: QuizPage
    is_drawn: bool


def uses_of(questions: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[Use]]:
    """By question, each quiz once whatever its languages; four queries for any number.

    A quiz that names a question is not said to draw it as well.
    """
    keys = set(questions)
    found: dict[uuid.UUID, dict[uuid.UUID, Use]] = {key: {} for key in keys}
    for slot, is_drawn, dealt in _asked(keys):
        for key in dealt & keys:
            use = Use(slot.quiz, is_drawn)
            found[key].setdefault(slot.quiz.translation_key, use)
    return {key: list(uses.values()) for key, uses in found.items()}


def _asked(keys: set[uuid.UUID]):
    """Each slot with the questions it may ask; those that name one come first."""
    slots = Slot.objects.select_related("quiz__locale", "question")
    named = _by_language(slots.filter(question__translation_key__in=keys))
    for slot in named:
        yield slot, False, frozenset([slot.question.translation_key])
    drawing = _by_language(slots.filter(question=None))
    offer = on_offer(criteria_of(slot) for slot in drawing)
    for slot in drawing:
        yield slot, True, offer[criteria_of(slot)]


def _by_language(slots) -> list[Slot]:
    """A quiz is shown in the language that comes first."""
    quizzes = {slot.quiz_id: slot.quiz for slot in slots}
    places = {quiz.pk: n for n, quiz in enumerate(in_order(quizzes.values()))}
    return sorted(slots, key=lambda slot: places[slot.quiz_id])
