"""How much of a session somebody was there, and what that is called (ATT-32)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from lms.spans import disjoint, length

from .report import Join, Meeting


@dataclass(frozen=True)
class Thresholds:
    """Percent of the session from which somebody was present, and partly present."""

    present: int = 80
    partly: int = 40


@dataclass(frozen=True)
class Stay:
    """What all the lines about one person come to, within the session."""

    seconds: int
    first: datetime | None = None
    last: datetime | None = None

    @property
    def minutes(self) -> int:
        """Whole minutes: somebody of 59 seconds was there for none."""
        return self.seconds // 60


def stay_of(joins: Iterable[Join], meeting: Meeting) -> Stay:
    """The sum of disjoint spans, clipped to the session; overlaps count once.

    Where a report gives totals, they are not exceeded; without times they are held
    to be within the session.
    """
    joins = list(joins)
    spans = disjoint(
        (join.span for join in joins if join.span),
        within=(meeting.begins, meeting.ends),
    )
    seconds = int(length(spans).total_seconds())
    stated = [j.seconds for j in joins if j.is_total and j.seconds is not None]
    if stated:
        has_times = any(join.span for join in joins)
        seconds = min(seconds if has_times else meeting.seconds, sum(stated))
    if not spans:
        return Stay(seconds)
    return Stay(seconds, spans[0][0], spans[-1][1])


def share(stay: Stay, meeting: Meeting) -> Fraction:
    """Of the session, between 0 and 1, exact."""
    return Fraction(stay.seconds, meeting.seconds)


def status_of(stay: Stay, meeting: Meeting, thresholds: Thresholds) -> str:
    """The code of a mark: 80 percent means 80 or more, without rounding.

    Who was there partly came late or left early, whichever is the greater gap; where
    the report has no times it is called late.
    """
    percent = share(stay, meeting) * 100
    if percent >= thresholds.present:
        return "present"
    if percent < thresholds.partly or not stay.seconds:
        return "absent"
    if stay.first is None or stay.last is None:
        return "late"
    came, went = stay.first - meeting.begins, meeting.ends - stay.last
    return "late" if came >= went else "left_early"
