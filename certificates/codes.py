"""Verification codes: made at random, printed in groups, read however people type them.

Seventeen random characters of 29 are 82 bits; the eighteenth checks the others. A
prime alphabet with a weight for each place notices any one wrong character and any
two that changed places.
"""

import unicodedata

from lms.codes import ALPHABET, fold, random_code
from lms.codes import grouped as in_groups

RANDOM = 17
LENGTH = RANDOM + 1
GROUP = 6


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
    """The code somebody means by this text, or by the address of its page.

    Raises NotACode when a character is missing, left over or mistyped.
    """
    text = unicodedata.normalize("NFKC", typed).strip().rstrip("/")
    code = fold(text.rpartition("/")[2])
    if len(code) != LENGTH or not set(code) <= set(ALPHABET):
        raise NotACode(typed)
    if code[-1] != _check(code[:-1]):
        raise NotACode(typed)
    return code


def _check(body: str) -> str:
    weighed = sum(
        place * ALPHABET.index(character) for place, character in enumerate(body, 2)
    )
    return ALPHABET[-weighed % len(ALPHABET)]
