"""What every table of knowledge gain shows: n, before, after, gain and its interval."""

from collections.abc import Iterable

from django.utils.translation import gettext

from lms.gain import Pair, gain_of

from .counting import tenths
from .dataset import Column


def values(label: str, pairs: Iterable[Pair]) -> dict[str, object]:
    """A row's values; None where the pairs do not carry a figure."""
    gain = gain_of(pairs)
    interval = gain.interval
    return {
        "label": label,
        "n": gain.n,
        "before": tenths(gain.before),
        "after": tenths(gain.after),
        "gain": None if gain.gain is None else round(float(gain.gain), 1),
        "low": round(interval.low, 1) if interval else None,
        "high": round(interval.high, 1) if interval else None,
    }


def columns(label: str) -> list[Column]:
    return [
        Column("label", label),
        Column("n", gettext("n (pairs)"), "people"),
        Column("before", gettext("Before"), "percent", "n"),
        Column("after", gettext("After"), "percent", "n"),
        Column("gain", gettext("Gain, points"), "points", "n"),
        Column("low", gettext("95% from"), "points", "n"),
        Column("high", gettext("95% to"), "points", "n"),
    ]
