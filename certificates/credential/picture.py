"""The picture of a badge: an adras lozenge, a suzani flower for its kind, the year.

Our own geometry, the year in the outlines of a bundled font: it looks the same
everywhere and asks for no font. No name and no word, so it is everybody's.
"""

import math
from functools import cache, lru_cache

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont
from weasyprint import HTML

from certificates.paper.showing import as_png
from lms.printing import FONTS, Fetcher, one_at_a_time

SIDE = 400
PIXELS = 512
NOTHING = (255, 255, 255, 0)
INK, SILK, PAPER, SHADE = "#1f4e79", "#b5893a", "#fbf8f1", "#c9d4de"
MIDDLE = SIDE / 2
FLOWER = (MIDDLE, 170.0)
YEAR_AT, YEAR_HIGH = 284.0, 46.0

Point = tuple[float, float]


@lru_cache(maxsize=64)
def svg(kind: str, year: int) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE} {SIDE}"'
        f' width="{SIDE}" height="{SIDE}">'
        + _fill(INK, _lozenge(MIDDLE, MIDDLE, 194))
        + _line(SILK, 2.5, _lozenge(MIDDLE, MIDDLE, 182))
        + _fill(PAPER, _lozenge(MIDDLE, MIDDLE, 172))
        + _line(SHADE, 2, _bleeding())
        + _line(INK, 1.5, _lozenge(MIDDLE, MIDDLE, 146))
        + FLOWERS[kind]()
        + _fill(INK, _written(str(year)))
        + "</svg>"
    )


@lru_cache(maxsize=64)
def png(kind: str, year: int) -> bytes:
    """Drawn once a process; the corners let the ground show through."""
    size = (
        f"<style>@page {{ size: {SIDE}px; margin: 0 }} svg {{ display: block }}</style>"
    )
    with one_at_a_time:
        pdf = HTML(string=size + svg(kind, year), url_fetcher=Fetcher()).write_pdf()
    return as_png(pdf, across=PIXELS, ground=NOTHING)


def _completion() -> str:
    return (
        _fill(SILK, _petals(22, 58, 0.14, 8, turned=True))
        + _fill(INK, _petals(16, 62, 0.3, 8))
        + _fill(SHADE, _petals(26, 50, 0.11, 8))
        + _heart()
    )


def _attendance() -> str:
    """The same flower, drawn and not yet embroidered."""
    return (
        _line(SILK, 2, _petals(22, 58, 0.14, 8, turned=True))
        + _line(INK, 2.5, _petals(16, 62, 0.3, 8))
        + _heart()
    )


def _distinction() -> str:
    """In full bloom."""
    return (
        _fill(SILK, _petals(20, 72, 0.2, 8, turned=True))
        + _line(PAPER, 2, _petals(30, 62, 0.08, 8, turned=True))
        + _fill(INK, _petals(16, 64, 0.27, 8))
        + _fill(SHADE, _petals(26, 52, 0.1, 8))
        + _heart()
    )


def _trainer() -> str:
    """A flower with buds that grow from it."""
    buds = "".join(_disc(_on(66, math.tau * n / 4 + math.pi / 4), 8) for n in range(4))
    stems = "".join(
        f"M{_at(_on(14, turn))}L{_at(_on(58, turn))}"
        for turn in (math.tau * n / 4 + math.pi / 4 for n in range(4))
    )
    return (
        _line(SILK, 3, stems)
        + _fill(SILK, buds)
        + _fill(INK, _petals(14, 64, 0.36, 4))
        + _fill(SHADE, _petals(26, 52, 0.14, 4))
        + _heart()
    )


FLOWERS = {
    "completion": _completion,
    "attendance": _attendance,
    "distinction": _distinction,
    "trainer": _trainer,
}


def _heart() -> str:
    return (
        _fill(PAPER, _disc(FLOWER, 15))
        + _line(INK, 2, _disc(FLOWER, 13))
        + _fill(SILK, _disc(FLOWER, 6))
    )


def _petals(
    inner: float, outer: float, half: float, count: int, *, turned: bool = False
) -> str:
    """Pointed leaves around the flower's middle, widest two thirds out."""
    path = ""
    for n in range(count):
        turn = math.tau * (n + turned / 2) / count
        wide = inner + (outer - inner) * 0.62
        start, tip = _at(_on(inner, turn)), _at(_on(outer, turn))
        left, right = _at(_on(wide, turn - half * 2)), _at(_on(wide, turn + half * 2))
        path += f"M{start}Q{left} {tip}Q{right} {start}Z"
    return path


def _bleeding() -> str:
    """Short lines along the rim, as the dye bleeds in adras."""
    path = ""
    for n in range(1, 24):
        away = 172 * n / 24
        length = (7, 15, 11)[n % 3]
        for x in (-away, away):
            for y in (-1, 1):
                edge = MIDDLE + y * (172 - abs(x))
                path += (
                    f"M{_n(MIDDLE + x)} {_n(edge)}V{_n(edge - y * min(length, away))}"
                )
    return path


@cache
def _font() -> TTFont:
    return TTFont(FONTS / "NotoSerif-Bold.ttf")


def _written(text: str) -> str:
    """The outlines of these letters, in the middle."""
    font = _font()
    glyphs, names = font.getGlyphSet(), font.getBestCmap()
    scale = YEAR_HIGH / font["head"].unitsPerEm
    across = sum(glyphs[names[ord(letter)]].width for letter in text) * scale
    pen, x = SVGPathPen(glyphs, ntos=_n), MIDDLE - across / 2
    for letter in text:
        glyph = glyphs[names[ord(letter)]]
        glyph.draw(TransformPen(pen, (scale, 0, 0, -scale, x, YEAR_AT)))
        x += glyph.width * scale
    return pen.getCommands()


def _lozenge(x: float, y: float, half: float) -> str:
    return (
        f"M{_n(x)} {_n(y - half)}L{_n(x + half)} {_n(y)} {_n(x)} {_n(y + half)}"
        f" {_n(x - half)} {_n(y)}Z"
    )


def _disc(centre: Point, radius: float) -> str:
    (x, y), r = centre, _n(radius)
    return (
        f"M{_n(x - radius)} {_n(y)}A{r} {r} 0 1 1 {_n(x + radius)} {_n(y)}"
        f"A{r} {r} 0 1 1 {_n(x - radius)} {_n(y)}Z"
    )


def _on(radius: float, turn: float) -> Point:
    return (
        FLOWER[0] + radius * math.sin(turn),
        FLOWER[1] - radius * math.cos(turn),
    )


def _at(point: Point) -> str:
    return f"{_n(point[0])} {_n(point[1])}"


def _fill(colour: str, path: str) -> str:
    return f'<path fill="{colour}" d="{path}"/>'


def _line(colour: str, width: float, path: str) -> str:
    return f'<path fill="none" stroke="{colour}" stroke-width="{width}" d="{path}"/>'


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
