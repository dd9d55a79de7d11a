"""What an answer earns. Values in, marks out: no words of a question, no database."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

Key = Mapping[str, Any]
Answer = Mapping[str, Any]
Accepted = Mapping[str, Iterable[str]]

CENT = Decimal("0.01")
NOTHING = Decimal(0)
WHOLE = Fraction(1)
NONE = Fraction(0)

# Everything that a keyboard of the region writes for one apostrophe.
APOSTROPHES = str.maketrans(dict.fromkeys("ʻʼ’‘`´′ʹ＇", "'"))
NUMBER = re.compile(r"[+-]?(\d{1,18}([.,]\d{0,12})?|[.,]\d{1,12})")


def mark(
    key: Key, answer: Answer | None, available: Decimal, accepted: Accepted
) -> Decimal:
    """What the answer earns of the available marks, to the hundredth.

    `accepted` holds the wordings of a typed answer by language; each of them counts,
    because the language of a page may change within an attempt.
    """
    if answer is None:
        return NOTHING
    share = SHARES[key["kind"]](key, answer, accepted)
    earned = available * share.numerator / share.denominator
    return earned.quantize(CENT, ROUND_HALF_UP)


def _single(key: Key, answer: Answer, _accepted: Accepted) -> Fraction:
    chosen = set(answer["chosen"])
    return WHOLE if len(chosen) == 1 and chosen <= set(key["correct"]) else NONE


def _multiple(key: Key, answer: Answer, _accepted: Accepted) -> Fraction:
    """A share per right choice, one taken back per wrong choice, never below zero."""
    correct, chosen = set(key["correct"]), set(answer["chosen"])
    right, wrong = len(chosen & correct), len(chosen - correct)
    return Fraction(max(right - wrong, 0), len(correct) or 1)


def _true_false(key: Key, answer: Answer, _accepted: Accepted) -> Fraction:
    return WHOLE if answer["is_true"] is key["correct"] else NONE


def _numeric(key: Key, answer: Answer, _accepted: Accepted) -> Fraction:
    number = read_number(answer["text"])
    if number is None or not key["correct"]:
        return NONE
    distance = abs(number - Decimal(key["correct"]))
    return WHOLE if distance <= Decimal(key.get("tolerance") or 0) else NONE


def _short_answer(_key: Key, answer: Answer, accepted: Accepted) -> Fraction:
    given = normalise(answer["text"])
    wordings = {normalise(text) for texts in accepted.values() for text in texts}
    return WHOLE if given and given in wordings else NONE


SHARES: dict[str, Callable[[Key, Answer, Accepted], Fraction]] = {
    "single": _single,
    "multiple": _multiple,
    "true_false": _true_false,
    "numeric": _numeric,
    "short_answer": _short_answer,
}


def read_number(text: str) -> Decimal | None:
    """A number as typed: comma or point, any digits, spaces inside; None if none."""
    plain = "".join(_latin_digits(text).replace("−", "-").replace("٫", ".").split())
    return Decimal(plain.replace(",", ".")) if NUMBER.fullmatch(plain) else None


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
