"""What the tables of several reports have in common: whom they count, by which code."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext, pgettext

from courses.models import Audience
from lms.models import Enrolment, Region, Sex

from .dataset import Column, Row
from .people_trained import COUNTS, Figure
from .period import Period
from .question import UNKNOWN

NAMES = {"audience": Audience, "region": Region, "sex": Sex}


def not_known() -> str:
    return pgettext("value", "Not known")


def together() -> str:
    return gettext("Together")


def name_of(column: str, code: str) -> str:
    """A code of a snapshot's column in words; "" is not known."""
    return str(dict(NAMES[column].choices).get(code) or not_known())


def in_order(column: str, codes: Iterable[str]) -> list[str]:
    """Those codes that occur, as the choices are ordered, the unknown last."""
    found = set(codes)
    return [code for code in [*NAMES[column].values, ""] if code in found]


def narrows(column: str, code: str) -> dict[str, str]:
    return {column: code or UNKNOWN}


def during(field: str, period: Period) -> Q:
    """An instant within the period's days, by the site's clock."""
    zone = timezone.get_default_timezone()
    start = datetime.combine(period.first, time.min, zone)
    end = datetime.combine(period.last + timedelta(days=1), time.min, zone)
    return Q(**{f"{field}__gte": start, f"{field}__lt": end})


def figure_of(rows: QuerySet[Enrolment]) -> Figure:
    return Figure(**rows.order_by().aggregate(**COUNTS))


def people_by(rows: QuerySet[Enrolment], column: str) -> dict[str, int]:
    found = rows.order_by().values(column).annotate(n=Count("person", distinct=True))
    return {row[column]: row["n"] for row in found}


def steps_by(
    column: str, steps: dict[str, QuerySet[Enrolment]], total: dict[str, int]
) -> tuple[list[Row], Row]:
    """A row a code, a column of people a step, and all of them together."""
    found = {key: people_by(rows, column) for key, rows in steps.items()}
    codes = in_order(column, {code for counts in found.values() for code in counts})
    rows = [
        Row(
            {"label": name_of(column, code)}
            | {key: counts.get(code, 0) for key, counts in found.items()},
            narrows(column, code),
        )
        for code in codes
    ]
    return rows, Row({"label": together(), **total})


def step_columns(label: str, names: dict[str, str]) -> list[Column]:
    """A column of people a step, each leading to its people."""
    return [
        Column("label", label),
        *(
            Column(key, name, "people", "", {"only": key})
            for key, name in names.items()
        ),
    ]


def tenths(number: Fraction | None) -> float | None:
    """Cut to a tenth, so that 79.96 is never shown as the 80 it is not."""
    if number is None:
        return None
    exact = Decimal(number.numerator) / number.denominator
    return float(exact.quantize(Decimal("0.1"), ROUND_DOWN))


def hours(minutes: Fraction | int) -> float:
    """To a tenth of an hour, rounded."""
    return round(float(minutes) / 60, 1)
