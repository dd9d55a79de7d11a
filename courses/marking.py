"""What marking shares whatever the kind: typed words and numbers, several attempts."""

import re
import unicodedata
from decimal import Decimal
from fractions import Fraction

NONE = Fraction(0)

# Everything that a keyboard of the region writes for one apostrophe.
APOSTROPHES = str.maketrans(dict.fromkeys("ʻʼ’‘`´′ʹ＇", "'"))
NUMBER = re.compile(r"[+-]?(\d{1,18}([.,]\d{0,12})?|[.,]\d{1,12})")
# As much of a number as there is, then what is written after it.
QUANTITY = re.compile(r"([\d\s.,٫+−-]*\d[.,]?)\s*([^\d\s].*)?")


def read_number(text: str) -> Decimal | None:
    """A number as typed: comma or point, any digits, spaces inside; None if none."""
    plain = "".join(_latin_digits(text).replace("−", "-").replace("٫", ".").split())
    return Decimal(plain.replace(",", ".")) if NUMBER.fullmatch(plain) else None


def read_quantity(text: str) -> tuple[Decimal, str] | None:
    """A number and the unit after it, normalised; None without a number."""
    given = " ".join(text.split())
    match = QUANTITY.fullmatch(given)
    number = read_number(match[1]) if match else None
    if match is None or number is None:
        return None
    return number, normalise(match[2] or "")


def plain(number: Decimal | None) -> str:
    """The same number is always the same text: 5, 5.0 and 5.000000 are "5"."""
    if number is None:
        return ""
    return format(Decimal(number).normalize(), "f")


def normalise(text: str) -> str:
    """The typed answer without what does not change its meaning.

    One form of each letter, no case, no spaces around and single ones inside, е for ё,
    one apostrophe, Latin digits. Words, their order and their negation stay.
    """
    plain = unicodedata.normalize("NFC", text).casefold()
    plain = unicodedata.normalize("NFC", plain).replace("ё", "е")
    return " ".join(_latin_digits(plain.translate(APOSTROPHES)).split())


def _latin_digits(text: str) -> str:
    return "".join(
        str(unicodedata.decimal(letter)) if letter.isdecimal() else letter
        for letter in text
    )


def counted(grading: str, shares: list[Fraction]) -> Fraction | None:
    """What the attempts come to together, oldest first; None without any.

    A later, worse attempt takes nothing away where the highest counts.
    """
    if not shares:
        return None
    if grading == "average":
        return sum(shares, NONE) / len(shares)
    return {"first": shares[0], "last": shares[-1]}.get(grading, max(shares))


def after_tries(earned: Decimal, wrong: int, penalty: int) -> Decimal:
    """What is left after so many wrong tries, each taking `penalty` percent of it."""
    share = max(100 - wrong * penalty, 0)
    return (earned * share / 100).quantize(Decimal("0.01"))


def verdict(
    earned: Decimal, still_open: Decimal, out_of: Decimal, pass_percent: Decimal
) -> bool | None:
    """Passed or not; None while a marker may still turn it (QZ-31).

    `still_open` is the most that what is not marked yet can add.
    """
    needed = out_of * pass_percent
    if earned * 100 >= needed:
        return True
    return None if (earned + still_open) * 100 >= needed else False
