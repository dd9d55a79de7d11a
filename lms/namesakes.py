"""Who of many people may be one human being. Values in, values out: no database."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import combinations

from . import alphabet

ALIKE = 0.85
# A name as common as this says nothing about who bears it.
CROWD = 50


class Sign(StrEnum):
    """What speaks for two rows being one person, the strongest first."""

    PHONE = "phone"
    ADDRESS = "address"
    NAME = "name"
    ORGANISATION = "organisation"
    PART_OF_NAME = "part of the name"
    ALIKE = "alike"


@dataclass(frozen=True)
class Who:
    """What is known of a person, as far as it tells people apart."""

    pk: int
    name: str
    email: str = ""
    phone: str = ""
    organisation: int | None = None
    sex: str = ""

    @property
    def words(self) -> frozenset[str]:
        return frozenset(alphabet.fold(self.name).split())

    @property
    def digits(self) -> str:
        """The subscriber's part: lists write the country or leave it out."""
        digits = "".join(filter(str.isdigit, self.phone))
        return digits[-9:] if len(digits) >= 9 else ""

    @property
    def mailbox(self) -> str:
        """Who changes the employer often keeps what stands before the @."""
        return alphabet.fold(self.email.partition("@")[0])


@dataclass(frozen=True)
class Pair:
    one: int
    other: int
    signs: tuple[Sign, ...]


def suspects(people: Iterable[Who]) -> list[Pair]:
    """Pairs that may be one person, the likeliest first; a human being decides."""
    everybody = {who.pk: who for who in people}
    pairs = []
    for one, other in sorted(_neighbours(everybody.values())):
        signs = _signs(everybody[one], everybody[other])
        if signs:
            pairs.append(Pair(one, other, signs))
    return sorted(pairs, key=lambda pair: (-_weight(pair), pair.one, pair.other))


def _neighbours(people: Iterable[Who]) -> set[tuple[int, int]]:
    """Those who share something at all; comparing everybody would take for ever."""
    shelves: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for who in people:
        words = sorted(who.words)
        for two in combinations(words, 2) if len(words) > 1 else [tuple(words)]:
            shelves["name", *two].append(who.pk)
        if who.digits:
            shelves["phone", who.digits].append(who.pk)
        if len(who.mailbox) > 4:
            shelves["mailbox", who.mailbox].append(who.pk)
    return {
        (min(two), max(two))
        for shelf in shelves.values()
        if len(shelf) <= CROWD
        for two in combinations(shelf, 2)
        if two[0] != two[1]
    }


def _signs(one: Who, other: Who) -> tuple[Sign, ...]:
    """Nothing where the names differ: families and offices share telephones."""
    name = _of_name(one, other)
    phone = bool(one.digits) and one.digits == other.digits
    address = len(one.mailbox) > 4 and one.mailbox == other.mailbox
    if name is None or (name is Sign.ALIKE and not (phone or address)):
        return ()
    if one.sex and other.sex and one.sex != other.sex and not (phone or address):
        return ()
    same_employer = bool(one.organisation) and one.organisation == other.organisation
    found = {
        Sign.PHONE: phone,
        Sign.ADDRESS: address,
        name: True,
        Sign.ORGANISATION: same_employer,
    }
    return tuple(sign for sign in Sign if found.get(sign))


def _of_name(one: Who, other: Who) -> Sign | None:
    if one.words == other.words:
        return Sign.NAME
    if len(one.words & other.words) > 1 and (
        one.words < other.words or other.words < one.words
    ):
        return Sign.PART_OF_NAME
    mine, theirs = " ".join(sorted(one.words)), " ".join(sorted(other.words))
    ratio = SequenceMatcher(None, mine, theirs).ratio()
    return Sign.ALIKE if ratio >= ALIKE else None


def _weight(pair: Pair) -> int:
    places = list(Sign)
    return sum(2 ** (len(places) - places.index(sign)) for sign in pair.signs)
