"""What marks add up to, without a database."""

from datetime import datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms import attendance_rules
from lms.attendance_rules import MINUTES, Rules, rules_of
from lms.shares import Share
from lms.sums import (
    Expected,
    attendance_sums,
    before_joining,
    is_expected,
    is_past,
    reaches,
)

PRESENT = Expected(is_held=True, credit=Fraction(1))
LATE = Expected(is_held=True, credit=Fraction(1, 2))
ABSENT = Expected(is_held=True, credit=Fraction(0))
EXCUSED = Expected(is_held=True, credit=Fraction(0), counts=False)
UNMARKED = Expected(is_held=True)
TO_COME = Expected(is_held=False)


def test_a_held_session_without_a_mark_counts_as_unmarked():
    """ATT-06"""
    sums = attendance_sums([PRESENT, UNMARKED])

    assert (sums.credit, sums.countable, sums.unmarked, sums.to_come) == (1, 2, 1, 0)
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


def test_the_lowest_are_dropped_only_after_the_last_session_is_held():
    """ATT-10: until then "so far" has them all, what is projected has dropped them."""
    best_two = Rules(best_of=2)

    running = attendance_sums([PRESENT, ABSENT, TO_COME], best_two)
    excused_ahead = attendance_sums(
        [PRESENT, ABSENT, Expected(is_held=False, credit=Fraction(0), counts=False)],
        best_two,
    )
    over = attendance_sums([PRESENT, ABSENT, LATE], best_two)

    assert (running.percent, running.projected, running.best_possible) == (50, 50, 100)
    assert excused_ahead.percent == 50
    assert (over.percent, over.projected, over.best_possible) == (75, 75, 75)


def test_the_best_sessions_in_minutes_are_those_that_give_most_together():
    """ATT-10: neither the longest nor those with the highest percentage."""
    long = Expected(is_held=True, credit=Fraction(1), minutes=400, length=1000)
    short = Expected(is_held=True, credit=Fraction(1), minutes=5, length=10)
    whole = Expected(is_held=True, credit=Fraction(1), length=10)

    sums = attendance_sums([long, short, whole], Rules(measure=MINUTES, best_of=2))

    assert sums.figures.so_far == Share(Fraction(15), 20)


def test_minutes_are_those_written_down_else_the_credit_of_the_length():
    """ATT-07"""
    hour = Expected(is_held=True, credit=Fraction(1), length=60)
    half = Expected(is_held=True, credit=Fraction(1, 2), length=90)
    timed = Expected(is_held=True, credit=Fraction(1, 2), minutes=80, length=90)
    longer = Expected(is_held=True, credit=Fraction(1), minutes=500, length=90)

    sums = attendance_sums([hour, half, timed, longer, EXCUSED, UNMARKED])

    assert sums.in_minutes.so_far == Share(Fraction(60 + 45 + 80 + 90), 390)
    assert sums.in_sessions.so_far == Share(Fraction(3), 5)


def test_a_mark_made_ahead_counts_so_far_only_once_the_session_has_begun():
    """ATT-07: so far is over sessions held."""
    ahead = Expected(is_held=False, credit=Fraction(0))
    begins = datetime.fromisoformat("2026-10-12T09:00")

    sums = attendance_sums([PRESENT, ahead])

    assert (sums.percent, sums.projected, sums.best_possible) == (100, 50, 50)
    known = {"starts_at": begins, "is_held": False}
    assert is_past(**known, is_marked=True, now=begins)
    assert not is_past(**known, is_marked=False, now=begins)
    early = datetime.fromisoformat("2026-10-12T08:59")
    assert not is_past(**known, is_marked=True, now=early)


@pytest.mark.parametrize(
    ("before", "unmarked", "marked"),
    [
        (attendance_rules.NOT_EXPECTED, None, None),
        (attendance_rules.ABSENT, ABSENT, PRESENT),
        (attendance_rules.TRAINER, None, PRESENT),
    ],
)
def test_a_session_before_joining_is_what_the_course_says(before, unmarked, marked):
    """ATT-11"""
    rules = Rules(before=before)

    assert before_joining(UNMARKED, rules) == unmarked
    assert before_joining(PRESENT, rules) == marked


def test_an_edition_from_before_a_rule_was_there_means_what_it_meant():
    assert rules_of({"attendance_percent": 80}) == Rules(percent=80)
    assert rules_of({}) == Rules()
    assert rules_of(
        {
            "attendance_percent": 75,
            "attendance_measure": "minutes",
            "attendance_best_of": 4,
            "attendance_before": "absent",
        }
    ) == Rules(75, MINUTES, 4, attendance_rules.ABSENT)


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


def test_sessions_nobody_filled_in_may_be_left_out_of_so_far_under_any_rules():
    """ATT-10, ATT-52: what warnings go by drops nothing before the last session."""
    best_two = Rules(best_of=2)
    timed = Rules(measure=MINUTES)
    begun = [PRESENT, ABSENT, UNMARKED, PRESENT]
    half_an_hour = Expected(is_held=True, credit=Fraction(1), minutes=30, length=90)

    found = [
        attendance_sums([*begun, TO_COME], best_two).percent_marked,
        attendance_sums(begun, best_two).percent_marked,
        attendance_sums([half_an_hour, UNMARKED], timed).percent_marked,
        attendance_sums([UNMARKED]).percent_marked,
    ]

    assert found == [Fraction(200, 3), 100, Fraction(100, 3), None]
