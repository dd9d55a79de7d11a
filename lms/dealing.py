"""Which questions an attempt gets. Keys in, keys out."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from random import Random


class PoolTooSmall(ValueError):
    """A draw asks for more questions than there are."""


@dataclass(frozen=True)
class Draw:
    """So many of these questions, each worth this many marks.

    A fixed question is a pool of one that no other draw may take.
    """

    pool: frozenset[uuid.UUID]
    count: int
    marks: Decimal
    is_fixed: bool = False


@dataclass(frozen=True)
class Dealt:
    question: uuid.UUID
    marks: Decimal


def deal(draws: Iterable[Draw], *, seen: set[uuid.UUID], random: Random) -> list[Dealt]:
    """The questions in the quiz's order: none twice, unseen ones first (QZ-07)."""
    draws = list(draws)
    taken = {question for draw in draws if draw.is_fixed for question in draw.pool}
    dealt: dict[uuid.UUID, Dealt] = {}
    for draw in draws:
        chosen = draw.pool if draw.is_fixed else _pick(draw, taken, seen, random)
        taken.update(chosen)
        for question in chosen:
            dealt.setdefault(question, Dealt(question, draw.marks))
    return list(dealt.values())


def _pick(
    draw: Draw, taken: set[uuid.UUID], seen: set[uuid.UUID], random: Random
) -> list[uuid.UUID]:
    free = sorted(draw.pool - taken)
    if len(free) < draw.count:
        raise PoolTooSmall(f"{draw.count} questions asked of {len(free)}.")
    random.shuffle(free)
    return sorted(free, key=lambda question: question in seen)[: draw.count]
