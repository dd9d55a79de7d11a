"""CM-08: the calendar file as RFC 5545 wants it; no database."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar

from lms.calendars import Meeting, Method, calendar_file

STAMP = datetime(2026, 10, 1, 8, tzinfo=UTC)
MEETING = Meeting(
    uid="abc@example.org",
    sequence=2,
    starts_at=datetime(2026, 10, 12, 9, tzinfo=ZoneInfo("Asia/Dushanbe")),
    minutes=90,
    summary="Ustod: session",
)


def file_of(method=Method.PUBLISH, **fields):
    people = {name: fields.pop(name, "") for name in ("organiser", "attendee")}
    meeting = Meeting(**vars(MEETING) | fields)
    return calendar_file([meeting], method=method, stamp=STAMP, **people)


def event_of(file):
    [event] = Calendar.from_ical(file).walk("VEVENT")
    return event


def test_long_lines_are_folded_at_75_bytes_and_read_back_whole():
    """CM-08"""
    place = "Хуҷанд, маркази дастгирӣ, хонаи дуюм, " * 5

    file = file_of(place=place)

    lines = file.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert b"\n" not in b"".join(lines)
    assert event_of(file)["location"] == place


def test_commas_semicolons_backslashes_and_new_lines_are_escaped():
    """CM-08"""
    place = "Room 2; floor 1, C:\\x\nATTENDEE:mailto:x@example.org"

    file = file_of(place=place)

    assert rb"Room 2\; floor 1\, C:\\x\nATTENDEE" in file.replace(b"\r\n ", b"")
    event = event_of(file)
    assert event["location"] == place
    assert "attendee" not in event


def test_a_change_keeps_the_uid_and_raises_the_sequence():
    """CM-08"""
    first, moved = event_of(file_of()), event_of(file_of(sequence=3, minutes=60))

    assert first["uid"] == moved["uid"] == "abc@example.org"
    assert (first["sequence"], moved["sequence"]) == (2, 3)


def test_the_hour_is_that_of_the_place_and_lasts_as_long_as_planned():
    """CM-08"""
    event = event_of(file_of())

    assert event["dtstart"].params["tzid"] == "Asia/Dushanbe"
    assert event["dtstart"].dt == datetime(2026, 10, 12, 4, tzinfo=UTC)
    assert (event["dtend"].dt - event["dtstart"].dt).seconds == 90 * 60
    assert b"BEGIN:VTIMEZONE" in file_of()


def test_a_cancelled_session_says_so_by_method_and_status():
    """CM-08"""
    file = file_of(Method.CANCEL, organiser="a@example.org", attendee="b@example.org")

    calendar = Calendar.from_ical(file)
    assert calendar["method"] == "CANCEL"
    event = event_of(file)
    assert event["status"] == "CANCELLED"
    assert (event["organizer"], event["attendee"]) == (
        "MAILTO:a@example.org",
        "MAILTO:b@example.org",
    )
    assert event_of(file_of(is_cancelled=True))["status"] == "CANCELLED"
    assert event_of(file_of())["status"] == "CONFIRMED"
