"""A register that somebody typed into a spreadsheet: what its columns and cells say.

Values in, values out: no database.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from courses.tables.sheets import Line, Sheet

_ISO = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b")
_DATE = re.compile(r"\b(\d{1,2})([./-])(\d{1,2})(?:[./-](\d{4}|\d{2}))?\b(?!:)")
_TIME = re.compile(r"\b(\d{1,2}):(\d{2})\b")
_MORNING = ("утр", "утро", "до обеда", "morning", "a.m.", "субҳ", "пагоҳ", "пеш аз")
_LATER = (
    *("день", "дня", "днем", "днём", "после", "вечер", "afternoon", "evening"),
    *("p.m.", "рӯз", "баъд", "бегоҳ"),
)
NOON = time(12)


class Order(StrEnum):
    """Which of two numbers is the day."""

    UNKNOWN = ""
    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"


@dataclass(frozen=True)
class Heading:
    """What the head of a column says of its session.

    `year` is None where none is written. `is_ambiguous` where the day may be the
    month and nobody has said which comes first (ATT-35).
    """

    text: str
    day: int = 0
    month: int = 0
    year: int | None = None
    at: time | None = None
    is_morning: bool | None = None
    is_ambiguous: bool = False

    def fits(self, day: date) -> bool:
        return (self.day, self.month) == (day.day, day.month) and self.year in (
            None,
            day.year,
        )


@dataclass(frozen=True)
class Slot:
    """A session as a column may mean it."""

    pk: int
    day: date
    at: time


@dataclass(frozen=True)
class Table:
    """`name` is the column of names, `headings` are the others by their column."""

    name: int
    headings: dict[int, Heading]
    lines: list[Line]


def read_table(sheets: Iterable[Sheet], order: Order = Order.UNKNOWN) -> Table | None:
    """The first sheet with a line of dates above names; None where there is none."""
    for sheet in sheets:
        for place, line in enumerate(sheet.lines[:20]):
            found = {
                column: heading
                for column, text in enumerate(line.cells)
                if (heading := read_heading(text, order)).month
            }
            rest = [c for c in range(len(line.cells)) if c not in found]
            if found and rest:
                lines = sheet.lines[place + 1 :]
                return Table(_names(rest, lines), found, lines)
    return None


def read_heading(text: str, order: Order = Order.UNKNOWN) -> Heading:
    """The day, the hour and the part of the day, as far as they are written."""
    low = text.casefold()
    clock = _TIME.search(text)
    at = None
    if clock and int(clock[1]) < 24 and int(clock[2]) < 60:
        at = time(int(clock[1]), int(clock[2]))
    is_morning = None
    if any(word in low for word in _LATER):
        is_morning = False
    if any(word in low for word in _MORNING):
        is_morning = True
    day, month, year, is_ambiguous = _date(_TIME.sub(" ", text), order)
    return Heading(text, day, month, year, at, is_morning, is_ambiguous)


def session_for(heading: Heading, slots: Iterable[Slot]) -> int | None:
    """The session a column means; None where none fits or more than one does."""
    if heading.is_ambiguous:
        return None
    here = [slot for slot in slots if heading.fits(slot.day)]
    if heading.at:
        here = [slot for slot in here if slot.at == heading.at]
    elif heading.is_morning is not None:
        here = [slot for slot in here if (slot.at < NOON) == heading.is_morning]
    return here[0].pk if len(here) == 1 else None


def suggested(table: Table, slots: Iterable[Slot]) -> dict[int, int]:
    """By column the session it means; a session that two columns mean is nobody's."""
    slots = list(slots)
    meant = {c: session_for(heading, slots) for c, heading in table.headings.items()}
    taken = list(meant.values())
    return {c: pk for c, pk in meant.items() if pk and taken.count(pk) == 1}


def _date(text: str, order: Order) -> tuple[int, int, int | None, bool]:
    nothing = 0, 0, None, False
    if iso := _ISO.search(text):
        year, month, day = (int(one) for one in iso.groups())
        return (day, month, year, False) if _is_day(day, month) else nothing
    found = _DATE.search(text)
    if not found:
        return nothing
    one, other = int(found[1]), int(found[3])
    written = int(found[4]) if found[4] else None
    short = written is not None and written < 100
    year_of = written + 2000 if written is not None and short else written
    # With dots the day comes first wherever dots are written.
    chosen = order or (Order.DAY_FIRST if found[2] == "." else Order.UNKNOWN)
    if not chosen:
        is_either = _is_day(one, other) and _is_day(other, one) and one != other
        if is_either:
            return one, other, year_of, True
        chosen = Order.DAY_FIRST if _is_day(one, other) else Order.MONTH_FIRST
    if chosen == Order.MONTH_FIRST:
        one, other = other, one
    return (one, other, year_of, False) if _is_day(one, other) else nothing


def _is_day(day: int, month: int) -> bool:
    return 1 <= day <= 31 and 1 <= month <= 12


def _names(columns: list[int], lines: list[Line]) -> int:
    """The column with the most letters: numbers of lines stand before names."""

    def letters(column: int) -> int:
        cells = (line.cell(column) for line in lines)
        return sum(sign.isalpha() for cell in cells for sign in cell)

    return max(columns, key=lambda column: (letters(column), -column))
