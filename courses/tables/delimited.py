"""Text files: which alphabet, which separator, which lines."""

import csv
import io
from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from .sheets import Meter, Sheet, Unreadable

SEPARATORS = ";,\t|"
_LOOKED_AT = 100
_CONTROLS = frozenset(range(32)) - {9, 10, 12, 13, 26}
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def read_text(data: bytes) -> list[Sheet]:
    """The one sheet of a text file."""
    text = decode(data)
    separator = separator_of(text)
    if separator is None:
        rows = ((n, [line]) for n, line in enumerate(text.split("\n"), 1))
        return [Sheet("", list(Meter().measured(rows)))]
    return [Sheet("", list(Meter().measured(_rows(text, separator))))]


def decode(data: bytes) -> str:
    """UTF-8 or UTF-16 as marked, else UTF-8 where it fits, else Windows-1251."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strict(data, encoding)
    if _CONTROLS & frozenset(data):
        raise Unreadable(_not_a_table())
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _strict(data, "cp1251")


def separator_of(text: str) -> str | None:
    """The separator that cuts most lines into the same number of columns."""
    lines = [line for line in text.split("\n")[: 10 * _LOOKED_AT] if line.strip()]
    sample = "\n".join(lines[:_LOOKED_AT])
    best, chosen = (0, 0), None
    for separator in SEPARATORS:
        widths = Counter(_widths(sample, separator))
        widths.pop(0, None)
        widths.pop(1, None)
        if widths:
            width, lines_of_it = widths.most_common(1)[0]
            if (lines_of_it, width) > best:
                best, chosen = (lines_of_it, width), separator
    return chosen


def _widths(sample: str, separator: str) -> list[int]:
    try:
        return [len(row) for row in csv.reader(sample.split("\n"), delimiter=separator)]
    except csv.Error:
        return []


def _rows(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with the number of the line on which it begins.

    Strict: a quotation mark left open would swallow the people below it.
    """
    source = io.StringIO(text, newline="")
    reader = csv.reader(source, delimiter=separator, strict=True)
    begins = 1
    try:
        for row in reader:
            yield begins, row
            begins = reader.line_num + 1
    except csv.Error as error:
        raise Unreadable(
            _(
                "Line %(line)s cannot be read: perhaps a quotation mark is not closed. "
                "Save the list as .xlsx or as CSV again."
            )
            % {"line": begins}
        ) from error


def _strict(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(_not_a_table()) from error
    if "\x00" in text:
        raise Unreadable(_not_a_table())
    return text.lstrip("\ufeff")


def _not_a_table() -> str:
    return _(
        "This is not a spreadsheet. Save the list as an Excel workbook (.xlsx) or as "
        "CSV and choose that file."
    )
