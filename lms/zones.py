"""A time zone in words, and an instant by its clock."""

import zoneinfo
from datetime import datetime, tzinfo
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.dates import get_timezone_location
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext

_REGIONS = tuple(
    f"{region}/"
    for region in (
        "Africa",
        "America",
        "Asia",
        "Atlantic",
        "Australia",
        "Europe",
        "Indian",
        "Pacific",
    )
)


def city(zone: str) -> str:
    """The city a time zone is called after, as the reader's language writes it."""
    return _city(str(zone), get_language() or "en")


def by_the_clock(instant: datetime, zone: tzinfo) -> str:
    """The day and the time there, as the reader's language writes them."""
    return date_format(timezone.localtime(instant, zone), "DATETIME_FORMAT")


def by_own_clock(start: datetime, end: datetime, zone: zoneinfo.ZoneInfo) -> str:
    """The hours as the reader's own clock shows them; "" where it shows the same.

    The day is said where it is another one there.
    """
    own_start, own_end = start.astimezone(zone), end.astimezone(zone)
    if own_start.utcoffset() == start.utcoffset():
        return ""
    hours = f"{own_start:%H:%M}–{own_end:%H:%M}"
    if own_start.date() != start.date():
        hours = f"{date_format(own_start, 'j E')}, {hours}"
    return gettext("%(hours)s in %(city)s") % {"hours": hours, "city": city(zone.key)}


def cities() -> list[tuple[str, str]]:
    """Every zone that is called after a city, by the city's name here."""
    zones = (one for one in zoneinfo.available_timezones() if one.startswith(_REGIONS))
    named = ((zone, f"{city(zone)} ({zone})") for zone in zones)
    return sorted(named, key=lambda pair: pair[1])


@cache
def _city(zone: str, language: str) -> str:
    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        locale = Locale("en")
    return get_timezone_location(zoneinfo.ZoneInfo(zone), locale, return_city=True)
