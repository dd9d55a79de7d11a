"""Excel workbooks, read line by line and never further than allowed."""

import io
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import openpyxl
from django.utils.translation import gettext as _

from .sheets import Meter, Sheet, Unreadable

# Unpacked: all parts together, and the parts that are held in memory as a whole.
MOST_UNPACKED = 64 * 1024 * 1024
MOST_HELD = 30 * 1024 * 1024


def read_workbook(data: bytes) -> list[Sheet]:
    """The sheets of a workbook. Formulas come as what was typed: "=A1+B1"."""
    _check_size(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _sheets(data)
    except Unreadable:
        raise
    # A broken workbook can fail in any way inside the library that reads it.
    except Exception as error:
        raise Unreadable(_broken()) from error


def _check_size(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, EOFError) as error:
        raise Unreadable(_broken()) from error
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        raise Unreadable(
            _("This is not an Excel workbook. Save the list as .xlsx or as CSV.")
        )
    held = (p.file_size for p in parts if not p.filename.startswith("xl/worksheets/"))
    if sum(p.file_size for p in parts) > MOST_UNPACKED or sum(held) > MOST_HELD:
        raise Unreadable(
            _(
                "This workbook unpacks to far more than a list needs. Copy the lines "
                "you need into a new workbook and choose that file."
            )
        )


def _sheets(data: bytes) -> list[Sheet]:
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
    meter = Meter()
    try:
        return [
            Sheet(sheet.title, list(meter.measured(_rows(sheet))))
            for sheet in book.worksheets
        ]
    finally:
        book.close()


def _rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    # The size a workbook claims for a sheet is often wrong: read what is there.
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
        yield number, [_text(value) for value in row]


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == datetime.min.time():
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def _broken() -> str:
    return _(
        "This workbook cannot be opened: it is damaged or protected by a password. "
        "Open it in Excel or LibreOffice, save it as .xlsx without a password and "
        "choose that file."
    )
