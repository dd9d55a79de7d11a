"""The ornaments: what lies under the words of each theme, the seal's place, a rule."""

from collections.abc import Callable

from certificates.paper.ornament.guilloche import TURN, braid, rosette, spindle
from certificates.paper.ornament.lines import (
    Figure,
    Ink,
    Point,
    box,
    circle,
    line,
    lozenge,
    petal,
    tint,
)
from certificates.paper.ornament.textile import SILK, adras, suzani

INK, HAIR = "#1f4e79", "#c9c4b6"
ACROSS, UPRIGHT = (297.0, 210.0), (210.0, 297.0)


# From the edge of the sheet: the outer line, the line between the two bands, the inner.
EDGE, RAIL, INNER = 8.0, 12.2, 21.8
MIDDLE = (RAIL + INNER) / 2
MEDAL = 10.6


def guilloche(accent: str) -> Figure:
    """A bank note's border: adras, woven waves, a flower in each corner."""
    width, height = ACROSS
    inks = [
        *_watermark((width / 2, 97.0), accent),
        Ink(tint(accent, 0.93), 0, _ring(RAIL, INNER)),
        *_woven_sides((INNER - RAIL) / 2 - 0.5, accent),
        *_adras_sides(accent),
        Ink(accent, 0.5, _sides(RAIL) + _sides(INNER)),
        Ink(accent, 0.22, _sides(EDGE)),
        Ink(SILK, 0.22, _sides(INNER + 1.3)),
        Ink(tint(accent, 0.35), 0.12, _sides(RAIL + 0.7) + _sides(INNER - 0.7)),
    ]
    for x in (MIDDLE, width - MIDDLE):
        for y in (MIDDLE, height - MIDDLE):
            inks += _medal((x, y), accent)
    return Figure(width, height, inks)


def _sides(inset: float) -> str:
    """Four lines at this distance from the edge, between the corners' middles."""
    width, height = ACROSS
    path = ""
    for y in (inset, height - inset):
        path += line((MIDDLE, y), (width - MIDDLE, y))
    for x in (inset, width - inset):
        path += line((x, MIDDLE), (x, height - MIDDLE))
    return path


def _ring(outer: float, inner: float) -> str:
    """The four bands between two distances from the edge."""
    width, height = ACROSS
    return (
        box(MIDDLE, outer, width - MIDDLE, inner)
        + box(MIDDLE, height - inner, width - MIDDLE, height - outer)
        + box(outer, MIDDLE, inner, height - MIDDLE)
        + box(width - inner, MIDDLE, width - outer, height - MIDDLE)
    )


def _woven_sides(swing: float, accent: str) -> list[Ink]:
    width, height = ACROSS
    left, right, top, bottom = MIDDLE, width - MIDDLE, MIDDLE, height - MIDDLE
    lying = [((left, y), (right, y)) for y in (top, bottom)]
    upright = [((x, top), (x, bottom)) for x in (left, right)]
    first, second = "", ""
    for sides, waves, beads in ((lying, 48, 12), (upright, 32, 8)):
        for start, stop in sides:
            first += braid(start, stop, swing, waves=waves, beads=beads, strands=6)
            second += braid(
                start, stop, swing * 0.62, waves=waves // 2, beads=beads * 2, strands=4
            )
    return [Ink(accent, 0.11, first), Ink(SILK, 0.11, second)]


def _adras_sides(accent: str) -> list[Ink]:
    width, height = ACROSS
    middle, half = (EDGE + RAIL) / 2, (RAIL - EDGE) / 2 - 0.35
    inks: list[Ink] = []
    for y in (middle, height - middle):
        inks += adras((INNER, y), (width - INNER, y), half, accent, count=44)
    for x in (middle, width - middle):
        inks += adras((x, INNER), (x, height - INNER), half, accent, count=29)
    return inks


def _medal(centre: Point, accent: str) -> list[Ink]:
    """Woven rings about a suzani flower."""
    return [
        Ink("#ffffff", 0, circle(centre, MEDAL + 0.7)),
        Ink(tint(accent, 0.93), 0, circle(centre, MEDAL)),
        Ink(accent, 0.11, rosette(centre, 6.2, MEDAL - 0.4, lobes=24, strands=6)),
        Ink(SILK, 0.11, rosette(centre, 7.4, 9.2, lobes=12, strands=4)),
        Ink(accent, 0.5, circle(centre, MEDAL)),
        Ink("#ffffff", 0, circle(centre, 6.2)),
        Ink(accent, 0.25, circle(centre, 6.2)),
        *suzani(centre, 5.6, accent),
    ]


def _watermark(centre: Point, accent: str) -> list[Ink]:
    """A large faint rosette behind the words."""
    pale = tint(accent, 0.86)
    return [
        Ink(pale, 0.1, rosette(centre, 10, 30, lobes=12, strands=8)),
        Ink(tint(SILK, 0.8), 0.1, rosette(centre, 26, 42, lobes=24, strands=6)),
        Ink(pale, 0.1, rosette(centre, 38, 70, lobes=36, strands=6)),
    ]


def seal(accent: str) -> Figure:
    """Where the seal is pressed: woven rings, empty inside."""
    centre = (20.0, 20.0)
    petals = "".join(
        petal(centre, 17.6, 19.7, TURN * n / 48, 0.05, 0.5) for n in range(48)
    )
    return Figure(
        40.0,
        40.0,
        [
            Ink(
                tint(accent, 0.5),
                0.12,
                rosette(centre, 14.2, 17.4, lobes=36, strands=6),
            ),
            Ink(tint(SILK, 0.25), 0.12, rosette(centre, 15, 16.6, lobes=18, strands=4)),
            Ink(tint(accent, 0.35), 0.2, circle(centre, 17.5) + circle(centre, 14.0)),
            Ink(tint(SILK, 0.45), 0, petals),
        ],
    )


def rule(accent: str) -> Figure:
    """A thin woven line between two parts of a text."""
    centre = (30.0, 3.0)
    return Figure(
        60.0,
        6.0,
        [
            Ink(accent, 0.11, spindle(centre, 56, 2.4, waves=4.5, strands=8)),
            Ink(SILK, 0.13, spindle(centre, 40, 1.2, waves=3, strands=4)),
            Ink("#ffffff", 0, lozenge(*centre, 2.4, 1.7)),
            Ink(accent, 0.22, lozenge(*centre, 2.4, 1.7)),
            Ink(SILK, 0, lozenge(*centre, 1.1, 0.8)),
            Ink(accent, 0, lozenge(2, 3, 0.7, 0.5) + lozenge(58, 3, 0.7, 0.5)),
        ],
    )


def plain(accent: str) -> Figure:
    """Two lines and much white."""
    width, height = ACROSS
    left, right = 33.0, width - 33.0
    return Figure(
        width,
        height,
        [
            Ink(accent, 0.6, line((left, 15), (right, 15))),
            Ink(HAIR, 0.15, line((left, height - 15), (right, height - 15))),
        ],
    )


def bilingual(accent: str) -> Figure:
    """A woven band at the head and one at the foot, each between two lines."""
    width, height = ACROSS
    left, right, half = 26.0, width - 26.0, 2.6
    woven, silk, lines, tips, hearts = "", "", "", "", ""
    for y in (14.5, height - 14.5):
        ends = (left, y), (right, y)
        woven += braid(*ends, half, waves=56, beads=14, strands=6)
        silk += braid(*ends, half * 0.62, waves=28, beads=28, strands=4)
        lines += line((left, y - 4), (right, y - 4)) + line(
            (left, y + 4), (right, y + 4)
        )
        tips += lozenge(left, y, 2, 2.8) + lozenge(right, y, 2, 2.8)
        hearts += lozenge(left, y, 0.9, 1.3) + lozenge(right, y, 0.9, 1.3)
    caps = "".join(
        box(x, y - 3.9, x + 12, y + 3.9)
        for x in (left - 12, right)
        for y in (14.5, height - 14.5)
    )
    return Figure(
        width,
        height,
        [
            Ink(accent, 0.11, woven),
            Ink(SILK, 0.11, silk),
            Ink("#ffffff", 0, caps),
            Ink(accent, 0.3, lines),
            Ink("#ffffff", 0, tips),
            Ink(accent, 0.25, tips),
            Ink(SILK, 0, hearts),
        ],
    )


def statement(accent: str) -> Figure:
    """The head and the foot of a letter: a chain of adras, a line."""
    width, height = UPRIGHT
    left, right = 28.0, width - 28.0
    return Figure(
        width,
        height,
        [
            *adras((left, 15.5), (right, 15.5), 1.75, accent, count=28),
            Ink(accent, 0.22, line((left, 13.4), (right, 13.4))),
            Ink(accent, 0.5, line((left, 17.6), (right, 17.6))),
            Ink(HAIR, 0.15, line((left, height - 14), (right, height - 14))),
        ],
    )


FIGURES: dict[str, Callable[[str], Figure]] = {
    "guilloche": guilloche,
    "plain": plain,
    "bilingual": bilingual,
    "statement": statement,
    "seal": seal,
    "rule": rule,
}
