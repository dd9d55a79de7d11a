"""People in the order of the alphabet, whatever the database thinks of Cyrillic; and
found whichever script and spelling they were written in.

By code points Ё stands before А, and Ғ, Қ, Ҳ, Ҷ after Я.
"""

import re
import unicodedata

_LETTERS = "абвгғдеёжзиӣйкқлмнопрстуӯўфхҳцчҷшщъыьэюя"
_PLACES = {letter: place for place, letter in enumerate(_LETTERS)}


def by_name(name: str) -> tuple[list[tuple[int, int]], str]:
    """The key of a name: Latin letters first, then Cyrillic with the Tajik ones."""
    whole = unicodedata.normalize("NFC", name).casefold()
    return [_place(letter) for letter in whole], whole


def _place(letter: str) -> tuple[int, int]:
    if letter in _PLACES:
        return 1, _PLACES[letter]
    # A Latin letter with a mark stands beside the bare one.
    bare = ord(unicodedata.normalize("NFD", letter)[0])
    return (0 if bare < ord("а") else 2), bare


# As passports spell; what has no letter of its own in Latin is left out.
_LATIN = {
    **dict(zip("абвгдезийклмнопрстуўфыэ", "abvgdeziyklmnoprstuufye", strict=True)),
    **{"ғ": "gh", "ё": "yo", "ж": "zh", "ӣ": "i", "қ": "q", "ӯ": "u", "х": "kh"},
    **{"ҳ": "h", "ц": "ts", "ч": "ch", "ҷ": "j", "ш": "sh", "щ": "shch"},
    **{"ъ": "", "ь": "", "ю": "yu", "я": "ya"},
}
# Latin letters with a mark that stand for a sound of their own.
_MARKED = str.maketrans({"č": "ch", "ç": "j", "š": "sh", "ž": "zh", "ş": "sh"})
# What one name is spelt with, by whoever wrote the list: longest first.
_SOUNDS = {
    **dict.fromkeys(["shch", "sh"], "sh"),
    **dict.fromkeys(["dzh", "tch", "dj", "zh", "ch"], "j"),
    **dict.fromkeys(["kh", "x"], "h"),
    **dict.fromkeys(["ye", "yo"], "e"),
    "gh": "g",
    "ph": "f",
    "q": "k",
    "c": "k",
    "w": "v",
    "y": "i",
}
_SOUND = re.compile("|".join(_SOUNDS))
_TWICE = re.compile(r"([a-z])\1+")
_KEPT = {"Ll", "Lo", "Nd"}


def latin(name: str) -> str:
    """The name in Latin letters, a suggestion: passports know better."""
    letters = unicodedata.normalize("NFC", name)
    spelt = "".join(_spell(letter) for letter in letters)
    return spelt.upper() if name.isupper() else spelt


def fold(text: str) -> str:
    """One key for a name in whatever script and spelling, its words apart by a space.

    Rahimova, Rakhimova, Раҳимова and Рахимова are one; so are Ҷамшед, Джамшед and
    Чамшед. Coarse on purpose: it finds people and suggests, it never decides.
    """
    return " ".join(filter(None, map(_fold_word, text.split())))


def fold_all(*texts: str) -> str:
    """The keys of several texts about one person, none twice."""
    return " ".join(dict.fromkeys(filter(None, map(fold, texts))))


def _fold_word(word: str) -> str:
    word = unicodedata.normalize("NFC", word).casefold()
    word = "".join(_LATIN.get(letter, letter) for letter in word).translate(_MARKED)
    parts = unicodedata.normalize("NFKD", word)
    word = "".join(sign for sign in parts if unicodedata.category(sign) in _KEPT)
    return _TWICE.sub(r"\1", _SOUND.sub(lambda found: _SOUNDS[found[0]], word))


def _spell(letter: str) -> str:
    spelt = _LATIN.get(letter.casefold(), letter)
    return spelt if letter.islower() else spelt[:1].upper() + spelt[1:]


def plain(text: str) -> str:
    """Only the letters a to z and digits of a text, for a user name."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in parts if sign.isascii() and sign.isalnum())
