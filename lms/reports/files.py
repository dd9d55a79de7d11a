"""A report's figures as CSV, XLSX and a page for paper."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpResponse
from django.utils.timezone import localtime
from django.utils.translation import gettext

from courses import clock
from lms.models import Donor
from lms.printing import pdf

from .closing import Adjustment
from .dataset import HIDDEN, Report, Table
from .export import Cell, Rows, book_response, csv_response
from .showing import shown


@dataclass(frozen=True)
class Answer:
    """What is shown: the report, its question in words, and the tables as they stand.

    `notes` say what a reader must know about the figures. Those of a closed period are
    frozen, with what was corrected since.
    """

    report: Report
    asked: Sequence[tuple[str, str]]
    tables: Sequence[Table]
    sentence: str = ""
    notes: Sequence[str] = ()
    adjustments: Sequence[Adjustment] = ()
    is_frozen: bool = False
    donors: Sequence[Donor] = ()


def table_rows(table: Table) -> Iterator[Iterable[Cell]]:
    """The heading, the rows, and the total if there is one."""
    yield [column.label for column in table.columns]
    for row in [*table.rows, *([table.total] if table.total else [])]:
        yield [_cell(row.values.get(column.key)) for column in table.columns]


def _cell(value) -> Cell:
    return gettext("hidden") if value is HIDDEN else value


def _about(answer: Answer) -> Iterator[Iterable[Cell]]:
    yield [str(answer.report.title)]
    yield from answer.asked
    yield from ([note] for note in answer.notes)
    for table in answer.tables:
        yield [table.title, table.definition]


def _corrections(answer: Answer) -> Iterator[Iterable[Cell]]:
    yield [
        gettext("Table"),
        gettext("Row"),
        gettext("Figure"),
        gettext("When closed"),
        gettext("Now"),
        gettext("Difference"),
    ]
    for found in answer.adjustments:
        place = [found.table, found.row, found.column.label]
        yield [*place, found.then, found.now, found.difference]


def _one_below_another(answer: Answer) -> Iterator[Iterable[Cell]]:
    yield from _about(answer)
    for table in answer.tables:
        yield []
        yield [table.title]
        yield from table_rows(table)
    if answer.adjustments:
        yield []
        yield [gettext("Adjustments")]
        yield from _corrections(answer)


def _sheets(answer: Answer) -> Iterator[tuple[str, Rows]]:
    yield gettext("About"), _about(answer)
    for table in answer.tables:
        yield table.title, table_rows(table)
    if answer.adjustments:
        yield gettext("Adjustments"), _corrections(answer)


def as_csv(name: str, answer: Answer) -> HttpResponse:
    return csv_response(name, _one_below_another(answer))


def as_xlsx(name: str, answer: Answer) -> HttpResponse:
    return book_response(name, _sheets(answer))


def as_pdf(name: str, answer: Answer) -> HttpResponse:
    """To print: the donors of the figures above, the definitions below each table."""
    shown_tables = [shown(table) for table in answer.tables if not table.is_detail]
    context = {
        "answer": answer,
        "period": dict(answer.asked)[gettext("Period")],
        "donors": answer.donors,
        "tables": shown_tables,
        "corrections": list(_corrections(answer)) if answer.adjustments else [],
        "site_name": settings.WAGTAIL_SITE_NAME,
        "printed_at": localtime(clock.now()),
    }
    response = HttpResponse(
        pdf("lms/print/report.html", context), content_type="application/pdf"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response


FORMATS = {"csv": as_csv, "xlsx": as_xlsx, "pdf": as_pdf}
