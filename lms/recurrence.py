"""On which days a series meets: an RRULE (RFC 5545) read on the wall clock.

The rule knows no zone, so 09:00 stays 09:00 whatever the clocks do (ATT-41). Only
rules of whole days with an end are read; every other is refused in one sentence.
"""

import re
import zoneinfo
from calendar import isleap
from collections.abc import Collection
from dataclasses import dataclass
from datetime import MAXYEAR, UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from itertools import islice

from dateutil.rrule import rrulestr
from django.utils.translation import gettext as _

# More is no course; a slip in a number is said instead of planned.
MOST = 200
# How far a rule is followed: a rule of days that never come ends here.
_FAR = timedelta(days=3 * 366)
# So many years such a rule touches at most: it may begin on the last day of one.
_YEARS = 5
_ALLOWED = {
    "FREQ": r"DAILY|WEEKLY|MONTHLY|YEARLY",
    "INTERVAL": r"\d{1,3}",
    "COUNT": r"\d{1,9}",
    "UNTIL": r"\d{8}(T\d{6}Z?)?",
    "BYDAY": r"([+-]?\d{0,2}(MO|TU|WE|TH|FR|SA|SU),?)+",
    "BYMONTHDAY": r"([+-]?(0?[1-9]|[12]\d|3[01]),?)+",
    "BYMONTH": r"(0?[1-9]|1[0-2])(,(0?[1-9]|1[0-2]))*",
    "BYSETPOS": r"([+-]?\d{1,3},?)+",
    "WKST": r"MO|TU|WE|TH|FR|SA|SU",
}


class BadRule(ValueError):
    """The rule plans nothing; the text is translated and says why."""


class Hindrance(StrEnum):
    """Why there is no session on a day of the series."""

    OUTSIDE = "outside"
    NO_SUCH_TIME = "no_such_time"
    TAKEN = "taken"


@dataclass(frozen=True)
class Occurrence:
    """One day of a series, and what stands in its way."""

    on: date
    hindrance: Hindrance | None = None


def weekly(days: Collection[str], *, every: int = 1) -> str:
    """The rule "on these days of every, or every second, week", still without end."""
    rule = f"FREQ=WEEKLY;BYDAY={','.join(days)}"
    return rule if every == 1 else f"{rule};INTERVAL={every}"


def with_end(rule: str, *, until: date | None = None, times: int | None = None) -> str:
    """The rule with its end: the last day, or how many times."""
    end = f"COUNT={times}" if until is None else f"UNTIL={until:%Y%m%d}"
    return f"{rule};{end}"


def days_of(rule: str, *, first: datetime, zone: tzinfo) -> list[date]:
    """The days of the series from its first moment on, which is a wall time.

    Raises BadRule where it is broken, has no end, no day or more than MOST of them.
    """
    parts = _parts(rule)
    most = int(parts.pop("COUNT", MOST + 1))
    until = parts.pop("UNTIL", "")
    end = _far_from(first)
    if until:
        end = min(end, _until(until, first, zone))
    text = ";".join(f"{name}={value}" for name, value in parts.items())
    try:
        days = _found(text, first, end)[: min(most, MOST + 1)]
    except (ValueError, TypeError, OverflowError, IndexError) as error:
        raise BadRule(_broken()) from error
    if len(days) > MOST:
        raise BadRule(
            _("This is more than %(most)s sessions. Choose an earlier end.")
            % {"most": MOST}
        )
    if not days:
        raise BadRule(_("No day fits: the series ends before its first session."))
    return days


def latest_twin(year: int) -> int:
    """The last year from which the calendar runs for `_YEARS` as it does from this one.

    The last of them ends before the end of all years, so that a week may run over it.
    """
    wanted = _calendar(year)
    last = MAXYEAR - _YEARS
    # The calendar is the same every 400 years, mostly every 28.
    return next(one for one in range(last, last - 400, -1) if _calendar(one) == wanted)


def occurrences(
    days: Collection[date],
    at: time,
    *,
    zone: zoneinfo.ZoneInfo,
    starts_on: date,
    ends_on: date,
) -> list[Occurrence]:
    """Each day once; named is what lies outside the cohort or has no such hour."""
    return [
        Occurrence(day, _hindrance(day, at, zone, starts_on, ends_on)) for day in days
    ]


def exists(day: date, at: time, zone: zoneinfo.ZoneInfo) -> bool:
    """Does the clock show this time on that day, or does it jump over it?"""
    moment = datetime.combine(day, at, tzinfo=zone)
    back = moment.astimezone(UTC).astimezone(zone)
    return back.replace(tzinfo=None) == moment.replace(tzinfo=None)


def _hindrance(
    day: date, at: time, zone: zoneinfo.ZoneInfo, starts_on: date, ends_on: date
) -> Hindrance | None:
    if not starts_on <= day <= ends_on:
        return Hindrance.OUTSIDE
    return None if exists(day, at, zone) else Hindrance.NO_SUCH_TIME


def _found(rule: str, first: datetime, end: datetime) -> list[date]:
    """The days up to the end, and not more of them than are counted.

    A day that never comes, such as 30 February, is looked for by dateutil through all
    years that are left, for seconds. So it is asked in years of which few are left.
    """
    shift = latest_twin(first.year) - first.year
    first, end = (one.replace(year=one.year + shift) for one in (first, end))
    moments = rrulestr(f"{rule};UNTIL={end:%Y%m%dT%H%M%S}", dtstart=first)
    days = [moment.date() for moment in islice(moments, MOST + 1)]
    return [day.replace(year=day.year - shift) for day in days]


def _calendar(year: int) -> list[tuple[bool, int]]:
    """Of each of the years: has it a 29 February, and which weekday does it begin?"""
    years = [1 + (year + further - 1) % 400 for further in range(_YEARS)]
    return [(isleap(one), date(one, 1, 1).weekday()) for one in years]


def _parts(rule: str) -> dict[str, str]:
    """The parts by name, each once and of a kind that is understood."""
    text = rule.strip().upper().removeprefix("RRULE:")
    pairs = [part.partition("=") for part in text.split(";") if part]
    parts = {name.strip(): value.strip() for name, _sign, value in pairs}
    if "FREQ" not in parts or len(parts) < len(pairs):
        raise BadRule(_broken())
    for name, value in parts.items():
        if name not in _ALLOWED or not re.fullmatch(_ALLOWED[name], value):
            raise BadRule(
                _("“%(part)s” is not understood here. %(help)s")
                % {"part": f"{name}={value}"[:60], "help": _broken()}
            )
    if not {"COUNT", "UNTIL"} & set(parts):
        raise BadRule(_("This series never ends. Say until when, or how many times."))
    if parts.get("INTERVAL", "1").strip("0") == "":
        raise BadRule(_broken())
    return parts


def _far_from(first: datetime) -> datetime:
    try:
        return first + _FAR
    except OverflowError:
        return datetime.max


def _until(text: str, first: datetime, zone: tzinfo) -> datetime:
    """The last moment, on the wall clock; a day without a time counts whole."""
    try:
        if text.endswith("Z"):
            moment = datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
            return moment.astimezone(zone).replace(tzinfo=None)
        if "T" in text:
            return datetime.strptime(text, "%Y%m%dT%H%M%S")
        return datetime.combine(datetime.strptime(text, "%Y%m%d"), time.max)
    except (ValueError, OverflowError) as error:
        raise BadRule(_broken()) from error


def _broken() -> str:
    return _("Write a rule such as FREQ=WEEKLY;BYDAY=MO,TH;COUNT=8.")
