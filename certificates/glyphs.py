"""The bundled fonts: which letters they hold and how wide words are in them."""

import unicodedata
from functools import cache

from fontTools.ttLib import TTFont

from lms.printing import FONTS

# A certificate sets every letter in the first family that holds it.
LETTERS = ["NotoSerif-Regular.ttf", "NotoSerif-Bold.ttf", "NotoSans-Regular.ttf"]
ARABIC = ["NotoNaskhArabic-Regular.ttf", "NotoNaskhArabic-Bold.ttf"]


@cache
def advances(file: str) -> dict[int, float]:
    """Width of each letter of a font, as a share of the letter's size."""
    with TTFont(FONTS / file) as font:
        unit = font["head"].unitsPerEm
        widths = font["hmtx"].metrics
        return {
            code: widths[name][0] / unit for code, name in font.getBestCmap().items()
        }


def missing(text: str) -> list[str]:
    """The letters of the text that no bundled font has, each once, in order (CE-28)."""
    text = unicodedata.normalize("NFC", text)
    return [letter for letter in dict.fromkeys(text) if not _is_held(letter)]


def named(letter: str) -> str:
    """A letter nobody may be able to see, in words: `"ㅎ" (HANGUL LETTER HIEUH)`."""
    name = unicodedata.name(letter, f"U+{ord(letter):04X}")
    return f"“{letter}” ({name})" if letter.isprintable() else name


def width(text: str, *, bold: bool = False) -> float:
    """How wide the text is set in one line, as a multiple of the letters' size."""
    place = int(bold)
    letters, arabic = advances(LETTERS[place]), advances(ARABIC[place])
    return sum(
        letters.get(ord(letter), arabic.get(ord(letter), 1.0))
        for letter in unicodedata.normalize("NFC", text)
    )


def _is_held(letter: str) -> bool:
    code = ord(letter)
    return any(
        all(code in advances(file) for file in family) for family in (LETTERS, ARABIC)
    )
