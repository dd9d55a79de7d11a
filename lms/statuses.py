"""What a status means, whatever its set calls it: how it looks and what it stands for.

Sets of our own and sets that were made are told apart nowhere else: what a status does
is read from its credit and from whether it counts.
"""

from collections.abc import Collection
from decimal import Decimal
from typing import Protocol, TypeVar

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

Text = str | Promise


class Status(Protocol):
    """What is asked of a status here."""

    code: str
    credit: Decimal
    counts: bool


S = TypeVar("S", bound=Status)

_TONES = {
    "present": "done",
    "late": "late",
    "left_early": "late",
    "excused": "info",
    "absent": "decide",
}
_LETTERS: dict[str, Text] = {
    "present": pgettext_lazy("one letter for a mark", "P"),
    "late": pgettext_lazy("one letter for a mark", "L"),
    "left_early": pgettext_lazy("one letter for a mark", "Lv"),
    "excused": pgettext_lazy("one letter for a mark", "E"),
    "absent": pgettext_lazy("one letter for a mark", "A"),
}


def tone_of(status: Status | None) -> str:
    """Its colour, by a word of the stylesheets; "" for no status."""
    if status is None:
        return ""
    return _TONES.get(status.code) or _tone_by_credit(status)


def letter_of(status: Status) -> str:
    """Its mark where there is room for one or two letters, in the reader's language."""
    known = _LETTERS.get(status.code)
    return str(known) if known else str(status)[:1].upper()


def full_of(statuses: Collection[S]) -> S | None:
    """The status of who was simply there: "the rest present" means this one."""
    full = [one for one in statuses if one.counts and one.credit == 1]
    return _coded(full, "present")


def missed_of(statuses: Collection[S]) -> S | None:
    """The status of who was not there and has no excuse."""
    none = [one for one in statuses if one.counts and not one.credit]
    return _coded(none, "absent")


def excused_of(statuses: Collection[S]) -> S | None:
    """The status that leaves the sums, for an absence that was accepted."""
    return _coded([one for one in statuses if not one.counts], "excused")


def late_of(statuses: Collection[S]) -> S | None:
    """The status of who came late: ours, or the first that counts in part."""
    part = [one for one in statuses if one.counts and 0 < one.credit < 1]
    return _coded(part, "late")


def _coded(statuses: Collection[S], code: str) -> S | None:
    """The one with our code, else the first; None where there is none."""
    first = next(iter(statuses), None)
    return next((one for one in statuses if one.code == code), first)


def _tone_by_credit(status: Status) -> str:
    if not status.counts:
        return "info"
    if status.credit == 1:
        return "done"
    return "late" if status.credit else "decide"
