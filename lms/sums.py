"""Attendance in numbers: exact, one definition for every screen and report.

Only required sessions count. A session is expected of a participant unless it ended
before the place became active or began after it was given up.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction


@dataclass(frozen=True)
class Expected:
    """One required session that is expected of one participant.

    `credit` is between 0 and 1, None while there is no mark. A mark whose status does
    not count (excused) has `counts` False.
    """

    is_held: bool
    credit: Fraction | None = None
    counts: bool = True


@dataclass(frozen=True)
class Sums:
    """What one participant's marks add up to.

    `percent` is over the sessions held so far, `projected` over all sessions if
    nothing more were attended, `best_possible` over all if everything were. Each is
    None while there is nothing to count, as when every session was excused.
    """

    credit: Fraction
    countable: int
    unmarked: int
    to_come: int

    @property
    def percent(self) -> Fraction | None:
        return _percent(self.credit, self.countable)

    @property
    def projected(self) -> Fraction | None:
        return _percent(self.credit, self.countable + self.to_come)

    @property
    def best_possible(self) -> Fraction | None:
        reachable = self.credit + self.unmarked + self.to_come
        return _percent(reachable, self.countable + self.to_come)


def _percent(credit: Fraction, countable: int) -> Fraction | None:
    return credit * 100 / countable if countable else None


def attendance_sums(sessions: Iterable[Expected]) -> Sums:
    """Add up; a held session without a mark counts as unmarked, an excused one not."""
    credit, countable, unmarked, to_come = Fraction(0), 0, 0, 0
    for session in sessions:
        if session.credit is not None:
            credit += session.credit if session.counts else 0
            countable += session.counts
        elif session.is_held:
            countable += 1
            unmarked += 1
        else:
            to_come += 1
    return Sums(credit, countable, unmarked, to_come)


def is_expected(
    *,
    starts_at: datetime,
    ends_at: datetime,
    active_from: datetime | None,
    active_to: datetime | None,
) -> bool:
    """Was the participant enrolled while this session ran?"""
    joined_in_time = active_from is None or active_from < ends_at
    still_there = active_to is None or starts_at < active_to
    return joined_in_time and still_there


def reaches(percent: Fraction | None, least: int) -> bool:
    """80 % means at least 80, without rounding; nothing to count reaches nothing."""
    return percent is not None and percent >= least
