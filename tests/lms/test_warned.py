from dataclasses import replace
from fractions import Fraction

import pytest

from lms.warned import (
    Attendance,
    Limits,
    Threshold,
    missed_in_a_row,
    tripped,
    untold,
)

UNREACHABLE, MANDATORY, BELOW, IN_A_ROW = Threshold
ALL_LIMITS = Limits(below=70, in_a_row=2, when_unreachable=True, needed=80)


def attendance(so_far, projected, best, in_a_row=0) -> Attendance:
    figures = [
        None if one is None else Fraction(one) for one in (so_far, projected, best)
    ]
    return Attendance(*figures, in_a_row)


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (attendance(100, 20, 90), []),
        (attendance(70, 20, 90), []),
        (attendance(Fraction("69.999"), 20, 90), [BELOW]),
        (attendance(90, 20, 90, 2), [IN_A_ROW]),
        (attendance(50, 20, Fraction("79.999"), 3), [UNREACHABLE, BELOW, IN_A_ROW]),
        (attendance(50, 20, 80, 1), [BELOW]),
        (attendance(None, None, None), []),
    ],
)
def test_every_threshold_that_is_passed_the_gravest_first(state, expected):
    assert tripped(ALL_LIMITS, state) == expected


def test_nobody_is_warned_who_can_lose_nothing_any_more_or_missed_nothing():
    """ATT-53: met for certain; and marks that are missing are nobody's fault."""
    is_met = attendance(50, 80, 85, 4)
    is_unmarked = attendance(0, 0, 100, 0)

    assert tripped(ALL_LIMITS, is_met) == []
    assert tripped(ALL_LIMITS, is_unmarked) == []


def test_a_mandatory_session_that_was_missed_warns_whatever_the_percentage():
    """ATT-51"""
    state = replace(attendance(95, 80, 100), missed_mandatory=1)

    assert tripped(ALL_LIMITS, state) == [MANDATORY]
    assert tripped(Limits(below=70, needed=80), state) == []


def test_without_limits_nothing_is_passed():
    assert tripped(Limits(needed=80), attendance(0, 0, 0, 9)) == []


def test_each_threshold_is_told_again_only_after_another_mark():
    """ATT-52"""
    passed = [UNREACHABLE, BELOW]

    assert untold(passed, {}, 7) == passed
    assert untold(passed, {UNREACHABLE: 7, BELOW: 7}, 7) == []
    assert untold(passed, {UNREACHABLE: 7, BELOW: 7}, 8) == passed
    assert untold(passed, {BELOW: 7}, 7) == [UNREACHABLE]


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ("", 0),
        ("PAA", 2),
        ("AAP", 0),
        ("AEA", 2),
        ("A.A", 2),
        ("AAL", 0),
    ],
)
def test_sessions_missed_in_a_row_are_counted_from_the_last_mark(marks, expected):
    worth = {
        "P": (Fraction(1), True),
        "L": (Fraction(1, 2), True),
        "A": (Fraction(0), True),
        "E": (Fraction(0), False),
        ".": (None, True),
    }
    assert missed_in_a_row(worth[mark] for mark in marks) == expected
