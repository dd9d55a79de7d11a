"""What marks add up to, without a database."""

from datetime import datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.sums import Expected, Sums, attendance_sums, is_expected, reaches

PRESENT = Expected(is_held=True, credit=Fraction(1))
LATE = Expected(is_held=True, credit=Fraction(1, 2))
ABSENT = Expected(is_held=True, credit=Fraction(0))
EXCUSED = Expected(is_held=True, credit=Fraction(0), counts=False)
UNMARKED = Expected(is_held=True)
TO_COME = Expected(is_held=False)


def test_a_held_session_without_a_mark_counts_as_unmarked():
    """ATT-06"""
    sums = attendance_sums([PRESENT, UNMARKED])

    assert sums == Sums(credit=Fraction(1), countable=2, unmarked=1, to_come=0)
    assert sums.percent == 50


def test_so_far_projected_and_best_possible_are_three_numbers():
    """ATT-07"""
    sums = attendance_sums([PRESENT, ABSENT, LATE, TO_COME, TO_COME])

    assert (sums.percent, sums.projected, sums.best_possible) == (50, 30, 70)


def test_an_excused_session_leaves_numerator_and_denominator():
    """ATT-08"""
    sums = attendance_sums([PRESENT] * 3 + [EXCUSED] + [ABSENT] * 2)

    assert (sums.credit, sums.countable) == (3, 5)
    assert sums.percent == 60


def test_when_every_session_is_excused_there_is_no_percentage():
    """ATT-09"""
    sums = attendance_sums([EXCUSED, EXCUSED])

    assert sums.percent is None
    assert not reaches(sums.percent, 0)


@pytest.mark.parametrize(
    ("active_from", "active_to", "expected"),
    [
        ("2026-10-12T08:00", None, True),
        ("2026-10-12T09:30", None, True),
        ("2026-10-12T10:30", None, False),
        (None, "2026-10-12T09:00", False),
        (None, "2026-10-12T09:01", True),
    ],
)
def test_a_session_is_expected_of_those_enrolled_while_it_ran(
    active_from, active_to, expected
):
    """ATT-11, ATT-12 and ATT-14"""
    answer = is_expected(
        starts_at=datetime.fromisoformat("2026-10-12T09:00"),
        ends_at=datetime.fromisoformat("2026-10-12T10:30"),
        active_from=active_from and datetime.fromisoformat(active_from),
        active_to=active_to and datetime.fromisoformat(active_to),
    )

    assert answer is expected


@pytest.mark.parametrize(
    ("percent", "expected"),
    [(Fraction(80), True), (Fraction(79_999, 1000), False), (None, False)],
)
def test_eighty_percent_means_at_least_eighty_without_rounding(percent, expected):
    """ATT-50"""
    assert reaches(percent, 80) is expected


@given(st.lists(st.sampled_from([PRESENT, LATE, ABSENT, EXCUSED, UNMARKED, TO_COME])))
def test_projected_and_best_possible_enclose_what_can_still_come(sessions):
    """ATT-07"""
    sums = attendance_sums(sessions)
    everything_attended = attendance_sums(
        [PRESENT if s in (TO_COME, UNMARKED) else s for s in sessions]
    )
    nothing_attended = attendance_sums(
        [ABSENT if s in (TO_COME, UNMARKED) else s for s in sessions]
    )

    assert sums.best_possible == everything_attended.percent
    assert sums.projected == nothing_attended.percent
