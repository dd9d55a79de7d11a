"""From the bytes of a report to its tables of people, or one sentence why not."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from courses.tables.delimited import decode
from courses.tables.sheets import Line, Meter, Sheet, Unreadable
from courses.tables.workbook import read_workbook

from .headings import Headings, headings_of
from .report import Form

MOST_BYTES = 5 * 1024 * 1024
_ZIP = b"PK\x03\x04"
# Teams separates by tabs whatever the file is called; its dates hold commas.
_SEPARATORS = "\t,;"
_SECTION = re.compile(r"\d\.\s+\S")


@dataclass
class Table:
    """The lines below one line of headings."""

    headings: Headings
    lines: list[Line] = field(default_factory=list)


def tables_of(data: bytes) -> tuple[Form, list[Table]]:
    """Every table of people in a file. Raises Unreadable."""
    if not data.strip():
        raise Unreadable(_("The file is empty."))
    if len(data) > MOST_BYTES:
        raise Unreadable(
            _("The file is larger than %(most)s MB. Is it a report of one meeting?")
            % {"most": MOST_BYTES // 1024 // 1024}
        )
    for sheet in _sheets(data):
        tables = _tables(sheet.lines)
        if tables:
            return _form(sheet.lines, tables), tables
    raise Unreadable(
        _(
            "No column of names was found. Choose the participants' report of the "
            "meeting, as Zoom, Teams or another conference saved it."
        )
    )


def _sheets(data: bytes) -> Iterator[Sheet]:
    """The sheets of a workbook, or the text cut by each separator in turn."""
    if data.startswith(_ZIP):
        yield from read_workbook(data)
        return
    text = _without_bom(data)
    for separator in _SEPARATORS:
        if separator in text:
            yield Sheet("", list(Meter().measured(_rows(text, separator))))


def _without_bom(data: bytes) -> str:
    """UTF-16 is known by its zeros, too: some programs leave its mark out."""
    if b"\x00" in data[:200] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        is_little = data[1:200:2].count(0) > data[0:200:2].count(0)
        data = (b"\xff\xfe" if is_little else b"\xfe\xff") + data
    return decode(data)


def _rows(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    if separator == "\t":
        for number, line in enumerate(text.splitlines(), 1):
            yield number, [_unquoted(cell) for cell in line.split("\t")]
        return
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    begins = 1
    try:
        for row in reader:
            yield begins, row
            begins = reader.line_num + 1
    except csv.Error as error:
        raise Unreadable(
            _("Line %(line)s cannot be read. Save the report again.") % {"line": begins}
        ) from error


def _unquoted(cell: str) -> str:
    cell = cell.strip()
    if len(cell) > 1 and cell[0] == cell[-1] == '"':
        return cell[1:-1].replace('""', '"')
    return cell


def _tables(lines: list[Line]) -> list[Table]:
    tables: list[Table] = []
    current: Table | None = None
    for line in lines:
        headings = headings_of(line)
        if headings:
            current = Table(headings)
            tables.append(current)
        elif _is_section(line):
            current = None
        elif current:
            current.lines.append(line)
    return tables


def _is_section(line: Line) -> bool:
    filled = [cell for cell in line.cells if cell]
    return len(filled) == 1 and bool(_SECTION.match(line.cell(0)))


def _form(lines: list[Line], tables: list[Table]) -> Form:
    columns = {name for table in tables for name in table.headings.columns}
    if not columns.isdisjoint({"first_joined", "account", "action"}):
        return Form.TEAMS
    first = [line.cell(0).casefold() for line in lines[:20]]
    is_zoom = any(
        text.startswith(("name (original name)", "имя (настоящее имя)"))
        or text in ("meeting id", "topic")
        for text in first
    )
    return Form.ZOOM if is_zoom else Form.TABLE
