"""What a mark comes to: a fold over every fact about one person at one session.

The result depends on what happened and when, never on the order in which the facts
arrived. So two phones without a line and an import later on agree on one mark.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from .spans import disjoint, length

Status = TypeVar("Status")

SET, REMARK, UNDO, ENTRY, EXIT, ACCEPT = (
    "set",
    "remark",
    "undo",
    "entry",
    "exit",
    "accept",
)
TRAINER = "trainer"
# The weakest evidence first (ATT-47).
SOURCES = ("import", "room_code", "personal_code", TRAINER)
CODES = {"room_code", "personal_code"}
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Fact(Generic[Status]):
    """What somebody or something said, as it is kept.

    `key` names it and settles which of two facts of one instant is the later one.
    `status` is None where none was stated; `about` is the key of the fact that is
    undone or accepted. What `waits` counts only once it is accepted.
    """

    key: tuple[str, int]
    kind: str
    source: str
    happened_at: datetime
    status: Status | None = None
    minutes: int | None = None
    remark: str = ""
    by: int | None = None
    about: tuple[str, int] | None = None
    waits: bool = False

    @property
    def order(self) -> tuple[datetime, tuple[str, int]]:
        return self.happened_at, self.key

    @property
    def is_arrival(self) -> bool:
        """It says that the person came, by a code of the room or their own."""
        return self.kind in (SET, ENTRY) and self.source in CODES

    @property
    def clears(self) -> bool:
        """A trainer said: no mark."""
        return self.kind == SET and self.source == TRAINER and self.status is None


@dataclass(frozen=True)
class Settled(Generic[Status]):
    """The mark. `decided` is the fact its status is from; None where there is none.

    `minutes` is None where nothing says how long the person was there.
    """

    status: Status | None = None
    minutes: int | None = None
    remark: str = ""
    source: str = TRAINER
    decided: Fact[Status] | None = None


@dataclass(frozen=True)
class Span:
    """When the session ran: minutes outside it are not counted."""

    starts_at: datetime
    ends_at: datetime


def settle(facts: Iterable[Fact[Status]], span: Span) -> Settled[Status]:
    """Fold the facts, in whatever order they are given."""
    counted = counting(facts)
    decided = _decided(counted)
    spoken = [fact for fact in counted if _speaks_of_remark(fact)]
    return Settled(
        status=decided.status if decided else None,
        minutes=_minutes(counted, span),
        remark=spoken[-1].remark if spoken else "",
        source=decided.source if decided else TRAINER,
        decided=decided,
    )


def counting(facts: Iterable[Fact[Status]]) -> list[Fact[Status]]:
    """The facts that count, the first one first.

    Not what was undone, nor what waits, nor what came before a trainer's "no mark".
    """
    told = list(facts)
    undone = {fact.about for fact in told if fact.kind == UNDO}
    alive = [fact for fact in told if fact.key not in undone]
    accepted = {fact.about for fact in alive if fact.kind == ACCEPT}
    counted = sorted(
        (fact for fact in alive if not fact.waits or fact.key in accepted),
        key=lambda fact: fact.order,
    )
    for place in range(len(counted) - 1, -1, -1):
        if counted[place].clears:
            return counted[place:]
    return counted


def strength(source: str) -> int:
    """The stronger evidence has the higher number (ATT-18, ATT-47)."""
    return SOURCES.index(source)


def _decided(counted: Sequence[Fact[Status]]) -> Fact[Status] | None:
    stated = [fact for fact in counted if fact.status is not None and _marks(fact)]
    if not stated:
        return None
    strongest = max(strength(fact.source) for fact in stated)
    best = [fact for fact in stated if strength(fact.source) == strongest]
    # People arrive once; a trainer's or a file's later word corrects the earlier.
    return best[0] if best[0].source in CODES else best[-1]


def _marks(fact: Fact[Status]) -> bool:
    return fact.kind in (SET, ENTRY)


def _speaks_of_remark(fact: Fact[Status]) -> bool:
    return fact.source == TRAINER and fact.kind in (SET, REMARK)


def _minutes(counted: Sequence[Fact[Status]], span: Span) -> int | None:
    for is_trainers in (True, False):
        stated = [
            fact.minutes
            for fact in counted
            if fact.minutes is not None and (fact.source == TRAINER) == is_trainers
        ]
        if stated:
            return stated[-1]
    return minutes_between(_visits(counted, span), span)


def _visits(
    counted: Sequence[Fact[Status]], span: Span
) -> list[tuple[datetime, datetime]]:
    """From each entry to the next exit; who never left stayed to the end (ATT-31)."""
    visits, came = [], None
    for fact in counted:
        if fact.kind == ENTRY and came is None:
            came = fact.happened_at
        elif fact.kind == EXIT and came is not None:
            visits.append((came, fact.happened_at))
            came = None
    if came is not None:
        visits.append((came, max(came, span.ends_at)))
    return visits


def minutes_between(
    visits: Iterable[tuple[datetime, datetime]], span: Span
) -> int | None:
    """Whole minutes within the session; what overlaps counts once (ATT-32).

    None where nobody says when the person came.
    """
    came_and_left = list(visits)
    if not came_and_left:
        return None
    inside = disjoint(came_and_left, within=(span.starts_at, span.ends_at))
    return length(inside) // MINUTE
