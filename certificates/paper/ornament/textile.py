"""Adras lozenges and suzani flowers, after Tajik cloth and needlework."""

from .guilloche import TURN
from .lines import Ink, Point, circle, line, lozenge, petal, tint

SILK = "#b5893a"


def adras(
    start: Point, stop: Point, half: float, accent: str, *, count: int
) -> list[Ink]:
    """A chain of lozenges in lozenges along an upright or lying line.

    The dye bleeds between them: three short lines, each shorter than the last.
    """
    (x1, y1), (x2, y2) = start, stop
    lies = y1 == y2
    step = ((x2 - x1) if lies else (y2 - y1)) / count
    rims, cores, hearts, bleeding = "", "", "", ""
    for n in range(count):
        x = x1 + (step * (n + 0.5) if lies else 0)
        y = y1 + (0 if lies else step * (n + 0.5))
        across, down = (step / 2, half) if lies else (half, step / 2)
        rims += lozenge(x, y, across, down)
        cores += lozenge(x, y, across * 0.62, down * 0.62)
        hearts += lozenge(x, y, across * 0.24, down * 0.24)
    for n in range(count + 1):
        along = step * n
        for away, length in ((0.0, 0.62), (0.11, 0.4), (0.22, 0.22)):
            for side in (-1, 1) if away else (1,):
                place = along + side * away * step
                if not 0 <= place / step <= count:
                    continue
                for edge in (-1, 1):
                    tip = edge * half * (1 - length)
                    bleeding += (
                        line((x1 + place, y1 + edge * half), (x1 + place, y1 + tip))
                        if lies
                        else line(
                            (x1 + edge * half, y1 + place), (x1 + tip, y1 + place)
                        )
                    )
    return [
        Ink(tint(accent, 0.35), 0.16, bleeding),
        Ink(accent, 0.2, rims),
        Ink(accent, 0, cores),
        Ink("#ffffff", 0, hearts),
    ]


def suzani(centre: Point, radius: float, accent: str) -> list[Ink]:
    """A flower as seen from above: two rings of petals about a round heart."""
    far, near = radius, radius * 0.6
    outer = "".join(
        petal(centre, radius * 0.34, far, TURN * n / 8, 0.36, 0.75) for n in range(8)
    )
    between = "".join(
        petal(centre, radius * 0.4, radius * 0.94, TURN * (n + 0.5) / 8, 0.13, 0.5)
        for n in range(8)
    )
    inner = "".join(
        petal(centre, radius * 0.12, near, TURN * (n + 0.5) / 8, 0.34, 0.7)
        for n in range(8)
    )
    veins = "".join(
        petal(centre, radius * 0.42, far * 0.86, TURN * n / 8, 0.14, 0.7)
        for n in range(8)
    )
    return [
        Ink(SILK, 0, between),
        Ink(accent, 0, outer),
        Ink(tint(accent, 0.72), 0, veins),
        Ink("#ffffff", 0, inner),
        Ink(SILK, 0.16, inner),
        Ink("#ffffff", 0, circle(centre, radius * 0.21)),
        Ink(accent, 0.2, circle(centre, radius * 0.21)),
        Ink(SILK, 0, circle(centre, radius * 0.11)),
    ]
