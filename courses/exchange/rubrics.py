"""Criteria of an open answer, as the notes for graders of another program's essay.

They are written one line each, and read back when they stand like that:

    What is looked at
    0 %: Nothing is named.
    100 %: Everything is named.
"""

import re
from collections.abc import Iterable
from decimal import Decimal

from .drafts import MOST_ANSWERS, Criterion
from .numbers import plain

LONGEST_NAME, LONGEST_LEVEL = 200, 500
_LEVEL = re.compile(r"(\d{1,3}(?:[.,]\d{1,2})?) ?%: (.+)")


def written(criteria: Iterable[Criterion]) -> str:
    return "\n".join(line for one in criteria for line in _lines(one))


def read(text: str) -> tuple[Criterion, ...]:
    """The criteria; empty where the notes are anything else."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    names: list[str] = []
    levels: list[list[tuple[Decimal, str]]] = []
    for line in lines[: MOST_ANSWERS + 1]:
        level = _LEVEL.fullmatch(line)
        if level and levels:
            percent = Decimal(level.group(1).replace(",", "."))
            levels[-1].append((percent, level.group(2)))
        else:
            names.append(line)
            levels.append([])
    found = tuple(
        Criterion(*one) for one in zip(names, map(tuple, levels), strict=True)
    )
    return found if len(lines) <= MOST_ANSWERS and _is_whole(found) else ()


def _lines(criterion: Criterion) -> list[str]:
    levels = [f"{plain(percent)} %: {words}" for percent, words in criterion.levels]
    return [criterion.name, *levels]


def _is_whole(criteria: tuple[Criterion, ...]) -> bool:
    """The best levels come to everything, and nothing is longer than its field."""
    if not criteria or not all(one.levels for one in criteria):
        return False
    best = sum(max(percent for percent, _words in one.levels) for one in criteria)
    return round(best) == 100 and all(
        len(one.name) <= LONGEST_NAME
        and all(len(words) <= LONGEST_LEVEL for _percent, words in one.levels)
        for one in criteria
    )
