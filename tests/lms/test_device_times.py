"""What a device's own time is worth, when its clock may be wrong by years."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from lms.device_times import TOLERANCE, Told, told

NOON = datetime(2026, 10, 12, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
YEARS = timedelta(days=4000)
MOMENTS = st.datetimes(timezones=st.just(UTC))


def test_a_clock_that_is_right_is_taken_at_its_word():
    """ATT-27: what waited three hours for a line happened three hours ago."""
    then = NOON - timedelta(hours=3)

    assert told(then, sent_at=NOON, received_at=NOON) == Told(then)
    assert told(then, sent_at=NOON - MINUTE, received_at=NOON) == Told(then)


def test_a_clock_that_is_years_wrong_is_put_right_and_its_word_kept():
    for wrong_by in (YEARS, -YEARS, 3 * MINUTE, -3 * MINUTE):
        stated = NOON - timedelta(hours=3) + wrong_by

        found = told(stated, sent_at=NOON + wrong_by, received_at=NOON)

        assert found == Told(NOON - timedelta(hours=3), stated)
        assert found.is_clock_wrong


def test_a_clock_set_meanwhile_gives_the_nearest_possible_moment():
    opened = NOON - timedelta(hours=5)
    told_at = {"sent_at": NOON, "received_at": NOON, "opened_at": opened}

    assert told(NOON - YEARS, **told_at).happened_at == opened
    assert told(NOON + YEARS, **told_at).happened_at == NOON


@given(MOMENTS, MOMENTS, MOMENTS, MOMENTS)
def test_nothing_happens_later_than_it_was_received(stated, sent, received, opened):
    found = told(stated, sent_at=sent, received_at=received, opened_at=opened)

    assert found.happened_at <= received
    assert found.happened_at >= min(opened, received)
    is_near = abs(found.happened_at - stated) <= TOLERANCE
    assert found.stated_at == (None if is_near else stated)
