"""Who of a list is known already. Values in, values out: no database.

An e-mail address says who somebody is (EN-09). A name within an organisation does not:
it suggests, and a person decides. Whoever has a place in this very cohort under the
same name and organisation needs none, so that a list may be applied twice.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from django.utils.translation import gettext as _

from .folding import fold_name, fold_organisation
from .rows import Row

SOMEBODY_ELSE = 0
# What a list may add to somebody known. Never an e-mail address: it opens an account.
ADDABLE = ("sex", "position", "organisation", "phone", "region", "audience")


class Outcome(StrEnum):
    NEW = "new"
    KNOWN = "known"
    SUGGESTED = "suggested"
    REPEATED = "repeated"
    ENROLLED = "enrolled"
    ENDED = "ended"
    REFUSED = "refused"
    UNPREPARED = "unprepared"


@dataclass(frozen=True)
class Known:
    """Somebody in the records; `place` is what they have in this cohort."""

    pk: int
    name: str
    organisation: str = ""
    email: str = ""
    phone: str = ""
    place: Outcome | None = None
    empty: frozenset[str] = frozenset()

    @property
    def identity(self) -> tuple[str, str]:
        return fold_name(self.name), fold_organisation(self.organisation)


@dataclass(frozen=True)
class Match:
    """What would happen with one line; `lacks` is what should have come before."""

    row: Row
    outcome: Outcome
    person: int | None = None
    candidates: tuple[Known, ...] = ()
    first_line: str = ""
    warnings: tuple[str, ...] = ()
    adds: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()

    @property
    def enrols(self) -> bool:
        return self.outcome in (Outcome.NEW, Outcome.KNOWN)


def match(
    rows: Iterable[Row], people: Iterable[Known], decisions: Mapping[str, int]
) -> list[Match]:
    """What would happen with each line, in the order of the list.

    `decisions` maps a line's key to the candidate who is meant, or SOMEBODY_ELSE.
    """
    matcher = _Matcher(people, decisions)
    return [matcher.match(row) for row in rows]


def identity(row: Row) -> tuple[str, str]:
    return fold_name(row.name), fold_organisation(row.organisation)


@dataclass
class _Seen:
    """The lines above, by what tells people apart."""

    by_email: dict[str, Row] = field(default_factory=dict)
    by_identity: dict[tuple[str, str], list[Row]] = field(
        default_factory=lambda: defaultdict(list)
    )
    by_person: dict[int, Row] = field(default_factory=dict)


class _Matcher:
    def __init__(self, people: Iterable[Known], decisions: Mapping[str, int]) -> None:
        self.decisions = decisions
        self.seen = _Seen()
        self.by_email: dict[str, Known] = {}
        self.by_identity: dict[tuple[str, str], list[Known]] = defaultdict(list)
        for person in people:
            if person.email:
                self.by_email[person.email.lower()] = person
            self.by_identity[person.identity].append(person)

    def match(self, row: Row) -> Match:
        if row.refusals:
            return Match(row, Outcome.REFUSED)
        first = self._named_above(row)
        if first:
            return Match(row, Outcome.REPEATED, first_line=first.key)
        row, warnings = self._without_borrowed_email(row)
        found = self._find(row)
        found = replace(found, warnings=row.warnings + warnings + found.warnings)
        return self._once(found)

    def _named_above(self, row: Row) -> Row | None:
        for above in self.seen.by_identity[identity(row)]:
            if _may_be_one(row.email, above.email) and _may_be_one(
                row.phone, above.phone
            ):
                return above
        return None

    def _without_borrowed_email(self, row: Row) -> tuple[Row, tuple[str, ...]]:
        """An address belongs to one person: the first who names it in the list."""
        above = self.seen.by_email.get(row.email) if row.email else None
        if above is None:
            return row, ()
        warning = _(
            "%(email)s stands on line %(line)s with another name; it stays empty here."
        ) % {"email": row.email, "line": above.key}
        return replace(row, email=""), (warning,)

    def _find(self, row: Row) -> Match:
        known = self.by_email.get(row.email) if row.email else None
        if known:
            return _found(row, known, warnings=_other_name(row, known))
        namesakes = self.by_identity[identity(row)]
        for person in namesakes:
            if person.place and _is_compatible(row, person):
                return _found(row, person)
        return self._decided(row, namesakes)

    def _decided(self, row: Row, namesakes: list[Known]) -> Match:
        decision = self.decisions.get(row.key)
        if not namesakes or decision == SOMEBODY_ELSE:
            return Match(row, Outcome.NEW, candidates=tuple(namesakes))
        for person in namesakes:
            if person.pk == decision:
                return replace(_found(row, person), candidates=tuple(namesakes))
        return Match(row, Outcome.SUGGESTED, candidates=tuple(namesakes))

    def _once(self, found: Match) -> Match:
        """Remember the line; the second line of one person is a repetition."""
        row = found.row
        if found.person is not None:
            above = self.seen.by_person.setdefault(found.person, row)
            if above is not row:
                return replace(found, outcome=Outcome.REPEATED, first_line=above.key)
        self.seen.by_identity[identity(row)].append(row)
        if row.email:
            self.seen.by_email[row.email] = row
        return found


def _found(row: Row, person: Known, *, warnings: tuple[str, ...] = ()) -> Match:
    if person.place:
        return Match(row, person.place, person=person.pk, warnings=warnings)
    adds = tuple(
        name for name in ADDABLE if name in person.empty and getattr(row, name)
    )
    return Match(row, Outcome.KNOWN, person=person.pk, warnings=warnings, adds=adds)


def _other_name(row: Row, known: Known) -> tuple[str, ...]:
    if fold_name(row.name) == fold_name(known.name):
        return ()
    return (
        _(
            "%(email)s belongs to somebody known under another name. Check the "
            "address: that person is meant, and keeps the known name."
        )
        % {"email": row.email},
    )


def _is_compatible(row: Row, person: Known) -> bool:
    return _may_be_one(row.email, person.email) and _may_be_one(row.phone, person.phone)


def _may_be_one(one: str, other: str) -> bool:
    """Nothing speaks against it: one is missing or both are the same."""
    return not one or not other or one.lower() == other.lower()
