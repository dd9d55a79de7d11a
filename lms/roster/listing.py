"""From the sheets of a file to a list of people."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from courses.tables.sheets import Line, Sheet, Unreadable

from .columns import Headings, find_headings, title_key
from .reading import read
from .rows import Defaults, Row, row_of

_TOTAL = re.compile(
    r"(?:итого|всего|общее количество|total|in total|ҷамъ|ҷамъи|ҳамагӣ|ҳамаги)\b", re.I
)


@dataclass(frozen=True)
class Column:
    """A heading as it stands in the file and what its column holds ("" = nothing)."""

    title: str
    field: str

    @property
    def key(self) -> str:
        return title_key(self.title)


@dataclass
class Roster:
    """A list, understood: people, columns and, in words, what was left out."""

    rows: list[Row] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)
    ignored_sheets: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def has_name(self) -> bool:
        """Is there a column of names at all? If not, somebody must point at it."""
        return any(c.field in ("name", "surname", "given_name") for c in self.columns)

    @property
    def unused(self) -> list[str]:
        return [column.title for column in self.columns if not column.field]


def read_roster(
    data: bytes,
    *,
    remembered: Mapping[str, str] | None = None,
    defaults: Defaults | None = None,
) -> Roster:
    """The people of a file; raises `Unreadable` where the whole file is refused."""
    return understand(
        read(data), remembered=remembered or {}, defaults=defaults or Defaults()
    )


def understand(
    sheets: list[Sheet], *, remembered: Mapping[str, str], defaults: Defaults
) -> Roster:
    """The people of sheets that have column headings; the others are named."""
    roster = Roster()
    found = [(sheet, find_headings(sheet, remembered)) for sheet in sheets]
    if not any(headings for _sheet, headings in found):
        raise Unreadable(
            _(
                "No line with column headings was found. One line above the people "
                "must name the columns, such as: Full name; Sex; Organisation; E-mail."
            )
        )
    wanted = any(headings and headings.has_name for _sheet, headings in found)
    place = 0
    for sheet, headings in found:
        if headings is None or (wanted and not headings.has_name):
            if sheet.lines:
                roster.ignored_sheets.append(sheet.title)
            continue
        place += 1
        _add_columns(roster, headings)
        prefix = "" if place == 1 else f"{place}."
        _add_rows(roster, sheet, headings, prefix=prefix, defaults=defaults)
    if not roster.rows:
        raise Unreadable(_("There is nobody below the column headings."))
    _note_missing_columns(roster, defaults)
    return roster


def _add_columns(roster: Roster, headings: Headings) -> None:
    known = {column.key for column in roster.columns}
    for title, name in zip(headings.titles, headings.fields, strict=True):
        if title and title_key(title) not in known:
            roster.columns.append(Column(title, name))
            known.add(title_key(title))


def _add_rows(
    roster: Roster, sheet: Sheet, headings: Headings, *, prefix: str, defaults: Defaults
) -> None:
    for line in sheet.lines:
        if line.number == headings.number:
            continue
        if line.number < headings.number or _is_no_person(line, headings):
            roster.skipped.append(_skipped(sheet, line))
            continue
        row = row_of(line, headings, defaults)
        key = f"{prefix}{line.number}"
        roster.rows.append(replace(row, key=key, sheet=sheet.title))


def _is_no_person(line: Line, headings: Headings) -> bool:
    """A line of totals, of column numbers, or the headings once more."""
    filled = [cell for cell in line.cells if cell]
    if any(_TOTAL.match(cell) for cell in filled[:2]) and len(filled) <= 3:
        return True
    if [title_key(cell) for cell in line.cells] == [
        title_key(title) for title in headings.titles
    ]:
        return True
    numbers = [str(n) for n in range(1, len(filled) + 1)]
    return len(filled) > 1 and filled == numbers


def _skipped(sheet: Sheet, line: Line) -> str:
    text = " ".join(cell for cell in line.cells if cell)
    text = text if len(text) <= 80 else f"{text[:79]}…"
    place = f"{sheet.title}, {line.number}" if sheet.title else str(line.number)
    return f"{place}: {text}"


def _note_missing_columns(roster: Roster, defaults: Defaults) -> None:
    fields = {column.field for column in roster.columns}
    if "audience" not in fields and not defaults.audience:
        roster.notes.append(
            _("The list has no column for the audience; it stays empty for everybody.")
        )
    if "sex" not in fields:
        roster.notes.append(
            _("The list has no column for the sex; it stays empty for everybody.")
        )
    if "place" not in fields:
        roster.notes.append(
            _("The list has no column for the place; the region stays empty.")
        )
