"""One honest chart: bars from zero, each with its label and its figure beside it.

An SVG without style or script. Colour carries nothing: length and figures say it all.
The colours are those of paper; a page's style sheet may give others by class.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, LINE, BAR, ROOM = 360.0, 36.0, 12.0, 62.0
INK, BRAND, AXIS = "#1d2430", "#1f4e79", "#4c5260"
MOST_BARS = 24


@dataclass(frozen=True)
class Bar:
    """`text` is the figure as it is written."""

    label: str
    value: float
    text: str


def bars(title: str, found: Sequence[Bar]) -> str:
    """The chart, "" where there is nothing to compare or too much to read."""
    if not 2 <= len(found) <= MOST_BARS or not any(bar.value for bar in found):
        return ""
    low = min(0.0, *(bar.value for bar in found))
    high = max(0.0, *(bar.value for bar in found))
    scale = (WIDTH - ROOM) / (high - low)
    height = LINE * len(found) + 4
    zero = _round(-low * scale)
    lines = "".join(
        _bar(bar, index * LINE, zero, scale) for index, bar in enumerate(found)
    )
    return (
        f'<svg class="t-chart" viewBox="0 0 {WIDTH:g} {height:g}" role="img"'
        f' aria-label="{escape(_spoken(title, found))}"'
        ' xmlns="http://www.w3.org/2000/svg" font-family="Text, sans-serif"'
        f' font-size="12">{lines}<path class="t-chart-axis" d="M{zero:g} 0V{height:g}"'
        f' stroke="{AXIS}" fill="none"/></svg>'
    )


def _bar(bar: Bar, y: float, zero: float, scale: float) -> str:
    length = _round(abs(bar.value) * scale)
    left = zero if bar.value >= 0 else _round(zero - length)
    end = _round(left + length + 6)
    return (
        f'<text x="{zero + 4:g}" y="{y + 13:g}" fill="{INK}">{escape(bar.label)}</text>'
        f'<rect class="t-chart-bar" x="{left:g}" y="{y + 18:g}" width="{length:g}"'
        f' height="{BAR:g}" fill="{BRAND}"/>'
        f'<text x="{end:g}" y="{y + 28:g}" fill="{INK}" font-weight="bold">'
        f"{escape(bar.text)}</text>"
    )


def _spoken(title: str, found: Sequence[Bar]) -> str:
    return f"{title}: " + "; ".join(f"{bar.label} {bar.text}" for bar in found)


def _round(number: float) -> float:
    return round(number, 2)
