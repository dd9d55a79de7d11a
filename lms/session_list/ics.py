"""Sessions from a calendar file (RFC 5545), repeated ones day by day."""

import zoneinfo
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any

from django.utils.translation import gettext as _
from icalendar import Calendar

from courses.tables.sheets import Unreadable, tidy
from lms.recurrence import BadRule, days_of

from .row import MOST, Row


def read_calendar(data: bytes, zone: zoneinfo.ZoneInfo) -> list[Row]:
    """A row for each time of each entry, by the clock of this zone."""
    try:
        entries = list(Calendar.from_ical(data).walk("VEVENT"))
    # A broken file can fail in any way inside the library that reads it.
    except Exception as error:
        raise Unreadable(
            _("This calendar file (.ics) is damaged. Export it once more.")
        ) from error
    changed = {_key(entry) for entry in entries if "RECURRENCE-ID" in entry}
    rows: list[Row] = []
    for number, entry in enumerate(entries, 1):
        rows += _told(number, entry, zone, changed)
        if len(rows) > MOST:
            raise Unreadable(
                _("The calendar has more than %(most)s sessions. Split it.")
                % {"most": MOST}
            )
    if not rows:
        raise Unreadable(_("There is no entry in this calendar file."))
    return rows


def _told(
    number: int, entry: Any, zone: zoneinfo.ZoneInfo, changed: set[str]
) -> list[Row]:
    try:
        return list(_rows(number, entry, zone, changed))
    except BadRule as reason:
        problem = str(reason)
    except (ValueError, TypeError, AttributeError, OverflowError, KeyError):
        problem = _("This entry cannot be read.")
    return [Row(number, title=_text(entry, "summary"), problem=problem)]


def _rows(
    number: int, entry: Any, zone: zoneinfo.ZoneInfo, changed: set[str]
) -> Iterator[Row]:
    start = entry.decoded("dtstart")
    problem = _problem(entry, start)
    if problem:
        yield Row(number, title=_text(entry, "summary"), problem=problem)
        return
    told = Row(
        number,
        minutes=_minutes(entry, start),
        title=_text(entry, "summary"),
        place=_text(entry, "location"),
        link=_text(entry, "url"),
    )
    for moment in _moments(entry, start, zone):
        local = _wall(moment, zone)
        uid = _uid(entry, moment, start)
        if "RECURRENCE-ID" in entry or uid not in changed:
            yield replace(told, on=local.date(), at=local.time(), uid=uid)


def _problem(entry: Any, start: Any) -> str:
    """Why nothing can be planned by this entry, or ""."""
    if not isinstance(start, datetime):
        return _("A whole day has no time at which it begins.")
    if str(entry.get("status", "")).upper() == "CANCELLED":
        return _("Cancelled in the file. Cancel it here by hand.")
    named = entry["dtstart"].params.get("TZID")
    if named and start.tzinfo is None:
        # Read by the clock here it would silently be another hour.
        text = _("%(name)s is not a time zone. Write one such as Asia/Dushanbe.")
        return text % {"name": str(named)[:40]}
    return ""


def _moments(entry: Any, start: datetime, zone: zoneinfo.ZoneInfo) -> list[datetime]:
    """The start, or every start of a repeated entry, by the clock it was made for."""
    if "RRULE" not in entry:
        return [start]
    rules = entry["RRULE"]
    if isinstance(rules, list):
        raise BadRule(_("More than one rule in one entry is not understood."))
    first = start.replace(tzinfo=None)
    own: tzinfo = start.tzinfo or zone
    left_out = {_day(moment, own) for moment in _exceptions(entry)}
    days = days_of(rules.to_ical().decode(), first=first, zone=own)
    clock = first.time()
    return [
        datetime.combine(day, clock, tzinfo=start.tzinfo)
        for day in days
        if day not in left_out
    ]


def _exceptions(entry: Any) -> list[Any]:
    found = entry.get("EXDATE", [])
    lists = found if isinstance(found, list) else [found]
    return [one.dt for many in lists for one in many.dts]


def _day(moment: Any, zone: tzinfo) -> Any:
    if isinstance(moment, datetime):
        own = moment.astimezone(zone) if moment.tzinfo else moment
        return own.date()
    return moment


def _wall(moment: datetime, zone: zoneinfo.ZoneInfo) -> datetime:
    """By the clock there, without a zone; what names no zone is meant there."""
    if moment.tzinfo is None:
        return moment
    return moment.astimezone(UTC).astimezone(zone).replace(tzinfo=None)


def _minutes(entry: Any, start: datetime) -> int | None:
    if "DURATION" in entry:
        span = entry.decoded("duration")
    elif "DTEND" in entry:
        span = entry.decoded("dtend") - start
    else:
        return None
    return int(span / timedelta(minutes=1))


def _uid(entry: Any, moment: datetime, start: datetime) -> str:
    """Each time of a repeated entry has its own: the day it was first meant for."""
    if "RECURRENCE-ID" in entry:
        return _key(entry)
    uid = str(entry.get("uid", ""))
    return f"{uid}/{moment:%Y%m%d}" if uid and "RRULE" in entry else uid


def _key(entry: Any) -> str:
    return f"{entry.get('uid', '')}/{entry.decoded('recurrence-id'):%Y%m%d}"


def _text(entry: Any, name: str) -> str | None:
    text = tidy(str(entry.get(name, "")))
    return text or None
