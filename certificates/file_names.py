"""Names of files that every system can keep: bounded, safe, in the holder's letters."""

import unicodedata

# Of 255 bytes that file systems take, an unpacking folder and a suffix need some.
MOST_BYTES = 150
# Separators of paths, and what Windows refuses.
REFUSED = set('/\\:*?"<>|')


def named(name: str, number: str, suffix: str = "pdf") -> str:
    """`name number.pdf`; the number keeps people of one name apart (CE-35).

    Letters of any alphabet stay, in NFC; what steers a terminal, a path or the
    direction of reading goes. A long name is cut between two letters.
    """
    tail = f"{number}.{suffix}"
    room = MOST_BYTES - len(tail.encode()) - 1
    kept = _cut(_clean(name), room)
    return f"{kept} {tail}" if kept else tail


def _clean(text: str) -> str:
    letters = unicodedata.normalize("NFC", text)
    safe = "".join(" " if _is_refused(letter) else letter for letter in letters)
    return " ".join(safe.split()).strip(". ")


def _is_refused(letter: str) -> bool:
    """Controls, formats, surrogates and unassigned ones are of category C."""
    return letter in REFUSED or unicodedata.category(letter)[0] == "C"


def _cut(text: str, most: int) -> str:
    cut = text.encode()[:most].decode(errors="ignore")
    while cut and len(cut) < len(text) and unicodedata.combining(text[len(cut)]):
        cut = cut[:-1]
    return cut.strip(". ")
