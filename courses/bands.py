"""Which sentence of overall feedback a result earns."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction


def sentence_for(bands: Iterable[tuple[Decimal, str]], percent: Fraction) -> str:
    """Of pairs (from so many percent, text) the highest reached; empty if none is."""
    reached = [(least, text) for least, text in bands if percent >= least]
    return max(reached, key=lambda band: band[0])[1] if reached else ""
