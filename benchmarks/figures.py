"""A figure, what it may be at most or at least, and how it is said."""

import json
import sys


class Report:
    """Prints each figure as it is measured and remembers whether a limit was missed."""

    def __init__(self, *, as_json: bool):
        self.as_json = as_json
        self.has_missed = False

    def figure(
        self,
        name: str,
        value: float,
        unit: str,
        *,
        most: float | None = None,
        least: float | None = None,
    ) -> None:
        """`most` and `least` are limits; without one the figure is for information."""
        is_short = (most is not None and value > most) or (
            least is not None and value < least
        )
        self.has_missed |= is_short
        limit = most if most is not None else least
        verdict = "short" if is_short else "ok"
        line = {
            "name": name,
            "value": round(value, 3),
            "unit": unit,
            "limit": limit,
            "verdict": verdict,
        }
        if self.as_json:
            text = json.dumps(line)
        else:
            sign = "at least" if least is not None else "at most"
            bound = "" if limit is None else f"   {sign} {limit:g}: {verdict}"
            text = f"{name:<58}{value:>12.3f} {unit}{bound}"
        sys.stdout.write(text + "\n")
        sys.stdout.flush()
