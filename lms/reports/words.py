"""What stands in a cell of a report, as a person reads it."""

from datetime import date, datetime

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext

from .dataset import HIDDEN, Kind, Value

NOTHING = "–"


def cell(value: Value, kind: Kind) -> str:
    """The value in the reader's language; "–" where there is none."""
    if value is None:
        return NOTHING
    if value is HIDDEN:
        return gettext("hidden")
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date):
        return date_format(value)
    if isinstance(value, str):
        return value
    return _number(value, kind)


def _number(value, kind: Kind) -> str:
    if kind in ("people", "count"):
        return number_format(value, decimal_pos=0, force_grouping=True)
    text = number_format(round(value, 1), decimal_pos=None if value % 1 else 0)
    if kind == "percent":
        return gettext("%(number)s %%") % {"number": text}
    return text
