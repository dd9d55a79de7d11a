"""Sessions from a text file or a workbook."""

from django.utils.translation import gettext as _

from courses.tables.delimited import read_text
from courses.tables.sheets import Line, Sheet, Unreadable
from courses.tables.workbook import read_workbook

from .headings import field_of, yes_or_no
from .moments import Order, Unclear, between, day, hours, length
from .row import MOST, Row

_ZIP = b"PK\x03\x04"
# Titles and logos may stand above the headings.
_LOOKED_AT = 40


def read_table(data: bytes, order: Order) -> list[Row]:
    """A row for each line below the headings, of the first sheet that has them."""
    sheets = read_workbook(data) if data.startswith(_ZIP) else read_text(data)
    for sheet in sheets:
        for place, line in enumerate(sheet.lines[:_LOOKED_AT]):
            fields = [field_of(cell) for cell in line.cells]
            if "on" in fields and len(set(fields) - {""}) > 1:
                return _rows(sheet, place, fields, order)
    raise Unreadable(
        _(
            "No line names the columns. Write at least “Date” and “Time” above them; "
            "“End”, “Minutes”, “Title”, “Place” and “Link” are understood."
        )
    )


def _rows(sheet: Sheet, place: int, fields: list[str], order: Order) -> list[Row]:
    lines = sheet.lines[place + 1 :]
    if len(lines) > MOST:
        raise Unreadable(
            _("The list has more than %(most)s sessions. Split it.") % {"most": MOST}
        )
    return [_row(line, fields, order) for line in lines]


def _row(line: Line, fields: list[str], order: Order) -> Row:
    cells: dict[str, str] = {}
    for column, field in enumerate(fields):
        if field and line.cell(column):
            cells.setdefault(field, line.cell(column))
    try:
        return _read(line.number, cells, order)
    except Unclear as reason:
        return Row(line.number, title=cells.get("title"), problem=str(reason))


def _read(number: int, cells: dict[str, str], order: Order) -> Row:
    # A workbook's own moment has its clock in the same cell.
    on, _sign, clock = cells.get("on", "").replace("T", " ").partition(" ")
    if not on:
        raise Unclear(_("The date is missing."))
    written = cells.get("at") or clock
    if not written:
        raise Unclear(_("The time is missing."))
    start, end = hours(written)
    if "end" in cells:
        end = hours(cells["end"])[0]
    minutes = between(start, end) if end else None
    if "minutes" in cells:
        minutes = length(cells["minutes"])
    return Row(
        number,
        on=day(on, order),
        at=start,
        minutes=minutes,
        title=cells.get("title"),
        place=cells.get("place"),
        link=cells.get("link"),
        is_required=_yes_or_no(cells.get("is_required")),
        uid=cells.get("uid", ""),
    )


def _yes_or_no(text: str | None) -> bool | None:
    if text is None:
        return None
    answer = yes_or_no(text)
    if answer is None:
        raise Unclear(_("“%(text)s” is neither yes nor no.") % {"text": text[:40]})
    return answer
