"""Until when a certificate is valid."""

import calendar
from datetime import date


def months_later(day: date, months: int) -> date:
    """The same day so many months on, or the last one of a shorter month (CE-15)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))
