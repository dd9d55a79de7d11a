"""What a report says, whoever shows it: a screen, a chart, a file, a closed period."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from django.db.models import QuerySet

from lms.models import Enrolment

from .question import Question

Kind = Literal["text", "people", "count", "hours", "percent", "points", "day"]
Value = str | int | float | object | None


@dataclass(frozen=True)
class Column:
    """`people` columns count human beings: RP-04 protects their small figures."""

    key: str
    label: str
    kind: Kind = "text"


@dataclass(frozen=True)
class Row:
    """One line. `narrows` are the filters that lead to the people behind it (RP-01).

    `is_part` is False for a line that overlaps with others (a person trained in two
    quarters), which therefore must not be added up.
    """

    values: Mapping[str, Value]
    narrows: Mapping[str, str] = field(default_factory=dict)
    is_part: bool = True


@dataclass(frozen=True)
class Table:
    """`definition` says what exactly is counted; `chart` is the column drawn, if any.

    `total` holds the same keys as a row. Values of the column "label" are words.
    """

    key: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    definition: str
    total: Row | None = None
    chart: str = ""


@dataclass(frozen=True)
class Report:
    """One report under Wagtail's Reports.

    `tables` asks a number of queries that does not grow with the rows. `people`, where
    there is one, gives the enrolments behind a figure; only those may see them whose
    cohorts they are in. `filters` name what can be narrowed: "donor", "project",
    "region", "audience".
    """

    key: str
    title: str
    tables: Callable[[Question], list[Table]]
    people: Callable[[Question], QuerySet[Enrolment]] | None = None
    summary: Callable[[Question], str] | None = None
    filters: Sequence[str] = ("donor", "project", "region", "audience")
    icon: str = "table"


_reports: dict[str, Report] = {}


def register(report: Report) -> Report:
    """Offer this report, too; a second one of the same key replaces the first."""
    _reports[report.key] = report
    return report


def reports() -> list[Report]:
    return list(_reports.values())


def report(key: str) -> Report:
    """Raises KeyError for a report that does not exist."""
    return _reports[key]
