"""A session as a calendar file (RFC 5545) that phones and mail programs take in.

The entry says when and where, not what is taught: it is shown on locked screens.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from icalendar import Calendar, Event, vCalAddress, vText

PRODUCT = "-//Ustod//Training//EN"
ASK_AGAIN = timedelta(hours=1)


class Method(StrEnum):
    """What the reader's calendar does with it."""

    PUBLISH = "PUBLISH"
    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True)
class Meeting:
    """A session as calendars see it; `starts_at` carries the zone it is held in."""

    uid: str
    sequence: int
    starts_at: datetime
    minutes: int
    summary: str
    place: str = ""
    link: str = ""
    is_cancelled: bool = False


def calendar_file(
    meetings: Iterable[Meeting],
    *,
    method: Method,
    stamp: datetime,
    organiser: str = "",
    attendee: str = "",
    name: str = "",
) -> bytes:
    """The file: the same UID for ever, and a SEQUENCE by which the newest wins (CM-08).

    `organiser` and `attendee` are addresses, as invitations by mail need them. A file
    with a `name` is one that a calendar program asks for again from time to time.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method.value)
    if name:
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", ASK_AGAIN, {"VALUE": "DURATION"})
        calendar.add("x-published-ttl", "PT1H")
    for meeting in meetings:
        event = _event(meeting, stamp, is_cancelled=method is Method.CANCEL)
        _add_people(event, organiser, attendee)
        calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(meeting: Meeting, stamp: datetime, *, is_cancelled: bool) -> Event:
    event = Event()
    event.add("uid", meeting.uid)
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", stamp)
    event.add("dtstart", meeting.starts_at)
    event.add("dtend", meeting.starts_at + timedelta(minutes=meeting.minutes))
    event.add("summary", meeting.summary)
    for name, value in (("location", meeting.place), ("url", meeting.link)):
        if value:
            event.add(name, value)
    is_off = is_cancelled or meeting.is_cancelled
    event.add("status", "CANCELLED" if is_off else "CONFIRMED")
    return event


def _add_people(event: Event, organiser: str, attendee: str) -> None:
    if organiser:
        event.add("organizer", vCalAddress(f"MAILTO:{organiser}"))
    if attendee:
        address = vCalAddress(f"MAILTO:{attendee}")
        address.params["RSVP"] = vText("FALSE")
        event.add("attendee", address)
