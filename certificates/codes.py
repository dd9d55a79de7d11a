"""Verification codes: made at random, printed in groups, read however people type them.

Seventeen random characters of 29 are 82 bits; the eighteenth checks the others. A
prime alphabet with a weight for each place notices any one wrong character and any
two that changed places.
"""

import re
import unicodedata

from lms.codes import ALPHABET, fold, random_code
from lms.codes import grouped as in_groups

RANDOM = 17
LENGTH = RANDOM + 1
GROUP = 6
# What stands around a code in an address, as a browser gives it, and in "Code: …".
_BETWEEN = re.compile(r"[/?#&=:]|\.json")
# The prefix of the settings, a year, and what was counted.
_NUMBER = re.compile(r"\W*\w[\w-]{0,11}\W\d{4}\W\d{6,}\W*")


class NotACode(ValueError):
    """What was typed cannot be the code of any certificate."""


def make() -> str:
    """A new code; nobody can guess it."""
    body = random_code(RANDOM)
    return body + _check(body)


def grouped(code: str) -> str:
    """For print: K7M4QX-9RT2AC-0HDW3E."""
    return in_groups(code, GROUP)


def read(typed: str) -> str:
    """The code somebody means by this text, or by the address of a page about it.

    Raises NotACode when a character is missing, left over or mistyped.
    """
    for part in _BETWEEN.split(unicodedata.normalize("NFKC", typed)):
        code = fold(part)
        if _is_code(code):
            return code
    raise NotACode(typed)


def is_number(typed: str) -> bool:
    """Is it shaped like a certificate's number, which people take for its code?"""
    return _NUMBER.fullmatch(typed) is not None


def _is_code(text: str) -> bool:
    is_whole = len(text) == LENGTH and set(text) <= set(ALPHABET)
    return is_whole and text[-1] == _check(text[:-1])


def _check(body: str) -> str:
    weighed = sum(
        place * ALPHABET.index(character) for place, character in enumerate(body, 2)
    )
    return ALPHABET[-weighed % len(ALPHABET)]
