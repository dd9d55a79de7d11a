"""When does a course begin next? `courses` asks; whoever keeps the cohorts answers."""

from collections.abc import Callable, Iterable
from datetime import date
from uuid import UUID

Answer = Callable[[Iterable[UUID]], dict[UUID, date]]

_answers: list[Answer] = []


def register(answer: Answer) -> None:
    if answer not in _answers:
        _answers.append(answer)


def next_starts(course_keys: Iterable[UUID]) -> dict[UUID, date]:
    """By course, the first day of the next run; without one the course is left out."""
    starts: dict[UUID, date] = {}
    for answer in _answers:
        starts |= answer(course_keys)
    return starts
