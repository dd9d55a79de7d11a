"""What a list is made of, whatever file it came in, and how much of it is allowed."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _

MOST_BYTES = 10 * 1024 * 1024
MOST_LINES = 20_000
MOST_CELLS = 2_000_000
MOST_COLUMNS = 200


class Unreadable(Exception):
    """The whole file is refused; the text is translated and says what to do."""


class Line(NamedTuple):
    """One line with its number as the spreadsheet program shows it."""

    number: int
    cells: tuple[str, ...]

    def cell(self, column: int) -> str:
        return self.cells[column] if column < len(self.cells) else ""


@dataclass(frozen=True)
class Sheet:
    """A sheet without its empty lines. A text file is one sheet without a title."""

    title: str
    lines: list[Line]


class Meter:
    """Counts what is read, over all sheets, and stops a file that is too long."""

    def __init__(self) -> None:
        self.lines = 0
        self.cells = 0

    def measured(self, rows: Iterable[tuple[int, Sequence[str]]]) -> Iterator[Line]:
        """The lines that hold something, each cell tidied."""
        for number, row in rows:
            self.cells += max(len(row), 1)
            if self.cells > MOST_CELLS:
                raise Unreadable(
                    _(
                        "This table is too large. Copy the lines you need into a new "
                        "file, without the empty lines and columns around them."
                    )
                )
            cells = tuple(tidy(cell) for cell in row)
            if any(cells):
                yield self._count(Line(number, _without_empty_end(cells)))

    def _count(self, line: Line) -> Line:
        self.lines += 1
        if self.lines > MOST_LINES:
            raise Unreadable(
                _(
                    "The file has more than %(most)s lines. Is it the right file? If "
                    "so, split it."
                )
                % {"most": MOST_LINES}
            )
        if len(line.cells) > MOST_COLUMNS:
            raise Unreadable(
                _("Line %(line)s has more than %(most)s columns.")
                % {"line": line.number, "most": MOST_COLUMNS}
            )
        return line


def tidy(text: str) -> str:
    """Spaces of any kind are one space; what cannot be seen or stored is dropped.

    The joiners of Persian writing stay: they belong to the spelling of a name.
    """
    text = unicodedata.normalize("NFC", " ".join(text.split()))
    if text.isascii() and text.isprintable():
        return text
    return "".join(c for c in text if not _is_invisible(c)).strip()


def _is_invisible(character: str) -> bool:
    if unicodedata.category(character) in ("Cc", "Cs"):
        return True
    return character in "\u00ad\u200b\u2060\ufeff"


def _without_empty_end(cells: tuple[str, ...]) -> tuple[str, ...]:
    end = len(cells)
    while end and not cells[end - 1]:
        end -= 1
    return cells[:end]
