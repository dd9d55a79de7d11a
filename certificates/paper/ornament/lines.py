"""Figures of plain strokes and fills, as SVG and as the operators of a PDF.

Lengths are millimetres; paths are written in hundredths of them, absolute, with the
letters M, L, C and Z only, so that both forms say the same.
"""

import math
import re
from collections.abc import Callable
from typing import NamedTuple

Point = tuple[float, float]
Way = Callable[[float], Point]

UNIT = 100
_STEP = re.compile(r"([MLCZ])([^MLCZ]*)")
_OPERATORS = {"M": "m", "L": "l", "C": "c", "Z": "h"}
# A quarter of a circle as one cubic curve.
_ROUND = 0.5523


class Ink(NamedTuple):
    """A path in one colour; filled where its line has no width."""

    colour: str
    width: float
    path: str


class Figure(NamedTuple):
    """Inks in the order of painting on a sheet of this size."""

    width: float
    height: float
    inks: list[Ink]


def svg(figure: Figure) -> str:
    width, height = figure.width, figure.height
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}mm" height="{height}mm"'
        f' viewBox="0 0 {width * UNIT:.0f} {height * UNIT:.0f}" fill="none"'
        ' stroke-linejoin="round" stroke-linecap="round">'
        + "".join(map(_element, figure.inks))
        + "</svg>"
    )


def operators(figure: Figure) -> bytes:
    """The same for a content stream, in hundredths of a millimetre."""
    return "\n".join(["1 J 1 j", *map(_painted, figure.inks)]).encode()


def tint(colour: str, white: float) -> str:
    """The colour mixed with so much white."""
    return "#" + "".join(
        f"{round(part + (255 - part) * white):02x}" for part in _parts(colour)
    )


# Paths.


def curve(way: Way, start: float, stop: float, pieces: int) -> str:
    """A smooth line along the way, as cubic curves with the way's own tangents."""
    step = (stop - start) / pieces
    path = f"M{_at(*way(start))}"
    for n in range(pieces):
        here, there = start + step * n, start + step * (n + 1)
        (x1, y1), (x2, y2) = way(here), way(there)
        (u1, v1), (u2, v2) = _slope(way, here, step), _slope(way, there, step)
        path += f"C{_at(x1 + u1, y1 + v1)} {_at(x2 - u2, y2 - v2)} {_at(x2, y2)}"
    return path


def polar(centre: Point, radius: Callable[[float], float]) -> Way:
    """A way around the centre; the angle is in radians, from the top."""

    def way(angle: float) -> Point:
        away = radius(angle)
        return centre[0] + away * math.sin(angle), centre[1] - away * math.cos(angle)

    return way


def circle(centre: Point, radius: float) -> str:
    (x, y), k = centre, radius * _ROUND
    return (
        f"M{_at(x, y - radius)}"
        f"C{_at(x + k, y - radius)} {_at(x + radius, y - k)} {_at(x + radius, y)}"
        f"C{_at(x + radius, y + k)} {_at(x + k, y + radius)} {_at(x, y + radius)}"
        f"C{_at(x - k, y + radius)} {_at(x - radius, y + k)} {_at(x - radius, y)}"
        f"C{_at(x - radius, y - k)} {_at(x - k, y - radius)} {_at(x, y - radius)}Z"
    )


def petal(
    centre: Point, inner: float, outer: float, turn: float, half: float, bend: float
) -> str:
    """A pointed leaf between two circles, `turn` and `half` its width in radians.

    `bend` is how far out it is widest: 0 near the middle, 1 near the tip.
    """
    low = inner + (outer - inner) * bend * 0.6
    high = inner + (outer - inner) * (0.4 + bend * 0.6)

    def on(radius: float, angle: float) -> str:
        return _at(
            centre[0] + radius * math.sin(angle), centre[1] - radius * math.cos(angle)
        )

    start, tip = on(inner, turn), on(outer, turn)
    return (
        f"M{start}C{on(low, turn - half)} {on(high, turn - half)} {tip}"
        f"C{on(high, turn + half)} {on(low, turn + half)} {start}Z"
    )


def polygon(*points: Point) -> str:
    return "M" + "L".join(_at(*point) for point in points) + "Z"


def lozenge(x: float, y: float, across: float, down: float) -> str:
    return polygon((x, y - down), (x + across, y), (x, y + down), (x - across, y))


def box(left: float, top: float, right: float, bottom: float) -> str:
    return polygon((left, top), (right, top), (right, bottom), (left, bottom))


def line(*points: Point) -> str:
    return "M" + "L".join(_at(*point) for point in points)


def _slope(way: Way, place: float, step: float) -> Point:
    """A third of the step along the tangent."""
    small = step / 500
    (x1, y1), (x2, y2) = way(place - small), way(place + small)
    share = step / small / 6
    return (x2 - x1) * share, (y2 - y1) * share


def _at(x: float, y: float) -> str:
    return f"{x * UNIT:.0f} {y * UNIT:.0f}"


def _parts(colour: str) -> list[int]:
    return [int(colour[place : place + 2], 16) for place in (1, 3, 5)]


def _element(ink: Ink) -> str:
    if not ink.width:
        return f'<path fill="{ink.colour}" d="{ink.path}"/>'
    return (
        f'<path stroke="{ink.colour}" stroke-width="{ink.width * UNIT:g}"'
        f' d="{ink.path}"/>'
    )


def _painted(ink: Ink) -> str:
    red, green, blue = (f"{part / 255:.3g}" for part in _parts(ink.colour))
    path = "\n".join(_drawn(*found.groups()) for found in _STEP.finditer(ink.path))
    if not ink.width:
        return f"{red} {green} {blue} rg\n{path}\nf"
    return f"{red} {green} {blue} RG {ink.width * UNIT:g} w\n{path}\nS"


def _drawn(letter: str, numbers: str) -> str:
    return f"{numbers.strip()} {_OPERATORS[letter]}".strip()
