"""Tables as files, written row by row however long they are."""

import csv
import datetime
import tempfile
from collections.abc import Iterable, Iterator
from typing import IO

import xlsxwriter
from django.http import FileResponse, StreamingHttpResponse

Cell = str | int | datetime.date | None
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What a spreadsheet would run as a formula.
RISKY = ("=", "+", "-", "@", "\t", "\r")


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def harmless(cell: Cell) -> Cell:
    """Text a spreadsheet would run is shown as text: a quote goes before it (RP-05)."""
    if isinstance(cell, str) and cell.startswith(RISKY):
        return f"'{cell}"
    return cell


def csv_lines(rows: Iterable[Iterable[Cell]]) -> Iterator[str]:
    """CSV with the mark by which Excel knows UTF-8."""
    writer = csv.writer(_Echo())
    yield "\ufeff"
    for row in rows:
        yield writer.writerow([harmless(cell) for cell in row])


def csv_response(name: str, rows: Iterable[Iterable[Cell]]) -> StreamingHttpResponse:
    response = StreamingHttpResponse(csv_lines(rows), content_type="text/csv")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def write_xlsx(file: IO[bytes], rows: Iterable[Iterable[Cell]]) -> None:
    """One sheet; numbers and days keep their type, text is never a formula."""
    options = {"constant_memory": True, "strings_to_formulas": False}
    with xlsxwriter.Workbook(file, options) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        bold = book.add_format({"bold": True})
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        for y, row in enumerate(rows):
            for x, cell in enumerate(row):
                if isinstance(cell, datetime.date):
                    sheet.write_datetime(y, x, cell, day)
                elif isinstance(cell, str):
                    sheet.write_string(y, x, cell, None if y else bold)
                elif cell is not None:
                    sheet.write_number(y, x, cell)


def xlsx_response(name: str, rows: Iterable[Iterable[Cell]]) -> FileResponse:
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    write_xlsx(file, rows)
    file.seek(0)
    return FileResponse(
        file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX
    )
