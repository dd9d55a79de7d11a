"""So much of so much, added exactly; and the best few of many."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Share:
    """`earned` of `of`; of nothing there is no percentage."""

    earned: Fraction
    of: int

    @property
    def percent(self) -> Fraction | None:
        return self.earned * 100 / self.of if self.of else None


def best_of(shares: Sequence[Share], most: int) -> Share:
    """The sum of the `most` shares that give the highest percentage; 0 for all.

    Of shares of one size these are simply the highest. Of others no order by size or
    by percentage is right, so the guess is made better until it stays (Dinkelbach): a
    percentage is the highest when no choice earns more than it.
    """
    best = _sum(shares)
    if not most or len(shares) <= most or not best.of:
        return best
    best = _sum(_most_above(shares, most, Fraction(0)))
    while True:
        better = _sum(_most_above(shares, most, best.earned / best.of))
        if better.earned * best.of <= best.earned * better.of:
            return best
        best = better


def _most_above(shares: Sequence[Share], most: int, rate: Fraction) -> list[Share]:
    """Those that earn most beyond this rate."""
    return sorted(shares, key=lambda one: one.of * rate - one.earned)[:most]


def _sum(shares: Sequence[Share]) -> Share:
    earned = sum((one.earned for one in shares), Fraction(0))
    return Share(earned, sum(one.of for one in shares))
