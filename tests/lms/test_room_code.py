"""The code of a room that changes by itself, without a database."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms import room_code
from lms.codes import ALPHABET

SECRET, OTHER = "a" * 40, "b" * 40
NOON = datetime(2026, 10, 12, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
MOMENTS = st.datetimes(
    min_value=datetime(1970, 1, 2),
    max_value=datetime(2100, 1, 1),
    timezones=st.just(UTC),
)


def test_a_code_is_good_for_its_step_and_one_step_of_grace():
    """ATT-19: from its first second to the last one of the step after it."""
    code = room_code.code_at(SECRET, NOON)

    good = [
        second
        for second in range(-60, 120)
        if room_code.is_good(SECRET, code, NOON + second * SECOND)
    ]

    assert good == list(range(60))


def test_the_last_moment_of_grace_is_in_and_the_next_is_out():
    """ATT-19"""
    code = room_code.code_at(SECRET, NOON)
    end = NOON + 60 * SECOND

    assert room_code.is_good(SECRET, code, end - timedelta(microseconds=1))
    assert not room_code.is_good(SECRET, code, end)


@given(MOMENTS)
def test_a_code_is_eight_letters_that_cannot_be_mistaken(moment):
    code = room_code.code_at(SECRET, moment)

    assert len(code) == 8
    assert set(code) <= set(ALPHABET)


@given(MOMENTS)
def test_another_session_has_another_code(moment):
    code = room_code.code_at(SECRET, moment)

    assert not room_code.is_good(OTHER, code, moment)


def test_a_day_of_codes_repeats_none():
    """ATT-19: no code of yesterday comes back."""
    codes = {room_code.code_at(SECRET, NOON + n * room_code.STEP) for n in range(2880)}

    assert len(codes) == 2880


def test_every_letter_of_the_alphabet_is_used_about_as_often():
    codes = (room_code.code_at(SECRET, NOON + n * room_code.STEP) for n in range(2900))
    text = "".join(codes)

    shares = [text.count(letter) / len(text) * len(ALPHABET) for letter in ALPHABET]

    assert all(0.8 < share < 1.2 for share in shares)


@pytest.mark.parametrize("write", [str.lower, room_code.in_groups, " {} ".format])
def test_capitals_spaces_and_the_dash_do_not_matter(write):
    code = room_code.code_at(SECRET, NOON)

    assert room_code.is_good(SECRET, write(code), NOON)


@pytest.mark.parametrize("typed", ["", "☃", "\x00", "й" * 8, "A" * 5000, "A" * 8])
def test_what_is_no_code_is_no_error(typed):
    assert not room_code.is_good(SECRET, typed, NOON)


def test_the_seconds_left_count_down_to_the_next_code():
    offsets = [0, 0.5, 1, 29, 29.999, 30]
    moments = [NOON + timedelta(seconds=seconds) for seconds in offsets]

    assert [room_code.seconds_left(moment) for moment in moments] == [
        30,
        30,
        29,
        1,
        1,
        30,
    ]


def test_a_code_that_stood_on_the_wall_earlier_is_known_again():
    code = room_code.code_at(SECRET, NOON)
    later = NOON + timedelta(hours=2)

    assert room_code.was_good(SECRET, code, NOON, later)
    assert not room_code.was_good(SECRET, code, NOON + timedelta(minutes=1), later)
    assert not room_code.was_good(OTHER, code, NOON, later)


def test_the_zone_of_a_clock_does_not_matter():
    """ATT-19: the same instant told in another zone has the same code."""
    dushanbe = NOON.astimezone(timezone(timedelta(hours=5)))

    assert room_code.code_at(SECRET, dushanbe) == room_code.code_at(SECRET, NOON)
