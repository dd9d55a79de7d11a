"""When somebody may sit a quiz and for how long: the quiz's rules and what differs."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Protocol

# What a bad line may take after the deadline before an answer comes too late.
NETWORK_GRACE = timedelta(seconds=60)
# Of several values of one setting, the one that is best for who sits the quiz.
MOST_GENEROUS: dict[str, Callable[[list[Any]], Any]] = {
    "extra_attempts": max,
    "extra_time_percent": max,
    "opens_at": min,
    "closes_at": max,
}
# How far the clock of a browser may be ahead when it says that the time is up.
CLOCKS_DIFFER = timedelta(seconds=2)


class Quiz(Protocol):
    """The rules as the quiz page states them."""

    pass_percent: Decimal
    grading: str
    attempts_allowed: int | None
    cooldown_minutes: int
    minutes: int | None

    @property
    def grace(self) -> int | None:
        """Minutes to hand in after the deadline; None: it is handed in by itself."""


class Difference(Protocol):
    """What is different for one person, or for everybody of a cohort."""

    person_id: int | None
    extra_attempts: int | None
    extra_time_percent: int | None
    opens_at: datetime | None
    closes_at: datetime | None


@dataclass(frozen=True)
class Rules:
    """What holds for one enrolment. `attempts` None: as many as one likes.

    `ends_by` is the end of the ticket an attempt began with, whatever the quiz says.
    """

    pass_percent: Decimal
    grading: str
    attempts: int | None
    cooldown: timedelta
    limit: timedelta | None
    grace: int | None = None
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    ends_by: datetime | None = None

    @property
    def minutes(self) -> float | None:
        return self.limit.total_seconds() / 60 if self.limit else None

    def deadline(self, started_at: datetime) -> datetime | None:
        """The first of the time limit's end, the closing of the quiz and `ends_by`."""
        ends = [one for one in (self.closes_at, self.ends_by) if one]
        if self.limit:
            ends.append(started_at + self.limit)
        return min(ends, default=None)

    def opens_again(self, last_ended_at: datetime | None) -> datetime | None:
        """From when the next attempt may start; None: at any time (QZ-05)."""
        waits = [self.opens_at] if self.opens_at else []
        if last_ended_at and self.cooldown:
            waits.append(last_ended_at + self.cooldown)
        return max(waits, default=None)

    def has_attempt_left(self, started: int) -> bool:
        """An attempt counts from its start, however it ended (QZ-02)."""
        return self.attempts is None or started < self.attempts


def rules_for(
    quiz: Quiz, overrides: Iterable[Difference], *, ends_by: datetime | None = None
) -> Rules:
    """Setting by setting: the person's override, then the cohorts', then the quiz.

    Of several cohorts' the most generous counts (QZ-41, QZ-42).
    """
    given = list(overrides)
    personal = [one for one in given if one.person_id is not None]
    common = [one for one in given if one.person_id is None]

    def differing(name: str) -> Any:
        for level in (personal, common):
            values = [getattr(one, name) for one in level]
            said = [value for value in values if value is not None]
            if said:
                return MOST_GENEROUS[name](said)
        return None

    allowed = quiz.attempts_allowed
    extra = differing("extra_time_percent") or 0
    limit = timedelta(minutes=quiz.minutes) if quiz.minutes else None
    return Rules(
        pass_percent=quiz.pass_percent,
        grading=quiz.grading,
        attempts=allowed + (differing("extra_attempts") or 0) if allowed else None,
        cooldown=timedelta(minutes=quiz.cooldown_minutes),
        limit=limit * (100 + extra) / 100 if limit else None,
        grace=quiz.grace,
        opens_at=differing("opens_at"),
        closes_at=differing("closes_at"),
        ends_by=ends_by,
    )


def moved_deadline(
    old: datetime | None, new: datetime | None, now: datetime
) -> datetime | None:
    """The deadline of a running attempt whose rules changed (QZ-09).

    Time that was there is not taken back: a limit cut short ends the attempt now.
    """
    if new is None:
        return None
    return max(new, min(old, now) if old else now)


def is_over(deadline: datetime | None, now: datetime) -> bool:
    """Past the deadline and past what the network may take (QZ-11)."""
    return deadline is not None and now > deadline + NETWORK_GRACE


def is_up(deadline: datetime | None, now: datetime) -> bool:
    """Is a browser right that says so? Its clock may be ahead a little (QZ-10)."""
    return deadline is not None and now >= deadline - CLOCKS_DIFFER
