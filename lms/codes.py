"""Codes that people type from paper or from a phone: random, read however written."""

import secrets
import unicodedata

ALPHABET = "0123456789ACDEFGHJKMNPQRTVWXY"

# What looks alike is the same: first Cyrillic letters as Latin ones, then letters that
# the alphabet leaves out as what they are mistaken for.
_CYRILLIC = str.maketrans("АВЕКМНОРСТХУЗІЈҮҮ", "ABEKMHOPCTXY31JYY")
_LOOK_ALIKES = str.maketrans("OILZSBU", "011258V")


def random_code(length: int) -> str:
    """Nobody can guess it: nearly five bits a character."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def grouped(code: str, size: int) -> str:
    """For reading aloud and for print: K7M4-QX9R-T2AC."""
    return "-".join(code[i : i + size] for i in range(0, len(code), size))


def fold(typed: str) -> str:
    """Letters and digits of the alphabet, whatever keyboard and spaces were used.

    A character that the alphabet does not have stays, so that no code has it.
    """
    text = unicodedata.normalize("NFKC", typed).upper()
    text = text.translate(_CYRILLIC).translate(_LOOK_ALIKES)
    return "".join(character for character in text if character.isalnum())
