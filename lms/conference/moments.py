"""Days, hours and lengths as conferences write them.

03/04/2026 may be 3 April or 4 March (ATT-35): a file settles it by a day above the
twelfth, or the day of the session does; otherwise somebody has to say.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from enum import StrEnum

_CLOCK = re.compile(
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<half>[ap]\.?\s?m\.?)?"
    r"\s*(?P<zone>z|utc|gmt|[+-]\d{2}:?\d{2})?$",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})")
_WORDS = re.compile(
    r"(?:(?P<before>\d{1,2})\s+)?(?P<month>[^\W\d]{3,})\.?"
    r"(?:\s+(?P<after>\d{1,2}))?,?\s+(?P<year>\d{4})(?:\s*г\.?)?",
)
_MONTHS = {
    name: number
    for names in (
        "jan feb mar apr may jun jul aug sep oct nov dec",
        "янв фев мар апр мая июн июл авг сен окт ноя дек",
    )
    for number, name in enumerate(names.split(), 1)
}
_LENGTH = re.compile(
    r"(?:(\d+)\s*(?:h|hr|hrs|hours?|ч|час\w*|соат)\.?)?\s*"
    r"(?:(\d+)\s*(?:m|min|mins|minutes?|мин|минут\w*|м|дақиқа)\.?)?\s*"
    r"(?:(\d+)\s*(?:s|sec|secs|seconds?|сек|секунд\w*|с|сония)\.?)?"
)
_COLONS = re.compile(r"(\d+):(\d{2}):(\d{2})")
_MINUTES = re.compile(r"(\d{1,5})(?:[.,](\d{1,3}))?")


class Order(StrEnum):
    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"


@dataclass(frozen=True)
class Written:
    """A moment as it was written; without a day where only the hour stood there.

    The two days are one where the writing leaves no doubt; None where it is no day.
    """

    clock: time
    day_first: date | None = None
    month_first: date | None = None
    has_day: bool = True
    zone: tzinfo | None = None

    def day(self, order: Order) -> date | None:
        return self.day_first if order is Order.DAY_FIRST else self.month_first


def written(text: str) -> Written | None:
    """What a cell says; None where it is no moment."""
    found = _CLOCK.search(text.strip())
    if not found:
        return None
    clock, zone = _clock(found), _zone(found["zone"])
    rest = text.strip()[: found.start()].rstrip(" ,Tт")
    if clock is None:
        return None
    if not rest:
        return Written(clock, has_day=False, zone=zone)
    days = _days(rest)
    return None if days is None else Written(clock, *days, zone=zone)


def order_of(moments: Iterable[Written], session: date) -> Order | None:
    """Which number is the day, for the whole file; None where both could be.

    Raises ValueError where neither can: the file mixes both.
    """
    dated = [moment for moment in moments if moment.has_day]
    possible = [order for order in Order if all(moment.day(order) for moment in dated)]
    if not possible:
        raise ValueError
    if len(possible) == 1 or all(m.day_first == m.month_first for m in dated):
        return possible[0]
    near = [
        order
        for order in possible
        if all(_is_near(moment.day(order), session) for moment in dated)
    ]
    return near[0] if len(near) == 1 else None


def instant(moment: Written, order: Order, zone: tzinfo, near: datetime) -> datetime:
    """The moment in the zone of the file.

    An hour alone is of the day on which it is nearest to `near`, so that a session
    over midnight, by whatever clock, is read as one evening.
    """
    zone = moment.zone or zone
    day = moment.day(order) if moment.has_day else None
    if day:
        return datetime.combine(day, moment.clock, tzinfo=zone)
    today = near.astimezone(zone).date()
    days = [today + timedelta(days=off) for off in (0, -1, 1)]
    found = [datetime.combine(day, moment.clock, tzinfo=zone) for day in days]
    return min(found, key=lambda one: abs(one - near))


def seconds_of(text: str) -> int | None:
    """A length: "57", "57.5" (minutes), "1h 27m 51s", "1:27:51"; None where none."""
    text = text.strip().casefold()
    colons, minutes = _COLONS.fullmatch(text), _MINUTES.fullmatch(text)
    if colons:
        hours, mins, secs = map(int, colons.groups())
        return hours * 3600 + mins * 60 + secs
    if minutes:
        return round(float(".".join(filter(None, minutes.groups()))) * 60)
    worded = _LENGTH.fullmatch(text)
    if not text or not worded:
        return None
    hours, mins, secs = (int(part or 0) for part in worded.groups())
    return hours * 3600 + mins * 60 + secs


def _clock(found: re.Match[str]) -> time | None:
    hour, minute, second = (int(found[n] or 0) for n in ("hour", "minute", "second"))
    half = (found["half"] or "").casefold()
    # Russian reports of Zoom write 19:21:08 PM.
    if half and hour <= 12:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    try:
        return time(hour, minute, second)
    except ValueError:
        return None


def _zone(text: str | None) -> tzinfo | None:
    if not text:
        return None
    if text.casefold() in ("z", "utc", "gmt"):
        return UTC
    hours, minutes = int(text[1:3]), int(text[-2:])
    if hours > 23 or minutes > 59:
        return None
    ahead = timedelta(hours=hours, minutes=minutes)
    return timezone(-ahead if text[0] == "-" else ahead)


def _days(text: str) -> tuple[date | None, date | None] | None:
    numbers = _NUMBERS.fullmatch(text)
    if numbers:
        return _by_numbers(numbers)
    words = _WORDS.fullmatch(text)
    if not words or not (words["before"] or words["after"]):
        return None
    month = _MONTHS.get(words["month"].casefold()[:3])
    day = _date(words["year"], month, words["before"] or words["after"])
    return (day, day) if day else None


def _by_numbers(found: re.Match[str]) -> tuple[date | None, date | None] | None:
    first, sign, second, third = found.groups()
    if len(first) == 4:
        day = _date(first, second, third)
        return (day, day) if day else None
    day_first = _date(third, second, first)
    # With points the day comes first wherever people write so.
    month_first = day_first if sign == "." else _date(third, first, second)
    return (day_first, month_first) if day_first or month_first else None


def _date(year: str, month: str | int | None, day: str) -> date | None:
    if month is None or len(year) not in (2, 4):
        return None
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        return None


def _is_near(day: date | None, session: date) -> bool:
    return day is not None and abs(day - session) <= timedelta(days=1)
