"""Which questions an attempt gets. Keys in, keys out."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from courses.drawing import Pool, fill


class PoolTooSmall(ValueError):
    """The draws ask for more questions than there are."""


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
    """The questions in the quiz's order: none twice, unseen ones first (QZ-07).

    Raises PoolTooSmall only when no choice of questions would fill every draw.
    """
    draws = list(draws)
    fixed = {question for draw in draws if draw.is_fixed for question in draw.pool}
    drawn = iter(_drawn([d for d in draws if not d.is_fixed], fixed, seen, random))
    dealt: dict[uuid.UUID, Dealt] = {}
    for draw in draws:
        for question in draw.pool if draw.is_fixed else next(drawn):
            dealt.setdefault(question, Dealt(question, draw.marks))
    return list(dealt.values())


def _drawn(
    draws: list[Draw], fixed: set[uuid.UUID], seen: set[uuid.UUID], random: Random
) -> list[list[uuid.UUID]]:
    """What each draw gets, in no order that tells which of them were seen before."""
    pools = [Pool(draw.pool - fixed, draw.count) for draw in draws]
    wanted = sorted({question for pool in pools for question in pool.questions})
    random.shuffle(wanted)
    drawn = fill(pools, sorted(wanted, key=lambda question: question in seen))
    for pool, got in zip(pools, drawn, strict=True):
        if len(got) < pool.count:
            raise PoolTooSmall(f"{pool.count} questions asked, {len(got)} left.")
        random.shuffle(got)
    return drawn
