"""Spans of time, each from an instant to another."""

from collections.abc import Iterable
from datetime import datetime, timedelta

Span = tuple[datetime, datetime]


def disjoint(spans: Iterable[Span], *, within: Span) -> list[Span]:
    """The spans clipped, overlapping ones as one, in order (ATT-32).

    Those without length are left out.
    """
    begins, ends = within
    clipped = sorted((max(begin, begins), min(end, ends)) for begin, end in spans)
    found: list[Span] = []
    for begin, end in clipped:
        if begin >= end:
            continue
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((begin, end))
    return found


def length(spans: Iterable[Span]) -> timedelta:
    return sum((end - begin for begin, end in spans), timedelta(0))
