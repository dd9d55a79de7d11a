"""A time zone in words."""

import zoneinfo
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.dates import get_timezone_location
from django.utils.translation import get_language


def city(zone: str) -> str:
    """The city a time zone is called after, as the reader's language writes it."""
    return _city(str(zone), get_language() or "en")


@cache
def _city(zone: str, language: str) -> str:
    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        locale = Locale("en")
    return get_timezone_location(zoneinfo.ZoneInfo(zone), locale, return_city=True)
