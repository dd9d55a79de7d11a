"""A status as people write it in lists: its code or its name, in any language (ATT-36).

Understood, whatever the case: the code, the name in any language of the site, the one
or two letters of the register, and what stands on paper: + - оп ув.
"""

import re
import unicodedata
from collections.abc import Callable, Collection
from typing import TypeVar

from django.conf import settings
from django.utils.translation import override

from .statuses import (
    Status,
    excused_of,
    full_of,
    late_of,
    letter_of,
    missed_of,
)

S = TypeVar("S", bound=Status)

_DASHES = re.compile(r"[‐‑‒–—―−]")
_BETWEEN = re.compile(r"[\s_]+")
# By what a mark on paper says, so that every set of statuses has it.
_ON_PAPER: dict[str, Callable[[Collection[Status]], Status | None]] = {
    "+": full_of,
    "-": missed_of,
    "оп": late_of,
    "опозд": late_of,
    "ув": excused_of,
    "уваж": excused_of,
    "нб": missed_of,
}


def status_named(text: str, statuses: Collection[S]) -> S | None:
    """The status of these that is meant; None for no word of theirs, and for two.

    A word that means one status by its code and another by its letter means the first.
    """
    said = _folded(text)
    if not said:
        return None
    for meanings in (_codes, _names, _paper_marks, _letters):
        meant = {one.code: one for word, one in meanings(statuses) if word == said}
        if meant:
            return next(iter(meant.values())) if len(meant) == 1 else None
    return None


def _codes(statuses: Collection[S]) -> list[tuple[str, S]]:
    return [(_folded(one.code), one) for one in statuses]


def _names(statuses: Collection[S]) -> list[tuple[str, S]]:
    return _in_every_language(statuses, str)


def _letters(statuses: Collection[S]) -> list[tuple[str, S]]:
    return _in_every_language(statuses, letter_of)


def _paper_marks(statuses: Collection[S]) -> list[tuple[str, S]]:
    meant = [(word, of(statuses)) for word, of in _ON_PAPER.items()]
    by_code = {one.code: one for one in statuses}
    return [(word, by_code[one.code]) for word, one in meant if one]


def _in_every_language(
    statuses: Collection[S], say: Callable[[S], str]
) -> list[tuple[str, S]]:
    found = []
    for language, _name in settings.LANGUAGES:
        with override(language):
            found += [(_folded(say(one)), one) for one in statuses]
    return found


def _folded(text: str) -> str:
    """Without case, full stops, long dashes, ё and double spaces."""
    text = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")
    return _BETWEEN.sub(" ", _DASHES.sub("-", text)).strip(" .")
