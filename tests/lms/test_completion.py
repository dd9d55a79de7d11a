"""What completing takes, without a database."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.completion import (
    QuizResult,
    is_complete,
    percent_done,
    percent_text,
    requirements,
    seconds_missing,
)
from lms.sums import Sums


@dataclass
class Activity:
    key: str
    kind: str = "lesson"
    completes: str = "read"
    title: str = "Title"


def asked(*activities, **known):
    defaults = {
        "completed": set(),
        "waived": set(),
        "quizzes": {},
        "attendance": None,
        "attendance_percent": 0,
    }
    return requirements(activities, **defaults | known)


def quiz_result(best=None, left=True):
    return QuizResult(best=best, needed=Fraction(60), attempts_left=left)


def test_every_activity_is_a_requirement_in_teaching_order():
    found = asked(Activity("a"), Activity("b", kind="quiz"), completed={"a"})

    assert [(one.key, one.kind, one.met) for one in found] == [
        ("a", "lesson", True),
        ("b", "quiz", False),
    ]


@pytest.mark.parametrize(
    ("result", "why", "can_still"),
    [
        (quiz_result(), "Not tried yet.", True),
        (quiz_result(Fraction(45)), "45% so far, 60% is needed.", True),
        (
            quiz_result(Fraction(45), left=False),
            "No attempt is left; 60% is needed. The trainer can help.",
            False,
        ),
    ],
)
def test_a_quiz_says_what_is_missing_and_whether_it_can_still_be_had(
    result, why, can_still
):
    [found] = asked(Activity("q", kind="quiz"), quizzes={"q": result})

    assert (str(found.why), found.can_still_be_met) == (why, can_still)


@pytest.mark.parametrize(
    ("sums", "met", "can_still"),
    [
        (Sums(Fraction(4), countable=5, unmarked=0, to_come=0), True, True),
        (Sums(Fraction(4), countable=4, unmarked=0, to_come=1), True, True),
        (Sums(Fraction(2), countable=2, unmarked=0, to_come=3), False, True),
        (Sums(Fraction(3), countable=4, unmarked=1, to_come=1), False, True),
        (Sums(Fraction(3), countable=5, unmarked=0, to_come=0), False, False),
    ],
)
def test_attendance_is_met_once_no_later_absence_can_undo_it(sums, met, can_still):
    [found] = asked(attendance=sums, attendance_percent=80)

    assert (found.met, found.can_still_be_met) == (met, can_still)


def test_attendance_with_every_session_excused_needs_a_waiver():
    """ATT-09."""
    nothing = Sums(Fraction(0), countable=0, unmarked=0, to_come=0)

    [missing] = asked(attendance=nothing, attendance_percent=80)
    [waived] = asked(attendance=nothing, attendance_percent=80, waived={"attendance"})

    assert (missing.met, missing.value, waived.met) == (False, None, True)


def test_a_waiver_meets_exactly_one_requirement():
    found = asked(Activity("a"), Activity("b"), waived={"a"})

    assert [one.met for one in found] == [True, False]


def test_nothing_asked_completes_nobody():
    assert not is_complete([], activities_required=0)


def test_a_course_taken_off_the_site_completes_nobody():
    full = Sums(Fraction(1), countable=1, unmarked=0, to_come=0)

    found = asked(attendance=full, attendance_percent=80)

    assert not is_complete(found, activities_required=3)
    assert is_complete(found, activities_required=0)


@given(required=st.lists(st.integers(0, 9)), done=st.sets(st.integers(0, 20)))
def test_progress_is_done_of_required_and_stays_within_a_hundred(required, done):
    """CO-02: what is done beyond what is required counts for nothing."""
    percent = percent_done(required, {str(key) for key in done})

    assert 0 <= percent <= 100
    assert (percent == 100) == (bool(required) and set(required) <= done)


@pytest.mark.parametrize(
    ("percent", "text"),
    [
        (Fraction(80), "80%"),
        (Fraction(7996, 100), "79.9%"),
        (Fraction(200, 3), "66.6%"),
        (Fraction(0), "0%"),
    ],
)
def test_a_percent_is_never_shown_above_what_it_is(percent, text):
    assert percent_text(percent) == text


def test_reading_time_left_is_counted_up_to_whole_seconds():
    shown = datetime(2026, 10, 12, 9, tzinfo=UTC)
    after = [0.0, 0.5, 59.5, 60, 3600]

    assert [
        seconds_missing(shown, 60, shown + timedelta(seconds=past)) for past in after
    ] == [60, 60, 1, 0, 0]
