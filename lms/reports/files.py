"""A report's figures as CSV, XLSX and a page for paper."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext

from .dataset import HIDDEN, Report, Table
from .export import Cell, Rows, book_response, csv_response


@dataclass(frozen=True)
class Answer:
    """What is shown: the report, its question in words, and the tables as they stand.

    `notes` say what a reader must know about the figures.
    """

    report: Report
    asked: Sequence[tuple[str, str]]
    tables: Sequence[Table]
    sentence: str = ""
    notes: Sequence[str] = ()


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


def _one_below_another(answer: Answer) -> Iterator[Iterable[Cell]]:
    yield from _about(answer)
    for table in answer.tables:
        yield []
        yield [table.title]
        yield from table_rows(table)


def _sheets(answer: Answer) -> Iterator[tuple[str, Rows]]:
    yield gettext("About"), _about(answer)
    for table in answer.tables:
        yield table.title, table_rows(table)


def as_csv(name: str, answer: Answer) -> HttpResponse:
    return csv_response(name, _one_below_another(answer))


def as_xlsx(name: str, answer: Answer) -> HttpResponse:
    return book_response(name, _sheets(answer))


FORMATS = {"csv": as_csv, "xlsx": as_xlsx}
