"""Who of a report has which place. By address, then by name; the rest is asked.

The same words of a name, in whatever order, script and spelling, find a place when
exactly one bears them. Fewer words suggest, and a person decides (ATT-33).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from lms.alphabet import fold

from .report import Join

NOT_OURS = 0
# In Latin letters, as names are compared, some initials are two.
INITIAL = 2
TOLD_AT_MOST = 6
_ORIGINAL = re.compile(r"(.*)\(([^()]+)\)\s*")


class By(StrEnum):
    EMAIL = "email"
    NAME = "name"
    STAFF = "staff"


@dataclass(frozen=True)
class Place:
    """Somebody who may have been there."""

    pk: int
    name: str
    email: str = ""


@dataclass(frozen=True)
class Somebody:
    """One person of the report: what they were called, and all their lines."""

    key: str
    names: tuple[str, ...]
    email: str
    joins: tuple[Join, ...]

    @property
    def name(self) -> str:
        return self.names[0]

    @property
    def lines(self) -> list[int]:
        return [join.line for join in self.joins]

    @property
    def told_lines(self) -> str:
        return told(self.lines)


@dataclass(frozen=True)
class Match:
    """`place` is None while nobody is found; `is_decided` where staff said nobody."""

    who: Somebody
    place: Place | None = None
    by: By | None = None
    candidates: tuple[Place, ...] = ()
    is_decided: bool = False


def told(lines: Sequence[int]) -> str:
    """The numbers of lines; of somebody who came a hundred times a few are enough."""
    if len(lines) <= TOLD_AT_MOST:
        return ", ".join(map(str, lines))
    first = ", ".join(map(str, lines[: TOLD_AT_MOST - 1]))
    return f"{first} … {lines[-1]}"


def people_of(joins: Iterable[Join]) -> list[Somebody]:
    """Lines put together by address, or by name where there is none.

    Who once came signed in and once not is one person, if one address has that name.
    """
    joins = list(joins)
    addresses: dict[str, set[str]] = defaultdict(set)
    for join in joins:
        if join.email:
            addresses[_key(join.name)].add(join.email)
    groups: dict[str, list[Join]] = defaultdict(list)
    for join in joins:
        known = addresses.get(_key(join.name), set())
        email = join.email or (next(iter(known)) if len(known) == 1 else "")
        groups[email or _key(join.name)].append(join)
    return [_somebody(group) for group in groups.values()]


def match(
    people: Iterable[Somebody],
    places: Iterable[Place],
    decisions: Mapping[str, int] | None = None,
) -> list[Match]:
    """Who has which place. `decisions`: by key a place's pk, or NOT_OURS."""
    decisions = decisions or {}
    places = list(places)
    by_pk = {place.pk: place for place in places}
    by_email = {place.email.casefold(): place for place in places if place.email}
    by_words: dict[frozenset[str], list[Place]] = defaultdict(list)
    for place in places:
        by_words[_words(place.name)].append(place)
    found = []
    for who in people:
        decided = decisions.get(who.key)
        if decided == NOT_OURS:
            found.append(Match(who, is_decided=True))
        elif decided in by_pk:
            found.append(Match(who, by_pk[decided], By.STAFF))
        elif who.email in by_email:
            found.append(Match(who, by_email[who.email], By.EMAIL))
        else:
            found.append(_by_name(who, by_words))
    return found


def teaching(
    people: Iterable[Somebody], staff: Iterable[Place], places: Iterable[Place]
) -> set[str]:
    """The keys of who teaches: by address, or by a name that no participant bears."""
    found = [one for one in match(people, staff) if one.place]
    named = [one.who for one in found if one.by == By.NAME]
    taken = {one.who.key for one in match(named, places) if one.place}
    return {one.who.key for one in found} - taken


def _by_name(who: Somebody, by_words: Mapping[frozenset[str], list[Place]]) -> Match:
    words = [_words(name) for name in who.names]
    same = {p.pk: p for one in words if one for p in by_words.get(one, [])}
    if len(same) == 1:
        return Match(who, next(iter(same.values())), By.NAME)
    like = {
        place.pk: place
        for theirs, places in by_words.items()
        if any(_is_like(one, theirs) for one in words)
        for place in places
    }
    return Match(who, candidates=tuple((same or like).values()))


def _is_like(one: frozenset[str], other: frozenset[str]) -> bool:
    """One name is part of the other: lists have patronymics, screens initials."""
    mine, theirs = one - other, other - one
    return bool(one & other) and (_short_of(mine, theirs) or _short_of(theirs, mine))


def _short_of(words: frozenset[str], others: frozenset[str]) -> bool:
    """Is each an initial of one of the others? True of no words."""
    return all(
        len(word) <= INITIAL and any(other.startswith(word) for other in others)
        for word in words
    )


def _somebody(joins: list[Join]) -> Somebody:
    names: dict[str, None] = {}
    for join in joins:
        names.update(dict.fromkeys(_names(join.name)))
    email = next((join.email for join in joins if join.email), "")
    return Somebody(str(joins[0].line), tuple(names), email, tuple(joins))


def _names(name: str) -> list[str]:
    """Zoom writes the name somebody chose, and in brackets the one they came with."""
    found = _ORIGINAL.fullmatch(name)
    parts = [part.strip() for part in found.groups()] if found else []
    return [name, *filter(None, parts)]


def _key(name: str) -> str:
    return fold(name) or name.casefold()


def _words(name: str) -> frozenset[str]:
    return frozenset(fold(name).split())
