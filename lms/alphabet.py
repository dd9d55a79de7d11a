"""People in the order of the alphabet, whatever the database thinks of Cyrillic.

By code points Ё stands before А, and Ғ, Қ, Ҳ, Ҷ after Я.
"""

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
