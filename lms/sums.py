"""Attendance in numbers: exact, one definition for every screen and report.

Only required sessions count. A session is expected of a participant unless it ended
before the place became active or began after it was given up.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from functools import cached_property

from .attendance_rules import ABSENT, MINUTES, TRAINER, Rules
from .shares import Share, best_of

ALL_COUNT = Rules()


@dataclass(frozen=True)
class Expected:
    """One required session that is expected of one participant.

    `credit` is between 0 and 1, None while there is no mark. A mark whose status does
    not count (excused) has `counts` False. `length` is in minutes; `minutes` are those
    the participant was there, None where nobody wrote them down. `number` is the
    session's place among those of the cohort, from 1.
    """

    is_held: bool
    credit: Fraction | None = None
    counts: bool = True
    minutes: int | None = None
    length: int = 60
    number: int = 0
    is_mandatory: bool = False

    @property
    def leaves(self) -> bool:
        """Excused: it is on neither side of any sum (ATT-08)."""
        return self.credit is not None and not self.counts

    @property
    def is_unmarked(self) -> bool:
        return self.is_held and self.credit is None

    @property
    def was_there(self) -> bool:
        return self.is_held and self.counts and bool(self.credit or self.minutes)

    @property
    def is_missed(self) -> bool:
        """Held, marked, and not attended: no later mark of another day mends it."""
        return self.is_held and self.credit is not None and not self.was_there

    def in_sessions(self, unknown: int) -> Share:
        """Its credit, of one session; `unknown` (0 or 1) is what no mark stands for."""
        credit = Fraction(unknown) if self.credit is None else self.credit
        return Share(credit, 1)

    def in_minutes(self, unknown: int) -> Share:
        """The minutes present, else credit times length, of its length."""
        if self.credit is None:
            return Share(Fraction(unknown * self.length), self.length)
        if self.minutes is not None:
            return Share(Fraction(min(self.minutes, self.length)), self.length)
        return Share(self.credit * self.length, self.length)


Worth = Callable[[Expected, int], Share]


@dataclass(frozen=True)
class Figures:
    """Attendance in one measure (ATT-07).

    `so_far` is over the sessions held, `projected` over all if nothing more were
    attended, `best_possible` over all if everything were.
    """

    so_far: Share
    projected: Share
    best_possible: Share


@dataclass(frozen=True)
class Sums:
    """What one participant's marks add up to under the rules of the course.

    A percentage is None while there is nothing to count, as when every session was
    excused (ATT-09).
    """

    sessions: tuple[Expected, ...]
    rules: Rules = ALL_COUNT

    @cached_property
    def in_sessions(self) -> Figures:
        return self._figures(Expected.in_sessions)

    @cached_property
    def in_minutes(self) -> Figures:
        return self._figures(Expected.in_minutes)

    @property
    def figures(self) -> Figures:
        """In the measure the course asks for."""
        is_timed = self.rules.measure == MINUTES
        return self.in_minutes if is_timed else self.in_sessions

    @property
    def percent(self) -> Fraction | None:
        return self.figures.so_far.percent

    @property
    def percent_marked(self) -> Fraction | None:
        """So far, without the sessions whose register nobody filled in."""
        is_timed = self.rules.measure == MINUTES
        worth = Expected.in_minutes if is_timed else Expected.in_sessions
        return self._so_far(worth, is_marked=True).percent

    @property
    def projected(self) -> Fraction | None:
        return self.figures.projected.percent

    @property
    def best_possible(self) -> Fraction | None:
        return self.figures.best_possible.percent

    @property
    def credit(self) -> Fraction:
        return self.in_sessions.so_far.earned

    @property
    def countable(self) -> int:
        return self.in_sessions.so_far.of

    @property
    def unmarked(self) -> int:
        return sum(one.is_unmarked for one in self.sessions)

    @property
    def to_come(self) -> int:
        return sum(not one.is_held and one.credit is None for one in self.sessions)

    @property
    def mandatory(self) -> list[Expected]:
        return [one for one in self.sessions if one.is_mandatory]

    @property
    def lacking(self) -> list[Expected]:
        """Mandatory sessions this person has not attended, or not yet (ATT-51)."""
        return [one for one in self.mandatory if not one.was_there]

    def _figures(self, worth: Worth) -> Figures:
        staying = [one for one in self.sessions if not one.leaves]
        most = self.rules.best_of
        return Figures(
            so_far=self._so_far(worth),
            projected=best_of([worth(one, 0) for one in staying], most),
            best_possible=best_of([worth(one, 1) for one in staying], most),
        )

    def _so_far(self, worth: Worth, *, is_marked: bool = False) -> Share:
        """The lowest are dropped only when all is held (ATT-10)."""
        staying = [one for one in self.sessions if one.is_held and not one.leaves]
        held = [worth(one, 0) for one in staying if not (is_marked and one.is_unmarked)]
        is_over = all(one.is_held for one in self.sessions)
        return best_of(held, self.rules.best_of if is_over else 0)


def attendance_sums(sessions: Iterable[Expected], rules: Rules = ALL_COUNT) -> Sums:
    """A held session without a mark counts as missed, and is named (ATT-06)."""
    return Sums(tuple(sessions), rules)


def is_expected(
    *,
    starts_at: datetime,
    ends_at: datetime,
    active_from: datetime | None,
    active_to: datetime | None,
) -> bool:
    """Was the participant enrolled while this session ran?"""
    still_there = active_to is None or starts_at < active_to
    return still_there and not was_before(ends_at, active_from)


def was_before(ends_at: datetime, active_from: datetime | None) -> bool:
    """Had the session ended when the place became active (ATT-11)?"""
    return active_from is not None and ends_at <= active_from


def before_joining(session: Expected, rules: Rules) -> Expected | None:
    """What a session that ended before the place began is (ATT-11); None for nothing.

    A mark counts where the trainer decides, and where it would be missed without one.
    """
    is_marked = session.credit is not None
    if rules.before == ABSENT:
        return session if is_marked else _missed(session)
    return session if rules.before == TRAINER and is_marked else None


def _missed(session: Expected) -> Expected:
    return Expected(
        is_held=session.is_held,
        credit=Fraction(0),
        length=session.length,
        number=session.number,
        is_mandatory=session.is_mandatory,
    )


def is_past(
    *, is_held: bool, is_marked: bool, starts_at: datetime, now: datetime
) -> bool:
    """Does it count in "so far"? Held, or begun and this participant is marked."""
    return is_held or (is_marked and starts_at <= now)


def reaches(percent: Fraction | None, least: int) -> bool:
    """80 % means at least 80, without rounding; nothing to count reaches nothing."""
    return percent is not None and percent >= least
