"""Words inside their box: as large as they fit, on one line or on two (CE-29)."""

from typing import NamedTuple

from . import glyphs

SMALLEST = 9


class Box(NamedTuple):
    """Room for some words, in points; below `one_line` they are broken in two."""

    across: float
    largest: int
    one_line: int


class Setting(NamedTuple):
    """The lines and the size of their letters in points."""

    lines: list[str]
    size: int


def fit(text: str, box: Box, *, bold: bool = False) -> Setting:
    """Set a text in a box.

    One line while its letters stay large enough, then two lines broken where they are
    most alike and as large as they fit.
    """

    def width(line: str) -> float:
        return glyphs.width(line, bold=bold)

    words = text.split()
    line = " ".join(words)
    size = _size(width(line), box)
    if size >= box.one_line or len(words) < 2:
        return Setting([line], size)
    lines = min(_breaks(words), key=lambda lines: max(map(width, lines)))
    return Setting(lines, min(_size(max(map(width, lines)), box), box.one_line))


def _breaks(words: list[str]) -> list[list[str]]:
    return [
        [" ".join(words[:place]), " ".join(words[place:])]
        for place in range(1, len(words))
    ]


def _size(width: float, box: Box) -> int:
    return max(min(int(box.across / (width or 1)), box.largest), SMALLEST)
