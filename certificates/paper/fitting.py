"""Words inside their box: as large as they fit, on one line or on two (CE-29)."""

from collections.abc import Callable
from typing import NamedTuple

from certificates.paper import glyphs

SMALLEST = 4

Measure = Callable[[str], float]


class Box(NamedTuple):
    """Room for some words, in points; below `one_line` they are broken in two."""

    across: float
    largest: float
    one_line: float


class Setting(NamedTuple):
    """The lines and the size of their letters in points."""

    lines: list[str]
    size: float


def fit(text: str, box: Box, *, bold: bool = False, sans: bool = False) -> Setting:
    """Set a text in a box.

    One line while its letters stay large enough, then two lines broken where they are
    most alike and as large as they fit. A single word breaks only when nobody could
    read it otherwise.
    """
    measure = _measure(bold=bold, sans=sans)
    words = text.split()
    line = " ".join(words)
    size = _size(measure(line), box)
    if size >= box.one_line:
        return Setting([line], size)
    if len(words) < 2:
        if size > box.one_line / 2:
            return Setting([line], size)
        pairs = [[line[: len(line) // 2], line[len(line) // 2 :]]]
    else:
        pairs = _breaks(words)
    lines = min(pairs, key=lambda pair: max(map(measure, pair)))
    return Setting(lines, min(_size(max(map(measure, lines)), box), box.one_line))


def wrap(
    text: str, across: float, size: float, *, bold: bool = False, sans: bool = False
) -> list[str]:
    """As few lines as the words need at this size, and those as even as they can be.

    A word wider than the box stands on a line of its own; a no-break space is kept.
    """
    words = [word for word in text.split(" ") if word]
    return _wrapped(words, " ", across / size, _measure(bold=bold, sans=sans))


def wrap_parts(
    parts: list[str], joint: str, across: float, size: float, *, sans: bool = False
) -> list[str]:
    """Lines that break between the parts only; there the joint is left out.

    Parts of which one is wider than the box are wrapped as one text.
    """
    measure = _measure(bold=False, sans=sans)
    if any(measure(part) * size > across for part in parts):
        return wrap(joint.join(parts), across, size, sans=sans)
    return _wrapped(parts, joint, across / size, measure)


def _wrapped(
    words: list[str], joint: str, across: float, measure: Measure
) -> list[str]:
    measured = [(word, measure(word)) for word in words]
    space = measure(joint)
    lines = _filled(measured, space, across)
    low, high = max((wide for _word, wide in measured), default=0), across
    # No narrower than the longest word; six halvings are finer than a letter.
    for _halving in range(6 if len(lines) > 1 else 0):
        middle = (low + high) / 2
        if len(_filled(measured, space, middle)) > len(lines):
            low = middle
        else:
            high = middle
    return [joint.join(line) for line in _filled(measured, space, high)]


def _filled(
    words: list[tuple[str, float]], space: float, across: float
) -> list[list[str]]:
    lines: list[list[str]] = []
    used = 0.0
    for word, wide in words:
        if lines and used + space + wide <= across:
            lines[-1].append(word)
            used += space + wide
        else:
            lines.append([word])
            used = wide
    return lines


def _measure(*, bold: bool, sans: bool) -> Measure:
    return lambda text: glyphs.width(text, bold=bold, sans=sans)


def _breaks(words: list[str]) -> list[list[str]]:
    return [
        [" ".join(words[:place]), " ".join(words[place:])]
        for place in range(1, len(words))
    ]


def _size(width: float, box: Box) -> float:
    """Down to a quarter of a point, so that what is measured is what is set."""
    fitting = int(box.across / (width or 1) * 4) / 4
    return max(min(fitting, box.largest), SMALLEST)
