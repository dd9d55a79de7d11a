"""Knowledge gained between two tests of the same person (RP-09).

Only pairs count: whoever sat one of the two tests says nothing about gain. Scores are
shares in percent; a gain is in percentage points.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

# Student's t, two-sided 95 %, by degrees of freedom from 1 to 30.
_T95 = [
    *(12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622, 2.2281),
    *(2.2010, 2.1788, 2.1604, 2.1448, 2.1314, 2.1199, 2.1098, 2.1009, 2.0930, 2.0860),
    *(2.0796, 2.0739, 2.0687, 2.0639, 2.0595, 2.0555, 2.0518, 2.0484, 2.0452, 2.0423),
]
_Z95 = 1.959964


@dataclass(frozen=True)
class Pair:
    """One person's two results, in percent."""

    before: Fraction
    after: Fraction

    @property
    def gain(self) -> Fraction:
        return self.after - self.before


@dataclass(frozen=True)
class Interval:
    """Where the mean gain lies with 95 % confidence, in points."""

    low: float
    high: float


@dataclass(frozen=True)
class Gain:
    """`before`, `after` and `gain` are means, None without a pair.

    `interval` is None for fewer than two pairs: one difference has no spread.
    """

    n: int
    before: Fraction | None = None
    after: Fraction | None = None
    gain: Fraction | None = None
    interval: Interval | None = None


def gain_of(pairs: Iterable[Pair]) -> Gain:
    """The mean of the paired differences and how sure it is."""
    found = list(pairs)
    if not found:
        return Gain(0)
    gains = [pair.gain for pair in found]
    return Gain(
        n=len(found),
        before=_mean([pair.before for pair in found]),
        after=_mean([pair.after for pair in found]),
        gain=_mean(gains),
        interval=interval_of(gains),
    )


def interval_of(values: list[Fraction]) -> Interval | None:
    """The 95 % confidence interval of the mean by Student's t."""
    n = len(values)
    if n < 2:
        return None
    mean = _mean(values)
    variance = sum((value - mean) ** 2 for value in values) / (n - 1)
    half = t95(n - 1) * math.sqrt(variance / n)
    return Interval(float(mean) - half, float(mean) + half)


def t95(freedom: int) -> float:
    """Student's t for a two-sided 95 % interval; beyond the table by its expansion."""
    if freedom <= len(_T95):
        return _T95[freedom - 1]
    z, v = _Z95, float(freedom)
    first = (z**3 + z) / (4 * v)
    second = (5 * z**5 + 16 * z**3 + 3 * z) / (96 * v**2)
    return z + first + second


def _mean(values: list[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)
