"""What a report says, whoever shows it: a screen, a chart, a file, a closed period."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Literal

from django.db.models import QuerySet

from lms.models import Enrolment

from .question import Question

Kind = Literal["text", "people", "count", "hours", "percent", "points", "day"]
Value = str | int | float | object | None


class Hidden(Enum):
    """Stands where an observer may not see a figure."""

    HIDDEN = "hidden"


HIDDEN = Hidden.HIDDEN


@dataclass(frozen=True)
class Column:
    """`people` columns count human beings: RP-04 protects their small figures.

    `part_of` names the column this one is a part of ("women" of "people"); without one
    a people column counts as a part of the first. `narrows` are the filters that lead
    to the column's people (RP-01), such as {"sex": "f"}.
    """

    key: str
    label: str
    kind: Kind = "text"
    part_of: str = ""
    narrows: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """One line. `narrows` are the filters that lead to the people behind it (RP-01).

    They are fields of the question's form: "donor", "project", "region", "audience",
    "sex", "first", "last" and "only"; `question.UNKNOWN` stands for a missing value.
    `is_part` is False for a line that overlaps with others (a person trained in two
    quarters), which therefore must not be added up.
    """

    values: Mapping[str, Value]
    narrows: Mapping[str, str] = field(default_factory=dict)
    is_part: bool = True


@dataclass(frozen=True)
class Table:
    """`definition` says what exactly is counted; `chart` is the column drawn, if any.

    `total` holds the same keys as a row. Values of the column "label" are words. A
    table that `is_detail` stands in files only, and never before observers.
    """

    key: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    definition: str
    total: Row | None = None
    chart: str = ""
    is_detail: bool = False


@dataclass(frozen=True)
class Report:
    """One report under Wagtail's Reports.

    `tables` asks a number of queries that does not grow with the rows. `people`, where
    there is one, gives the enrolments behind a figure; only those may see them whose
    cohorts they are in. `filters` name what can be narrowed: "donor", "project",
    "region", "audience".

    `sentence` says the figures that are shown, which may be hidden or frozen ones;
    `summary` asks for itself, and so stands only above figures of today.
    """

    key: str
    title: str
    tables: Callable[[Question], list[Table]]
    people: Callable[[Question], QuerySet[Enrolment]] | None = None
    summary: Callable[[Question], str] | None = None
    sentence: Callable[[Question, Sequence[Table]], str] | None = None
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
