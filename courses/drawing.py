"""Which questions each draw of a quiz gets when its draws may want the same ones."""

import uuid
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Pool:
    """So many of these questions are wanted."""

    questions: frozenset[uuid.UUID]
    count: int


def fill(pools: Sequence[Pool], wanted: Iterable[uuid.UUID]) -> list[list[uuid.UUID]]:
    """What each pool gets: no question twice, and what is `wanted` first if it fits.

    A pool is left short only when no choice of questions at all would fill them: one
    that is taken moves to another pool where that makes room. Of all the ways to fill
    the pools it is one with as many of the first questions as can be, because what can
    be dealt together is a matroid.
    """
    got: list[list[uuid.UUID]] = [[] for _pool in pools]
    still = sum(pool.count for pool in pools)
    for question in dict.fromkeys(wanted):
        if still and _make_room(question, pools, got):
            still -= 1
    return got


def _make_room(
    question: uuid.UUID, pools: Sequence[Pool], got: list[list[uuid.UUID]]
) -> bool:
    """Find the question a place, moving others along the shortest chain that helps."""
    came_from: dict[int, tuple[uuid.UUID, int | None]] = {}
    waiting: deque[int] = deque()

    def reach(moved: uuid.UUID, leaving: int | None) -> None:
        for place, pool in enumerate(pools):
            if moved in pool.questions and place not in came_from:
                came_from[place] = (moved, leaving)
                waiting.append(place)

    reach(question, None)
    while waiting:
        place = waiting.popleft()
        if len(got[place]) < pools[place].count:
            _move(place, came_from, got)
            return True
        for other in got[place]:
            reach(other, place)
    return False


def _move(
    place: int,
    came_from: dict[int, tuple[uuid.UUID, int | None]],
    got: list[list[uuid.UUID]],
) -> None:
    into: int | None = place
    while into is not None:
        moved, leaving = came_from[into]
        got[into].append(moved)
        if leaving is not None:
            got[leaving].remove(moved)
        into = leaving
