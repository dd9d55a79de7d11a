"""Tables as files, written row by row however long they are."""

import csv
import datetime
import tempfile
from collections.abc import Iterable, Iterator
from typing import IO

import xlsxwriter
from django.http import FileResponse, StreamingHttpResponse

Cell = str | float | datetime.date | None
Rows = Iterable[Iterable[Cell]]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What a spreadsheet would run as a formula.
RISKY = ("=", "+", "-", "@", "\t", "\r")
# What a spreadsheet does not take as the name of a sheet, and how long one may be.
NO_SHEET_NAME = str.maketrans("", "", "[]:*?/\\'")
LONGEST_SHEET_NAME = 31


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def harmless(cell: Cell) -> Cell:
    """Text a spreadsheet would run is shown as text: a quote goes before it (RP-05)."""
    if isinstance(cell, str) and cell.startswith(RISKY):
        return f"'{cell}"
    return cell


def _timed(cell: Cell) -> Cell:
    """An instant with its distance from UTC, which no spreadsheet keeps (RP-07)."""
    if isinstance(cell, datetime.datetime):
        return cell.isoformat(sep=" ", timespec="minutes")
    return cell


def csv_lines(rows: Rows) -> Iterator[str]:
    """CSV with the mark by which Excel knows UTF-8."""
    writer = csv.writer(_Echo())
    yield "\ufeff"
    for row in rows:
        yield writer.writerow([harmless(_timed(cell)) for cell in row])


def csv_response(name: str, rows: Rows) -> StreamingHttpResponse:
    response = StreamingHttpResponse(csv_lines(rows), content_type="text/csv")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def write_xlsx(file: IO[bytes], rows: Rows) -> None:
    """One sheet; numbers and days keep their type, text is never a formula."""
    write_book(file, [("", rows)])


def write_book(file: IO[bytes], sheets: Iterable[tuple[str, Rows]]) -> None:
    """A sheet for each (name, rows); no two have the same name."""
    options = {"constant_memory": True, "strings_to_formulas": False}
    with xlsxwriter.Workbook(file, options) as book:
        formats = {
            "day": book.add_format({"num_format": "yyyy-mm-dd"}),
            "bold": book.add_format({"bold": True}),
        }
        used: set[str] = set()
        for name, rows in sheets:
            sheet = book.add_worksheet(_sheet_name(name, used) or None)
            sheet.freeze_panes(1, 0)
            for y, row in enumerate(rows):
                for x, cell in enumerate(row):
                    _write(sheet, y, x, _timed(cell), formats)


def _sheet_name(name: str, used: set[str]) -> str:
    short = name.translate(NO_SHEET_NAME)[:LONGEST_SHEET_NAME]
    if short.lower() in used:
        short = f"{short[: LONGEST_SHEET_NAME - 3]} {len(used) + 1}"
    used.add(short.lower())
    return short


def _write(sheet, y: int, x: int, cell: Cell, formats: dict) -> None:
    if isinstance(cell, datetime.date):
        sheet.write_datetime(y, x, cell, formats["day"])
    elif isinstance(cell, str):
        sheet.write_string(y, x, cell, None if y else formats["bold"])
    elif cell is not None:
        sheet.write_number(y, x, cell)


def xlsx_response(name: str, rows: Rows) -> FileResponse:
    return book_response(name, [("", rows)])


def book_response(name: str, sheets: Iterable[tuple[str, Rows]]) -> FileResponse:
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    write_book(file, sheets)
    file.seek(0)
    return FileResponse(
        file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX
    )
