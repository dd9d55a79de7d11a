"""What questions share that are answered piece by piece."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from .base import Key, Words

HELP = _("It counts only when all of it is right.")


@dataclass(frozen=True)
class Option:
    """What a list of choices offers."""

    value: str
    text: str
    is_chosen: bool


@dataclass(frozen=True)
class Row:
    """Something with a list beside it. `right` only where it may be known."""

    id: str
    text: str
    options: list[Option]
    given: str = ""
    is_right: bool | None = None
    right: str = ""


@dataclass(frozen=True)
class Rows:
    """`before` is what one reads first."""

    rows: list[Row]
    help: Words = ""
    before: str = ""


def help_of(key: Key) -> Words:
    """How it is marked, for the participant; empty where that is plain."""
    return HELP if key.get("is_all_or_nothing") else ""


def paired(values: list[str]) -> Iterator[tuple[str, str]]:
    """What each piece was given, from values that name both: "piece:given"."""
    for value in values:
        piece, _colon, given = value.partition(":")
        yield piece, given
