"""Letters that were lost on the way to us: nobody can bring them back here."""

import re
from collections.abc import Iterable

from courses.tables.sheets import Line

# "?осимов", "Ибро?имзода": a question mark where a letter stood. A question mark at
# the end of a word may be meant; in a link it is.
_LOST = re.compile(r"[^\W\d_]*\?+[^\W\d_][\w?]*|\w*\ufffd+\w*")
_LINK = re.compile(r"://|www\.|@|=")
# What UTF-8 looks like when it was read as Windows-1251 and saved again.
_TWICE = re.compile(r"(?:[РСТУ][\u0400-\u045f\u2010-\u2122\u00a0-\u00bf]){3,}")


def lost_word(lines: Iterable[Line]) -> tuple[int, str] | None:
    """The first word with a lost letter and the number of its line."""
    for line in lines:
        for cell in line.cells:
            if ("?" in cell or "\ufffd" in cell) and not _LINK.search(cell):
                found = _LOST.search(cell)
                if found:
                    return line.number, found.group()
    return None


def twice_encoded_word(lines: Iterable[Line]) -> tuple[int, str] | None:
    """The first word whose bytes were read in the wrong alphabet before."""
    for line in lines:
        for cell in line.cells:
            for found in _TWICE.finditer(cell):
                if _was_utf8(found.group()):
                    return line.number, found.group()
    return None


def _was_utf8(text: str) -> bool:
    try:
        return bool(text.encode("cp1251").decode("utf-8"))
    except UnicodeError:
        return False
