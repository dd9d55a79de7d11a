"""Whether a name on a paper is a name in the records. No database, nothing decided.

The paper's may be in another script or spelling, in another order, or shortened.
"""

import re
from collections.abc import Iterable, Mapping
from enum import IntEnum
from typing import TypeVar

from . import alphabet
from .roster.folding import fold_name

_WORDS = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*")

Key = TypeVar("Key")


class Likeness(IntEnum):
    """How alike two names are, the strongest highest."""

    SHORT = 1
    SPELT_OTHERWISE = 2
    SAME = 3


# The name alone says it; SHORT waits for somebody's word.
CLEAR = (Likeness.SAME, Likeness.SPELT_OTHERWISE)


def likeness(written: str, name: str) -> Likeness | None:
    """None where they are two names.

    SHORT is "Алимова С." or "Алимова" for Алимова Саодат: maybe, somebody must say.
    """
    if fold_name(written) == fold_name(name):
        return Likeness.SAME
    mine, theirs = _words(written), _words(name)
    if not mine or not theirs:
        return None
    if sorted(map(alphabet.fold, mine)) == sorted(map(alphabet.fold, theirs)):
        return Likeness.SPELT_OTHERWISE
    shorter, longer = sorted((mine, theirs), key=len)
    if len(shorter) < len(longer) and _is_part(shorter, longer):
        return Likeness.SHORT
    is_with_initials = any(len(word) == 1 for word in mine + theirs)
    if len(mine) == len(theirs) and is_with_initials and _is_part(mine, theirs):
        return Likeness.SHORT
    return None


def alike(written: str, names: Mapping[Key, str]) -> tuple[Likeness | None, list[Key]]:
    """Who of these may be meant, as far as they are the most alike."""
    found = {key: likeness(written, name) for key, name in names.items()}
    best = max((one for one in found.values() if one), default=None)
    return best, [key for key, one in found.items() if one and one == best]


def _words(name: str) -> list[str]:
    return _WORDS.findall(name)


def _is_part(part: list[str], whole: list[str]) -> bool:
    """Each word stands in the whole, initials for what begins so; one is no initial."""
    left, is_named = list(whole), False
    for word in sorted(part, key=len, reverse=True):
        meant = next((one for one in left if _means(word, one)), None)
        if meant is None:
            return False
        left.remove(meant)
        is_named |= len(word) > 1 and len(meant) > 1
    return is_named


def _means(word: str, other: str) -> bool:
    if min(len(word), len(other)) == 1:
        return alphabet.fold(word[0]) == alphabet.fold(other[0])
    return alphabet.fold(word) == alphabet.fold(other)


def longest_words(names: Iterable[str]) -> set[str]:
    """By which word of each name it is best looked for, folded."""
    keys = {max(alphabet.fold(name).split(), key=len, default="") for name in names}
    return keys - {""}
