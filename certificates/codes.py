"""Verification codes: made at random, printed in groups, read however people type them.

Seventeen random characters of 29 are 82 bits; the eighteenth checks the others. A
prime alphabet with a weight for each place notices any one wrong character and any
two that changed places.
"""

import secrets
import unicodedata

ALPHABET = "0123456789ACDEFGHJKMNPQRTVWXY"
RANDOM = 17
LENGTH = RANDOM + 1
GROUP = 6

# What looks alike is the same: first Cyrillic letters as Latin ones, then letters that
# the alphabet leaves out as what they are mistaken for.
_CYRILLIC = str.maketrans("АВЕКМНОРСТХУЗІЈҮҮ", "ABEKMHOPCTXY31JYY")
_LOOK_ALIKES = str.maketrans("OILZSBU", "011258V")


class NotACode(ValueError):
    """What was typed cannot be the code of any certificate."""


def make() -> str:
    """A new code; nobody can guess it."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM))
    return body + _check(body)


def grouped(code: str) -> str:
    """For print: K7M4QX-9RT2AC-0HDW3E."""
    return "-".join(code[i : i + GROUP] for i in range(0, len(code), GROUP))


def read(typed: str) -> str:
    """The code somebody means by this text, or by the address of its page.

    Raises NotACode when a character is missing, left over or mistyped.
    """
    text = unicodedata.normalize("NFKC", typed).strip().rstrip("/")
    text = text.rpartition("/")[2].upper()
    text = text.translate(_CYRILLIC).translate(_LOOK_ALIKES)
    code = "".join(character for character in text if character.isalnum())
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
