"""Days, hours and lengths as people write them; what is unclear is refused (ATT-35)."""

import re
from datetime import date, time, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _


class Order(StrEnum):
    """How 03/04/2026 is to be read."""

    UNKNOWN = ""
    DAY_FIRST = "day"
    MONTH_FIRST = "month"


class Unclear(ValueError):
    """The text is translated and says what to write instead."""


_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_POINTS = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})\.?")
_SLASHES = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d{2})")
_HOUR = re.compile(r"(\d{1,2})[:.](\d{2})(?::\d{2})?")
_SPAN = re.compile(r"(\S+)\s*(?:[-–—]|до|то|to)\s*(\S+)")
_MINUTES = re.compile(r"(\d{1,4})\s*(?:min|minutes?|мин|минут\w*|дақ\w*|m)?\.?", re.I)


def day(text: str, order: Order) -> date:
    """The day. With points the day comes first; with strokes it must be clear."""
    text = text.strip()
    if match := _ISO.fullmatch(text):
        year, month, number = (int(part) for part in match.groups())
        return _date(text, year, month, number)
    if match := _POINTS.fullmatch(text):
        number, month, year = (int(part) for part in match.groups())
        return _date(text, _century(year), month, number)
    if match := _SLASHES.fullmatch(text):
        one, two, year = (int(part) for part in match.groups())
        return _by_order(text, one, two, _century(year), order)
    raise Unclear(
        _("“%(text)s” is no date. Write it as 2026-10-19 or 19.10.2026.")
        % {"text": text[:40]}
    )


def hour(text: str) -> time:
    """The time of day, in 24 hours."""
    match = _HOUR.fullmatch(text.strip())
    if match:
        try:
            return time(int(match[1]), int(match[2]))
        except ValueError:
            pass
    raise Unclear(
        _("“%(text)s” is no time. Write it as 09:00.") % {"text": text.strip()[:40]}
    )


def hours(text: str) -> tuple[time, time | None]:
    """A start, or "09:00–10:30": start and end."""
    match = _SPAN.fullmatch(text.strip())
    if match and _HOUR.fullmatch(match[1]) and _HOUR.fullmatch(match[2]):
        return hour(match[1]), hour(match[2])
    return hour(text), None


def length(text: str) -> int:
    """Minutes: "90", "90 min" or "1:30"."""
    text = text.strip()
    if match := _MINUTES.fullmatch(text):
        return int(match[1])
    if match := re.fullmatch(r"(\d{1,2}):(\d{2})(?::00)?", text):
        return int(match[1]) * 60 + int(match[2])
    raise Unclear(
        _("“%(text)s” is no length. Write the minutes, such as 90.")
        % {"text": text[:40]}
    )


def between(start: time, end: time) -> int:
    """Minutes from start to end of one day."""
    first = timedelta(hours=start.hour, minutes=start.minute)
    last = timedelta(hours=end.hour, minutes=end.minute)
    if last <= first:
        raise Unclear(_("The end is not after the start."))
    return int((last - first).total_seconds() // 60)


def _by_order(text: str, one: int, two: int, year: int, order: Order) -> date:
    if one == two or one > 12 or order == Order.DAY_FIRST:
        return _date(text, year, two, one)
    if two > 12 or order == Order.MONTH_FIRST:
        return _date(text, year, one, two)
    raise Unclear(
        _("“%(text)s” can be two days. Say whether the day or the month comes first.")
        % {"text": text}
    )


def _century(year: int) -> int:
    return year + 2000 if year < 100 else year


def _date(text: str, year: int, month: int, number: int) -> date:
    try:
        return date(year, month, number)
    except ValueError:
        raise Unclear(
            _("There is no day “%(text)s” in the calendar.") % {"text": text[:40]}
        ) from None
