"""The lines around a certificate: adras lozenges, suzani corners, a faint rosette.

Our own geometry in millimetres on an A4 sheet laid across. Only plain colours: a
print shop and an archive can both take it.
"""

import math

WIDTH, HEIGHT = 297.0, 210.0
MARGIN, BAND = 8.0, 11.0
INK, SILK = "#1f4e79", "#b5893a"


def frame_svg(accent: str = INK) -> str:
    """The whole sheet's ornament in the template's colour."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}mm" height="{HEIGHT}mm"'
        f' viewBox="0 0 {_n(WIDTH)} {_n(HEIGHT)}" fill="none" stroke-linejoin="round">'
        + _stroke(tint(accent, 0.9), 0.13, _guilloche())
        + _stroke(accent, 0.5, _box(MARGIN) + _box(MARGIN + BAND))
        + _stroke(SILK, 0.25, _box(MARGIN + BAND + 1.6) + _box(MARGIN - 1.4))
        + _band(accent)
        + _corners(accent)
        + "</svg>"
    )


def seal_svg(accent: str = INK) -> str:
    """Where the seal is pressed: two scalloped rings, empty inside."""
    petals = "".join(_petal((20, 20), 15.6, 18.6, 10 * n, 5.2) for n in range(36))
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="40mm" height="40mm"'
        ' viewBox="0 0 40 40" fill="none">'
        + _stroke(tint(accent, 0.55), 0.2, petals + _circle((20, 20), 15))
        + _stroke(tint(SILK, 0.3), 0.2, _circle((20, 20), 19.2))
        + "</svg>"
    )


def tint(colour: str, white: float) -> str:
    """The colour mixed with so much white."""
    parts = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{round(part + (255 - part) * white):02x}" for part in parts)


def _band(accent: str) -> str:
    """Nested lozenges in a chain on all four sides, loom's teeth between them."""
    nests: dict[float, list[str]] = {1.0: [], 0.72: [], 0.42: []}
    hearts, teeth = [], []
    for x, y, across, down in _places():
        for part, paths in nests.items():
            paths.append(_lozenge(x, y, across * part, down * part))
        hearts.append(_lozenge(x, y, across * 0.17, down * 0.17))
        teeth.append(_teeth(x, y, across, down))
    return (
        _stroke(accent, 0.32, "".join(nests[1.0] + nests[0.42]))
        + _stroke(tint(accent, 0.45), 0.22, "".join(nests[0.72] + teeth))
        + f'<path fill="{SILK}" d="{"".join(hearts)}"/>'
    )


def _places() -> list[tuple[float, float, float, float]]:
    """Middle and half diagonals of every lozenge of the band."""
    half = BAND / 2 - 1.1
    middle = MARGIN + BAND / 2
    found = []
    for length, count, lies in ((WIDTH, 24, True), (HEIGHT, 16, False)):
        start = MARGIN + BAND
        step = (length - 2 * start) / count
        for n in range(count):
            along = start + step * (n + 0.5)
            other = (HEIGHT if lies else WIDTH) - middle
            for aside in (middle, other):
                found.append(
                    (along, aside, step / 2, half) if lies
                    else (aside, along, half, step / 2)
                )  # fmt: skip
    return found


def _teeth(x: float, y: float, across: float, down: float) -> str:
    """Three short lines where two lozenges meet, as the dye bleeds in adras."""
    lies = across > down
    path = ""
    for n, length in enumerate((1.0, 0.7, 0.4)):
        away = 0.75 * n
        for side in (-1, 1):
            if lies:
                edge = x + side * (across - away)
                for up in (-1, 1):
                    path += _segment(
                        edge, y + up * down, edge, y + up * (down - length * 2)
                    )
            else:
                edge = y + side * (down - away)
                for left in (-1, 1):
                    path += _segment(
                        x + left * across, edge, x + left * (across - length * 2), edge
                    )
    return path


def _corners(accent: str) -> str:
    """A suzani flower in each corner's square."""
    edge, middle = MARGIN + BAND, MARGIN + BAND / 2
    lines, leaves, hearts, boxes = "", "", "", ""
    for x in (middle, WIDTH - middle):
        for y in (middle, HEIGHT - middle):
            centre = (x, y)
            lines += "".join(_petal(centre, 1.5, 4.5, 45 * n, 20) for n in range(8))
            leaves += "".join(
                _petal(centre, 2.6, 4.9, 45 * n + 22.5, 9) for n in range(8)
            )
            hearts += _circle(centre, 0.85)
            lines += _circle(centre, 1.3)
    for x in (edge, WIDTH - edge):
        boxes += _segment(x, MARGIN, x, edge) + _segment(
            x, HEIGHT - edge, x, HEIGHT - MARGIN
        )
    for y in (edge, HEIGHT - edge):
        boxes += _segment(MARGIN, y, edge, y) + _segment(
            WIDTH - edge, y, WIDTH - MARGIN, y
        )
    return (
        _stroke(accent, 0.32, lines)
        + _stroke(SILK, 0.28, leaves)
        + _stroke(accent, 0.5, boxes)
        + f'<path fill="{SILK}" d="{hearts}"/>'
    )


def _guilloche() -> str:
    """A large flower of fine crossing lines behind the text."""
    centre = (WIDTH / 2, HEIGHT / 2)
    path = ""
    for ring, (inner, outer, count) in enumerate(
        ((22, 46, 36), (34, 62, 36), (48, 78, 48))
    ):
        for n in range(count):
            turn = 360 / count * (n + ring / 2)
            path += _petal(centre, inner, outer, turn, 21 - 3 * ring)
    return path + "".join(_circle(centre, radius) for radius in (21, 79, 80.2))


# Geometry.


def _at(centre: tuple[float, float], radius: float, degrees: float) -> str:
    angle = math.radians(degrees - 90)
    x, y = centre[0] + radius * math.cos(angle), centre[1] + radius * math.sin(angle)
    return f"{_n(x)} {_n(y)}"


def _petal(
    centre: tuple[float, float], inner: float, outer: float, turn: float, half: float
) -> str:
    """A pointed leaf between two circles."""
    middle = (inner + outer) / 2
    start, tip = _at(centre, inner, turn), _at(centre, outer, turn)
    left, right = _at(centre, middle, turn - half), _at(centre, middle, turn + half)
    return f"M{start}Q{left} {tip}Q{right} {start}"


def _lozenge(x: float, y: float, across: float, down: float) -> str:
    return (
        f"M{_n(x)} {_n(y - down)}L{_n(x + across)} {_n(y)} {_n(x)} {_n(y + down)}"
        f" {_n(x - across)} {_n(y)}Z"
    )


def _circle(centre: tuple[float, float], radius: float) -> str:
    x, y = centre
    r = _n(radius)
    return (
        f"M{_n(x - radius)} {_n(y)}A{r} {r} 0 1 1 {_n(x + radius)} {_n(y)}"
        f"A{r} {r} 0 1 1 {_n(x - radius)} {_n(y)}Z"
    )


def _box(inset: float) -> str:
    right, bottom = _n(WIDTH - inset), _n(HEIGHT - inset)
    return f"M{_n(inset)} {_n(inset)}H{right}V{bottom}H{_n(inset)}Z"


def _segment(x1: float, y1: float, x2: float, y2: float) -> str:
    return f"M{_n(x1)} {_n(y1)}L{_n(x2)} {_n(y2)}"


def _stroke(colour: str, width: float, path: str) -> str:
    return f'<path stroke="{colour}" stroke-width="{width}" d="{path}"/>'


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
