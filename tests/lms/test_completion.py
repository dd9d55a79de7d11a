"""What completing takes, without a database."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.attendance_rules import MINUTES
from lms.completion import (
    QuizResult,
    is_complete,
    percent_done,
    percent_text,
    requirements,
    seconds_missing,
)

from .lettered import sums_of


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
        ("ppppa", True, True),
        ("pppp.", True, True),
        ("pp...", False, True),
        ("ppp-.", False, True),
        ("pppaa", False, False),
    ],
)
def test_attendance_is_met_once_no_later_absence_can_undo_it(sums, met, can_still):
    [found] = asked(attendance=sums_of(sums))

    assert (found.met, found.can_still_be_met) == (met, can_still)


def test_attendance_with_every_session_excused_needs_a_waiver():
    """ATT-09."""
    nothing = sums_of("ee")

    [missing] = asked(attendance=nothing)
    [waived] = asked(attendance=nothing, waived={"attendance"})

    assert (missing.met, missing.value, waived.met) == (False, None, True)


@pytest.mark.parametrize(
    ("sessions", "said"),
    [
        ("pppAp" * 4, "Not complete: sessions 4, 9, 14, 19. The trainer can help."),
        ("ppp" + "A" + "p" * 16, "Not complete: session 4. The trainer can help."),
        ("ppp" + "E" + "p" * 16, "Not complete: session 4. The trainer can help."),
    ],
)
def test_a_mandatory_session_that_was_missed_is_named_whatever_the_percentage(
    sessions, said
):
    """ATT-51: 95% without it is not complete; an excuse does not stand in for it."""
    [_percent, found] = asked(attendance=sums_of(sessions, percent=1))

    assert (found.key, found.met, str(found.why), found.can_still_be_met) == (
        "mandatory_sessions",
        False,
        said,
        False,
    )


def test_ninety_five_percent_without_the_mandatory_session_is_not_complete():
    """ATT-51"""
    found = asked(attendance=sums_of("ppp" + "A" + "p" * 16))
    with_it = asked(attendance=sums_of("ppp" + "P" + "p" * 15 + "a"))

    assert [(one.key, one.met) for one in found] == [
        ("attendance", True),
        ("mandatory_sessions", False),
    ]
    assert found[0].value == 95
    assert not is_complete(found, activities_required=0)
    assert is_complete(with_it, activities_required=0)


def test_a_mandatory_session_is_asked_for_without_any_percentage_too():
    """ATT-51"""
    [found] = asked(attendance=sums_of("pP", percent=0))

    assert (found.key, found.met, str(found.why)) == (
        "mandatory_sessions",
        True,
        "Done.",
    )


def test_what_is_measured_in_minutes_is_said_so():
    [found] = asked(attendance=sums_of("pa........", measure=MINUTES))

    assert str(found.why) == "50% of the minutes so far; 80% of all is needed."


def test_a_waiver_meets_exactly_one_requirement():
    found = asked(Activity("a"), Activity("b"), waived={"a"})

    assert [one.met for one in found] == [True, False]


def test_nothing_asked_completes_nobody():
    assert not is_complete([], activities_required=0)


def test_a_course_taken_off_the_site_completes_nobody():
    found = asked(attendance=sums_of("p"))

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
