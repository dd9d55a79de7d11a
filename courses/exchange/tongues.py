"""Which language a question is in, and whose translation it is."""

import re

_TAJIK = re.compile("[ғӣқӯҳҷ]", re.I)
_CYRILLIC = re.compile("[а-яё]", re.I)
_LATIN = re.compile("[a-z]", re.I)


def parted(name: str, languages: list[str]) -> tuple[str, str]:
    """`tg-consent`, `consent-tg` and `consent (tg)` are `consent` in Tajik."""
    codes = "|".join(map(re.escape, languages))
    for pattern in (rf"({codes})[-_:. ]+(.+)", rf"(.+?)[-_:. ]+\(?({codes})\)?"):
        found = re.fullmatch(pattern, name, re.I | re.S)
        if found:
            first, second = found.groups()
            is_before = first.casefold() in languages
            code, base = (first, second) if is_before else (second, first)
            return base.strip(), code.casefold()
    return name, ""


def by_letters(text: str, default: str, languages: list[str]) -> str:
    """The language of the site that these letters belong to; else the default."""
    cyrillic, latin = len(_CYRILLIC.findall(text)), len(_LATIN.findall(text))
    if _TAJIK.search(text) and "tg" in languages:
        return "tg"
    if cyrillic > latin and default not in ("ru", "tg") and "ru" in languages:
        return "ru"
    if latin and not cyrillic and default in ("ru", "tg") and "en" in languages:
        return "en"
    return default
