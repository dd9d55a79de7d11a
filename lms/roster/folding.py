"""When two spellings are the same word, and when they are the same name."""

import re

_QUOTES = re.compile(r"[\"'«»“”„‘’`]")
_NO_LETTER = re.compile(r"[\W\d_]+")
# For looking words up, not for names: lists are often typed without these letters.
_PLAIN_TAJIK = str.maketrans("ғӣқӯҳҷё", "гикухче")


def fold_name(text: str) -> str:
    """Case, ё or е, and spaces do not tell people apart; Tajik letters do."""
    return " ".join(text.casefold().replace("ё", "е").split())


def fold_organisation(text: str) -> str:
    """As a name, and whichever quotation marks were typed."""
    return fold_name(_QUOTES.sub("", text))


def fold_word(text: str) -> str:
    """Only the letters count: "Эл. почта" and "эл.почта" are one heading."""
    return _NO_LETTER.sub("", text.casefold()).translate(_PLAIN_TAJIK)
