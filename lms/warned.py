"""When somebody's attendance is a reason to warn them. Values in, values out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from .sums import reaches

ALL = Fraction(100)


class Threshold(StrEnum):
    """What a warning is about, the most severe first."""

    UNREACHABLE = "unreachable"
    MANDATORY = "mandatory"
    BELOW = "below"
    IN_A_ROW = "in_a_row"


@dataclass(frozen=True)
class Limits:
    """What a cohort wants to be warned of; None and False say: not of that.

    `needed` is the percentage the course asks for, 0 where it asks for none.
    """

    below: int | None = None
    in_a_row: int | None = None
    when_unreachable: bool = False
    needed: int = 0


@dataclass(frozen=True)
class Attendance:
    """Percentages, None where nothing counts yet, and sessions missed at the end.

    `so_far` is of the sessions that are marked: a register nobody filled in is no
    fault of the participant's.
    """

    so_far: Fraction | None
    projected: Fraction | None
    best_possible: Fraction | None
    missed_in_a_row: int = 0
    missed_mandatory: int = 0


def tripped(limits: Limits, attendance: Attendance) -> list[Threshold]:
    """The thresholds that are passed, the most severe first.

    What can be lost no more, or was never missed, warns nobody (ATT-53); a mandatory
    session that was missed does whatever the percentage (ATT-51).
    """
    best, needed = attendance.best_possible, limits.needed
    is_safe = best is None or best >= ALL
    if is_safe or (needed and reaches(attendance.projected, needed)):
        of_percentage = dict.fromkeys(Threshold, False)
    else:
        of_percentage = _of_percentage(limits, attendance)
    is_tripped = of_percentage | {
        Threshold.MANDATORY: limits.when_unreachable and attendance.missed_mandatory > 0
    }
    return [threshold for threshold in Threshold if is_tripped[threshold]]


def _of_percentage(limits: Limits, attendance: Attendance) -> dict[Threshold, bool]:
    below, in_a_row, so_far = limits.below, limits.in_a_row, attendance.so_far
    can_reach = reaches(attendance.best_possible, limits.needed)
    return {
        Threshold.UNREACHABLE: limits.when_unreachable and not can_reach,
        Threshold.BELOW: below is not None and so_far is not None and so_far < below,
        Threshold.IN_A_ROW: in_a_row is not None
        and attendance.missed_in_a_row >= in_a_row,
    }


def untold(
    passed: Iterable[Threshold], told: Mapping[Threshold, int], latest: int
) -> list[Threshold]:
    """Those not told of since the last mark; `told` is the mark each was told after.

    Only the first is written about, and only if it is the first of all that are
    passed: who was told the worst is not told the lesser one after it (ATT-52).
    """
    return [one for one in passed if one not in told or told[one] < latest]


def missed_in_a_row(credits: Iterable[tuple[Fraction | None, bool]]) -> int:
    """How many of the last marked sessions were missed, from pairs in their order.

    A pair is the credit and whether the status counts. What is excused or unmarked
    neither ends a row nor adds to it.
    """
    row = 0
    for credit, counts in credits:
        if credit is not None and counts:
            row = 0 if credit else row + 1
    return row
