"""Guilloche: bundles of waves that part and meet, as on bank notes."""

import math

from .lines import Point, Way, curve, polar

TURN = 2 * math.pi
# A wave is two cubic curves, from its crest to its trough and back: what a printer
# cannot tell from a cosine, in half the bytes.
CREST_AND_TROUGH = 2


def rosette(
    centre: Point, inner: float, outer: float, *, lobes: int, strands: int
) -> str:
    """A ring of waves between two circles, each strand turned a little further."""
    middle, swing = (inner + outer) / 2, (outer - inner) / 2

    def strand(start: float) -> Way:
        return polar(
            centre, lambda angle: middle + swing * math.cos(lobes * (angle - start))
        )

    path = ""
    for n in range(strands):
        start = TURN * n / strands / lobes
        path += curve(strand(start), start, start + TURN, CREST_AND_TROUGH * lobes)
    return path


def braid(
    start: Point, stop: Point, swing: float, *, waves: int, beads: int, strands: int
) -> str:
    """Waves along a straight line that swell and narrow so many times.

    A strand begins on a crest, up to a wave before the start: hide the ends.
    """
    (x1, y1), (x2, y2) = start, stop
    length = math.hypot(x2 - x1, y2 - y1)
    along = ((x2 - x1) / length, (y2 - y1) / length)

    def strand(phase: float) -> Way:
        def way(share: float) -> Point:
            swell = 0.64 - 0.36 * math.cos(TURN * beads * share)
            away = swing * swell * math.cos(TURN * (waves * share + phase))
            x, y = x1 + (x2 - x1) * share, y1 + (y2 - y1) * share
            return x - along[1] * away, y + along[0] * away

        return way

    path = ""
    for n in range(strands):
        begin = -n / strands / waves
        pieces = CREST_AND_TROUGH * (waves + 1)
        path += curve(strand(n / strands), begin, begin + 1 + 1 / waves, pieces)
    return path


def spindle(
    centre: Point, length: float, swing: float, *, waves: float, strands: int
) -> str:
    """Waves that come out of a point, swell and run back into one."""

    def strand(phase: float) -> Way:
        def way(share: float) -> Point:
            swell = math.sin(math.pi * share) ** 2
            away = swing * swell * math.sin(TURN * (waves * (share - 0.5) + phase))
            return centre[0] + length * (share - 0.5), centre[1] + away

        return way

    pieces = round(6 * waves)
    return "".join(curve(strand(n / strands), 0, 1, pieces) for n in range(strands))
