"""A time zone in words, and an instant by its clock."""

import zoneinfo
from datetime import datetime, tzinfo
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.dates import get_timezone_location
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language


def city(zone: str) -> str:
    """The city a time zone is called after, as the reader's language writes it."""
    return _city(str(zone), get_language() or "en")


def by_the_clock(instant: datetime, zone: tzinfo) -> str:
    """The day and the time there, as the reader's language writes them."""
    return date_format(timezone.localtime(instant, zone), "DATETIME_FORMAT")


@cache
def _city(zone: str, language: str) -> str:
    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        locale = Locale("en")
    return get_timezone_location(zoneinfo.ZoneInfo(zone), locale, return_city=True)
