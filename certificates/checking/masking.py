"""A holder's name as strangers see it, and how somebody shows that they know it."""

import unicodedata

_ALIKE = str.maketrans("ёўҳҷғқӣӯ", "еухчгкиу")


def masked(name: str) -> str:
    """The first letter of each word; nobody learns a name from a code alone (CE-12)."""
    return " ".join(f"{_first_letter(word)}…" for word in name.split())


def knows(typed: str, *names: str) -> bool:
    """Is the text one whole word of one of the names, as the family name is?

    Case, accents and letters that typists without a Tajik keyboard replace do not
    matter; an initial is not enough.
    """
    wanted = _folded(typed)
    words = {_folded(word) for name in names for word in name.split()}
    return len(wanted) > 1 and wanted in words | {_folded(name) for name in names}


def _first_letter(word: str) -> str:
    """With the marks that belong to it."""
    word = unicodedata.normalize("NFC", word)
    end = 1
    while end < len(word) and unicodedata.combining(word[end]):
        end += 1
    return word[:end]


def _folded(text: str) -> str:
    flat = unicodedata.normalize("NFKD", " ".join(text.split()).casefold())
    flat = unicodedata.normalize("NFC", flat).translate(_ALIKE)
    return "".join(c for c in flat if c.isalnum() or c == " ")
