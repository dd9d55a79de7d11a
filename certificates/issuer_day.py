"""The issuer's day: an instant is printed as the date where certificates are issued."""

import zoneinfo
from datetime import date, datetime

from django.conf import settings


def day_of(instant: datetime) -> date:
    return instant.astimezone(zoneinfo.ZoneInfo(settings.USTOD_ISSUER_ZONE)).date()
