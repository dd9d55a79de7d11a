"""The bundled fonts: which letters they hold and how wide words are in them."""

import unicodedata
from functools import cache

from fontTools.ttLib import TTFont

from lms.printing import FONTS

# A certificate sets every letter in the first family that holds it.
LETTERS = [
    "NotoSerif-Regular.ttf",
    "NotoSerif-Bold.ttf",
    "NotoSans-Regular.ttf",
    "NotoSans-Bold.ttf",
]
ARABIC = ["NotoNaskhArabic-Regular.ttf", "NotoNaskhArabic-Bold.ttf"]
# By (without serifs, bold).
_LATIN_OR_CYRILLIC = {
    (False, False): LETTERS[0],
    (False, True): LETTERS[1],
    (True, False): LETTERS[2],
    (True, True): LETTERS[3],
}
# Of what nobody sees a name may have what Persian is written with, and no more: two
# names that look the same must be the same.
_WRITTEN = "\u200c\u200d\u200e\u200f"
# Joiners, marks of direction and isolates take no room.
_UNSEEN = dict.fromkeys([*range(0x200B, 0x2010), *range(0x2066, 0x206A)])


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
    """The letters no font has or nobody sees, each once, in order (CE-28)."""
    text = unicodedata.normalize("NFC", text)
    return [letter for letter in dict.fromkeys(text) if not _is_held(letter)]


def named(letter: str) -> str:
    """A letter nobody may be able to see, in words: `"ㅎ" (HANGUL LETTER HIEUH)`."""
    name = unicodedata.name(letter, f"U+{ord(letter):04X}")
    return f"“{letter}” ({name})" if letter.isprintable() else name


def width(text: str, *, bold: bool = False, sans: bool = False) -> float:
    """How wide the text is set in one line, as a multiple of the letters' size.

    Arabic letters are measured in the form in which they join their neighbours.
    """
    letters, arabic = advances(_LATIN_OR_CYRILLIC[sans, bold]), advances(ARABIC[bold])
    return sum(
        letters.get(code, arabic.get(code, 1.0))
        for code in map(ord, joined(unicodedata.normalize("NFC", text)))
    )


def has_arabic(text: str) -> bool:
    return any("\u0600" <= letter <= "\u06ff" for letter in text)


def joined(text: str) -> str:
    """The text with its Arabic letters as they are drawn, without what is not seen."""
    if not has_arabic(text):
        return text.translate(_UNSEEN)
    shapes = _shapes()
    found, reaches = "", False
    for letter, following in zip(text, f"{text[1:]} ", strict=True):
        forms = shapes.get(letter, {})
        goes_on = "initial" in forms and "final" in shapes.get(following, {})
        if "final" not in forms:
            form = ""
        elif reaches:
            form = "medial" if goes_on else "final"
        else:
            form = "initial" if goes_on else "isolated"
        found += forms.get(form, letter)
        reaches = goes_on
    return found.translate(_UNSEEN)


@cache
def _shapes() -> dict[str, dict[str, str]]:
    """By letter, the code points of its forms."""
    found: dict[str, dict[str, str]] = {}
    for code in (*range(0xFB50, 0xFBFF), *range(0xFE80, 0xFEF5)):
        kind, _, base = unicodedata.decomposition(chr(code)).partition(" ")
        if base and " " not in base:
            found.setdefault(chr(int(base, 16)), {})[kind.strip("<>")] = chr(code)
    return found


def _is_held(letter: str) -> bool:
    if unicodedata.category(letter) == "Cf" and letter not in _WRITTEN:
        return False
    code = ord(letter)
    return any(
        all(code in advances(file) for file in family) for family in (LETTERS, ARABIC)
    )
