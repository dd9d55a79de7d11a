"""Line patterns after Tajik adras and suzani, drawn from a course's key.

A motif is drawn around its own centre, a quarter of it turned four times where that
saves bytes, and then repeated over the cloth as weavers do. Every cover is symmetric
about its middle.
"""

import hashlib
import math
import uuid
from typing import TypeVar

BRAND = "#1f4e79"
THREAD = "#fbf8f1"
SILK = "#e2b564"
WIDTH, HEIGHT, EDGE = 320, 160, 12

Choice = TypeVar("Choice")
Dice = bytes
Point = tuple[float, float]


def cover_svg(key: uuid.UUID | str, *, brand: str = BRAND) -> str:
    """Draw a course's cover: the same key gives the same bytes, always under 2 KB."""
    dice = hashlib.sha256(str(key).encode()).digest()
    weave = _pick(dice, 0, (_great, _great, _row, _rows, _nest))
    return _svg(
        f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"',
        weave(dice) + _pattern("e", 16, EDGE, _edge(dice)),
        f'<path fill="{brand}" d="M0 0h{WIDTH}v{HEIGHT}H0z"/>'
        f'<path fill="url(#c)" d="M0 {EDGE}h{WIDTH}v{HEIGHT - 2 * EDGE}H0z"/>'
        f'<path id="t" fill="url(#e)" d="M0 0h{WIDTH}v{EDGE}H0z"/>'
        f'<use href="#t" transform="matrix(1 0 0-1 0 {HEIGHT})"/>',
    )


def band_svg(*, brand: str = BRAND) -> str:
    """Draw the ribbon of the home page: 24 px high, as wide as its picture's box."""
    lozenge = _line(_ring(10) + _ring(6.5)) + _silk(_ring(3))
    teeth = "".join(f"M{x} {-y}v{2 * y}M{-x} {-y}v{2 * y}" for x, y in _TEETH)
    cloth = '<path fill="{}" d="M0 0h9999v24H0z"/>'
    return _svg(
        'width="100%" height="24"',
        _pattern("b", 48, 24, lozenge + _faint(teeth)),
        cloth.format(brand) + cloth.format("url(#b)"),
    )


_TEETH = ((24, 9), (21, 7), (18, 5), (15, 3))


# How motifs lie on the cloth.


def _great(dice: Dice) -> str:
    """One large motif in the middle, its neighbours cut by the sides."""
    cloth = _motif(dice, 62) + _small(dice, 15, 80, 44)
    return _pattern("c", 160, 160, cloth, start=(80, 0))


def _row(dice: Dice) -> str:
    """Three in a row, small ones above and below each seam."""
    return _pattern("c", WIDTH / 3, 160, _motif(dice, 49) + _small(dice, 13, 53.3, 42))


def _rows(dice: Dice) -> str:
    """Two rows of four, a small one where four meet."""
    cloth = _motif(dice, 31) + _small(dice, 12, 40, 34)
    return _pattern("c", 80, 68, cloth, start=(0, EDGE))


def _nest(dice: Dice) -> str:
    """Lozenges that fill the cloth, each row moved by half, as in adras."""
    step = _pick(dice, 1, (64, 80, 106.67))
    half, tall = step / 2, 68
    heart = _between(dice, 2, 0.1, 0.34)
    lozenge = _lozenge(half - 1, tall / 2 - 1, heart)
    moved = f'<g id="m">{lozenge}</g>' + "".join(
        f'<use href="#m" x="{_n(x)}" y="{y}"/>'
        for x in (-half, half)
        for y in (-tall // 2, tall // 2)
    )
    return _pattern("c", step, tall, moved, start=(0, EDGE))


# Motifs, each about as wide as `size` from its centre.


def _motif(dice: Dice, size: float) -> str:
    return _pick(dice, 2, (_rosette, _stepped, _horns, _star, _rosette))(dice, size)


def _rosette(dice: Dice, size: float) -> str:
    """A suzani flower: petals about a ring, a scalloped hem outside."""
    petals = _pick(dice, 3, (8, 12, 16))
    ring = size * _between(dice, 4, 0.24, 0.38)
    quarter = [90 * n * 4 / petals for n in range(petals // 4)]
    hem = [turn + 180 / petals for turn in quarter]
    return (
        _four(
            "p",
            _line("".join(_petal(ring, size * 0.76, turn, petals) for turn in quarter))
            + _faint("".join(_petal(size * 0.83, size, t, petals + 12) for t in hem)),
        )
        + _circle(size * 0.79)
        + _circle(ring * 0.86)
        + _silk(_ring(ring * 0.5))
    )


def _stepped(dice: Dice, size: float) -> str:
    """An ikat lozenge with a loom's steps, one inside another."""
    steps = _pick(dice, 3, (4, 5, 6))
    inner = _between(dice, 4, 0.28, 0.44)
    return (
        _faint(_stairs(size, steps))
        + _line(_stairs(size * 0.8, steps) + _ring(size * 0.56) + _ring(size * inner))
        + _silk(_ring(size * 0.16))
    )


def _horns(dice: Dice, size: float) -> str:
    """The ram's horn, qochqorak: four arms that each end in two curls."""
    curl = size * _between(dice, 3, 0.24, 0.27)
    lozenge = _ring(size * _between(dice, 4, 0.28, 0.38))
    return (
        _four("p", _line(_horn(size, curl)))
        + _line(lozenge)
        + _faint(_ring(size * 0.94, turn=45))
        + _silk(_ring(size * 0.15))
    )


def _star(dice: Dice, size: float) -> str:
    """Squares turned through each other, a flower at the heart."""
    squares = _pick(dice, 3, (2, 3))
    turned = "".join(_ring(size, turn=90 / squares * n) for n in range(squares))
    petals = squares * 4
    quarter = [360 / petals * n for n in range(squares)]
    flower = size * _between(dice, 4, 0.44, 0.57)
    return (
        _line(turned)
        + _four(
            "p",
            _faint("".join(_petal(size * 0.16, flower, t, petals) for t in quarter)),
        )
        + _circle(flower + size * 0.04)
        + _silk(_ring(size * 0.12))
    )


def _lozenge(across: float, tall: float, heart: float) -> str:
    """A nest of flat lozenges with a silk one at its heart."""
    shape = "M0-{t}L{a} 0 0 {t}-{a} 0z"
    parts = [1 - (1 - heart) * step / 4 for step in range(5)]
    sizes = [shape.format(a=_n(across * part), t=_n(tall * part)) for part in parts]
    return _line(sizes[0] + sizes[2]) + _faint(sizes[1] + sizes[3]) + _silk(sizes[4])


def _small(dice: Dice, size: float, x: float, y: float) -> str:
    """The little figure between motifs: a bud, a lozenge or a seed, in four corners.

    Those on a seam are drawn from both sides; each tile keeps its half.
    """
    figure = _pick(
        dice,
        5,
        (
            _line("".join(_petal(1, size, 90 * n, 5) for n in range(4))),
            _line(_ring(size * 0.8)) + _silk(_ring(size * 0.3)),
            _faint(_ring(size * 0.9)) + _circle(size * 0.4),
        ),
    )
    corner = f'<g id="s" transform="translate({_n(-x)}-{_n(y)})">{figure}</g>'
    return corner + "".join(
        f'<use href="#s" x="{_n(across)}" y="{_n(down)}"/>'
        for across, down in ((2 * x, 0), (0, 2 * y), (2 * x, 2 * y))
    )


def _edge(dice: Dice) -> str:
    """A selvedge of teeth, a wave or dots."""
    return _pick(
        dice,
        6,
        (
            _line("M-8 5.5 0-2 8 5.5") + _faint("M-8-4.5H8"),
            _line("M-8 0q4-6 8 0t8 0M-8 5.5H8"),
            _silk(_ring(2)) + _line("M-8 5.5H8") + _faint("M-8-5H8"),
        ),
    )


# Geometry.


def _at(radius: float, degrees: float) -> Point:
    """A point on a circle; zero degrees is straight up."""
    angle = math.radians(degrees - 90)
    return radius * math.cos(angle), radius * math.sin(angle)


def _ring(radius: float, *, turn: float = 0) -> str:
    """A square standing on its corner: the weaver's lozenge."""
    return f"M{_points(*(_at(radius, turn + 90 * n) for n in range(4)))}z"


def _petal(inner: float, outer: float, turn: float, petals: float) -> str:
    """A pointed leaf between two circles, as wide as its share of the round."""
    middle, half = (inner + outer) / 2, 150 / petals
    start, tip = _at(inner, turn), _at(outer, turn)
    sides = _at(middle, turn - half), _at(middle, turn + half)
    return f"M{_points(start)}Q{_points(sides[0], tip)} {_points(sides[1], start)}"


def _stairs(size: float, steps: int) -> str:
    """A lozenge as a loom draws it: in steps."""
    step = _n(size / steps)
    return f"M0-{_n(size)}" + "".join(
        f"h{across}{step}v{down}{step}" * steps
        for across, down in (("", ""), ("-", ""), ("-", "-"), ("", "-"))
    )


def _horn(size: float, curl: float) -> str:
    """One arm, upwards: a stem that parts into two curls, each three half rounds."""
    turns = [curl * part for part in (1, 0.72, 0.46)]
    stem = f"M0-{_n(size * 0.3)}V-{_n(size - curl)}"
    return stem + f"M0-{_n(size - curl)}".join(
        "".join(
            f"a{_n(r)} {_n(r)} 0 0 {sweep} {_n(2 * r * side * (-1) ** n)} 0"
            for n, r in enumerate(turns)
        )
        for sweep, side in ((1, 1), (0, -1))
    )


# Writing it down.


def _pick(dice: Dice, throw: int, choices: tuple[Choice, ...]) -> Choice:
    return choices[dice[throw] % len(choices)]


def _between(dice: Dice, throw: int, low: float, high: float) -> float:
    return low + (high - low) * dice[throw] / 255


def _n(value: float) -> str:
    """A number in as few characters as a tenth of a pixel needs."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text.replace("-0.", "-.")


def _points(*points: Point) -> str:
    return " ".join(f"{_n(x)} {_n(y)}" for x, y in points)


def _line(path: str) -> str:
    return f'<path d="{path}"/>'


def _faint(path: str) -> str:
    return f'<path opacity=".5" d="{path}"/>'


def _silk(path: str) -> str:
    return f'<path fill="{SILK}" stroke="none" d="{path}"/>'


def _circle(radius: float) -> str:
    return f'<circle r="{_n(radius)}"/>'


def _four(name: str, quarter: str) -> str:
    return f'<g id="{name}">{quarter}</g>' + "".join(
        f'<use href="#{name}" transform="rotate({turn})"/>' for turn in (90, 180, 270)
    )


def _pattern(
    name: str, width: float, height: float, motif: str, *, start: Point = (0, 0)
) -> str:
    """A tile whose middle is the origin of the motif, laid from `start` on."""
    w, h = _n(width), _n(height)
    return (
        f'<pattern id="{name}" x="{start[0]}" y="{start[1]}" width="{w}" height="{h}"'
        f' viewBox="{_n(-width / 2)} {_n(-height / 2)} {w} {h}"'
        f' patternUnits="userSpaceOnUse" fill="none" stroke="{THREAD}">'
        f"{motif}</pattern>"
    )


def _svg(box: str, patterns: str, cloth: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{patterns}{cloth}</svg>'
