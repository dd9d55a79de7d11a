"""Importing a register that somebody typed: first what would happen, then it happens.

A file says less than whoever was in the room: marks of trainers and of codes stay
(ATT-18, ATT-47), and the same file again changes nothing (ATT-34).
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from lms.attendance import Line, sheet_of, statuses_of
from lms.guests import names_before
from lms.models import Cohort, Enrolment, Mark, MarkStatus, Session
from lms.register_table import Table
from lms.same_names import CLEAR, Likeness, alike, likeness
from lms.status_words import status_named

from .attendance import hold_if_due
from .evidence import Evidence, record
from .guests import find_or_add_guest
from .places import lock_cohort

GUEST, LEAVE_OUT = "guest", "none"


class Outcome(StrEnum):
    """What becomes of one cell."""

    NEW = "new"
    CHANGE = "change"
    SAME = "same"
    KEPT = "kept"


@dataclass
class Entry:
    """One line of the file. `refused` says why nothing of it is applied."""

    number: int
    name: str
    likeness: Likeness | None = None
    place: Enrolment | None = None
    candidates: list[Enrolment] = field(default_factory=list)
    decision: str = ""
    refused: str = ""
    # The name alone says it, without anybody's word.
    is_clear: bool = False
    marks: dict[int, MarkStatus] = field(default_factory=dict)
    outcomes: dict[int, Outcome] = field(default_factory=dict)

    @property
    def is_guest(self) -> bool:
        return self.place is None and self.decision == GUEST

    @property
    def is_asked(self) -> bool:
        """Somebody must say who this is."""
        return not self.refused and self.place is None and not self.decision


@dataclass
class Plan:
    """What the file would do; `refused` are its columns that cannot be written."""

    cohort: Cohort
    sessions: list[Session]
    entries: list[Entry] = field(default_factory=list)
    closed: list[Session] = field(default_factory=list)

    def count(self, outcome: str) -> int:
        return sum(list(e.outcomes.values()).count(outcome) for e in self.entries)

    @property
    def counts(self) -> dict[str, int]:
        return {one.value: self.count(one) for one in Outcome} | {
            "refused": len(self.refused),
            "asked": sum(entry.is_asked for entry in self.entries),
        }

    @property
    def refused(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.refused]

    @property
    def is_correction(self) -> bool:
        """Was one of the registers signed off before (ATT-49)?"""
        return any(session.is_reopened for session in self.sessions)

    @property
    def does_something(self) -> bool:
        return bool(self.count(Outcome.NEW) + self.count(Outcome.CHANGE))


def plan(
    cohort: Cohort,
    table: Table,
    *,
    columns: Mapping[int, int],
    decisions: Mapping[int, str],
) -> Plan:
    """The dry run: reads, writes nothing (ATT-35).

    `columns` maps a column to a session, `decisions` the number of a line to the key of
    a place, GUEST or LEAVE_OUT. Lines that name nobody are passed over.
    """
    rows = cohort.sessions.live().filter(pk__in=columns.values())
    sessions = {one.pk: one for one in rows.select_related("cohort")}
    found = Plan(cohort, list(sessions.values()))
    found.closed = [s for s in found.sessions if s.register == Session.Register.SIGNED]
    places = _places(cohort)
    before = names_before(place.person_id for place in places.values())
    for line in table.lines:
        name = line.cell(table.name)
        if name:
            entry = Entry(line.number, name, decision=decisions.get(line.number, ""))
            _identify(entry, places, before)
            _read_marks(entry, line, columns, sessions)
            found.entries.append(entry)
    _refuse_repeated(found.entries)
    _compare(found)
    return found


@transaction.atomic
def import_register(
    cohort: Cohort,
    table: Table,
    *,
    columns: Mapping[int, int],
    decisions: Mapping[int, str],
    by,
    reason: str = "",
) -> Plan:
    """Write what the dry run showed, looked up anew; a second time nothing changes.

    Raises ReasonMissing where a register was signed off before.
    """
    cohort = lock_cohort(cohort)
    found = plan(cohort, table, columns=columns, decisions=decisions)
    pieces = defaultdict(list)
    for entry in found.entries:
        for pk, outcome in entry.outcomes.items():
            if outcome in (Outcome.NEW, Outcome.CHANGE):
                pieces[pk].append((entry, entry.marks[pk]))
    for session in sorted(found.sessions, key=lambda one: one.pk):
        if pieces[session.pk]:
            _write(session, pieces[session.pk], by=by, reason=reason)
    if found.does_something:
        log(cohort, "lms.import_register", user=by, data=found.counts)
    return found


def _write(session: Session, pieces, *, by, reason: str) -> None:
    evidence = []
    for entry, status in pieces:
        if entry.place is None:
            entry.place = find_or_add_guest(
                session.cohort, session, by=by, name=entry.name
            )
        evidence.append(
            Evidence(
                enrolment_id=entry.place.pk,
                source=Mark.Source.IMPORT,
                code=status.code,
                reason=_("Imported list, line %(line)s") % {"line": entry.number},
            )
        )
    record(session, evidence, by=by, reason=reason)
    hold_if_due(Session.objects.select_related("cohort").get(pk=session.pk))


def _places(cohort: Cohort) -> dict[int, Enrolment]:
    """Everybody who has or had a place, and guests who are nobody else by now."""
    rows = cohort.enrolments.exclude(active_from=None)
    rows = rows.exclude(person__merged_into__isnull=False)
    return {one.pk: one for one in rows.select_related("person").order_by("pk")}


def _identify(
    entry: Entry, places: Mapping[int, Enrolment], before: Mapping[int, list[str]]
) -> None:
    """Whose line it is: by the whole name, or by somebody's word.

    Suggested first is with whom a guest of this name was matched before.
    """
    names = {pk: place.person.legal_name for pk, place in places.items()}
    entry.likeness, keys = alike(entry.name, names)
    known = [
        pk
        for pk, place in places.items()
        if any(
            likeness(entry.name, n) in CLEAR for n in before.get(place.person_id, ())
        )
    ]
    entry.candidates = [places[pk] for pk in dict.fromkeys(known + keys)]
    is_one = len(entry.candidates) == 1
    entry.is_clear = entry.likeness in CLEAR and is_one
    if entry.is_clear:
        entry.place, entry.decision = places[keys[0]], ""
        return
    if entry.decision.isdecimal() and len(entry.decision) < 18:
        entry.place = places.get(int(entry.decision))
    if entry.place is None and entry.decision not in (GUEST, LEAVE_OUT):
        entry.decision = ""


def _read_marks(entry: Entry, line, columns, sessions) -> None:
    for column, pk in columns.items():
        written, session = line.cell(column), sessions.get(pk)
        if not written or session is None:
            continue
        status = status_named(written, _statuses(session).values())
        if status is None:
            text = _("Line %(line)s: nobody can read the mark “%(mark)s”.")
            entry.refused = text % {"line": entry.number, "mark": written[:40]}
        else:
            entry.marks[pk] = status


def _statuses(session: Session) -> dict[str, MarkStatus]:
    """Read once for a session, however long the file is."""
    if not hasattr(session, "_known_statuses"):
        session._known_statuses = statuses_of(session)
    return session._known_statuses


def _refuse_repeated(entries: list[Entry]) -> None:
    """One person twice: both lines are named and neither applied, unless identical."""
    by_person = defaultdict(list)
    for entry in entries:
        if entry.place or entry.is_guest:
            key = entry.place.pk if entry.place else entry.name.casefold()
            by_person[key].append(entry)
    for same in by_person.values():
        if len({tuple(sorted(_codes(entry).items())) for entry in same}) > 1:
            lines = ", ".join(str(entry.number) for entry in same)
            for entry in same:
                entry.refused = _(
                    "Lines %(lines)s are about one person and differ: neither counts."
                ) % {"lines": lines}


def _codes(entry: Entry) -> dict[int, str]:
    return {pk: status.code for pk, status in entry.marks.items()}


def _compare(found: Plan) -> None:
    """With the marks there are; a query for each session."""
    wanted = [entry.place.pk for entry in found.entries if entry.place]
    for session in found.sessions:
        lines = {line.pk: line for line in sheet_of(session, only=wanted)}
        for entry in found.entries:
            status = entry.marks.get(session.pk)
            who = entry.place or entry.is_guest
            if status is None or entry.refused or not who or session in found.closed:
                continue
            line = lines.get(entry.place.pk) if entry.place else None
            if line and not line.is_expected:
                entry.refused = _(
                    "Line %(line)s: no place in the cohort at the session of %(day)s."
                ) % {"line": entry.number, "day": session.local_date.isoformat()}
                entry.outcomes = {}
                continue
            entry.outcomes[session.pk] = _outcome(line, status)


def _outcome(line: Line | None, status: MarkStatus) -> Outcome:
    if line is None or line.status is None:
        return Outcome.NEW
    if line.code == status.code:
        return Outcome.SAME
    is_weak = line.mark.source == Mark.Source.IMPORT
    return Outcome.CHANGE if is_weak else Outcome.KEPT
