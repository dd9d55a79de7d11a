"""A cohort's matrix: its people, what is asked of them, and what stands in the way.

The requirements are those every other page reads (`lms.standing`); the sessions beside
them say from what the attendance comes. As many queries for 300 people as for one.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from courses import clock

from .alphabet import by_name
from .attendance_rules import rules_of
from .completion import ATTENDANCE, Requirement, Text, percent_text
from .models import Cohort, Enrolment
from .presence import NOTHING, Given, Meeting, expected_of, marks_of, meetings_of
from .standing import standings_of
from .sums import Expected
from .waivers import words_by_place

WORDS: dict[str, Text] = {
    "done": _("done"),
    "open": _("open"),
    "lost": _("cannot be met any more"),
    "waived": _("waived"),
    "none": _("not expected"),
}
MET, UNMET = ("done", "waived"), ("open", "lost")


class Cell(NamedTuple):
    """One person and one requirement or session; `value` is a figure to print.

    `note` says by whom and why it was waived.
    """

    state: str
    word: Text
    value: str = ""
    note: str = ""


class Column(NamedTuple):
    """A requirement by its key, or a session."""

    key: str
    kind: str
    title: Text


class Blocker(NamedTuple):
    """What stands in a person's way, in words for the people who teach."""

    key: str
    title: Text
    why: Text
    is_lost: bool


class Tally(NamedTuple):
    """How many have met one requirement; `share` is whole percents of the people."""

    column: Column
    done: int
    share: int


@dataclass(frozen=True)
class Row:
    """One person; `is_ready` once nothing is missing any more."""

    place: Enrolment
    cells: list[Cell]
    blockers: list[Blocker]
    is_ready: bool

    @property
    def is_lost(self) -> bool:
        return any(blocker.is_lost for blocker in self.blockers)


@dataclass(frozen=True)
class Matrix:
    columns: list[Column]
    rows: list[Row]

    @cached_property
    def behind(self) -> list[Row]:
        """Who has something in the way; what cannot be met any more first."""
        rows = [row for row in self.rows if row.blockers]
        return sorted(rows, key=lambda row: (not row.is_lost, -len(row.blockers)))

    @cached_property
    def ready(self) -> list[Row]:
        return [row for row in self.rows if row.is_ready]

    def lacking(self, key: str) -> list[Row]:
        """Who has not met this requirement, or was not at this session."""
        keys = [column.key for column in self.columns]
        if key not in keys:
            return self.rows
        place = keys.index(key)
        return [row for row in self.rows if row.cells[place].state in UNMET]

    def chosen(self, *, show: str, missing: str) -> list[Row]:
        """The rows an address asks for; what is not understood narrows nothing."""
        if missing:
            return self.lacking(missing)
        return {"behind": self.behind, "ready": self.ready}.get(show, self.rows)

    @cached_property
    def tallies(self) -> list[Tally]:
        """What is asked, with how many of the people have met it."""
        people = len(self.rows) or 1
        found = []
        for place, column in enumerate(self.columns):
            done = sum(row.cells[place].state in MET for row in self.rows)
            found.append(Tally(column, done, done * 100 // people))
        return found


def matrix_of(cohort: Cohort, places: Iterable[Enrolment] | None = None) -> Matrix:
    """Everybody who studies in the cohort by name, or these people of it."""
    standings = standings_of(cohort, places)
    sheet = _Sheet(cohort, standings)
    notes = words_by_place(standings)
    common = _done_by_most(standings)
    is_over = _is_over(cohort)
    rows = [
        Row(
            place,
            [_cell(one, notes.get((place.pk, one.key), "")) for one in found]
            + sheet.cells(place),
            sorted(
                _blockers(place, found, common, is_over, sheet),
                key=lambda one: not one.is_lost,
            ),
            _is_ready(place, found),
        )
        for place, found in standings.items()
    ]
    rows.sort(key=lambda row: by_name(row.place.person.legal_name))
    asked = next(iter(standings.values()), [])
    columns = [Column(one.key, one.kind, one.title) for one in asked]
    return Matrix(columns + sheet.columns, rows)


def file_rows(matrix: Matrix, rows: Iterable[Row]) -> Iterator[list]:
    """These rows of the matrix as a table for a file."""
    yield [
        gettext("Name"),
        gettext("Organisation"),
        gettext("Status"),
        gettext("What is missing"),
        *(str(column.title) for column in matrix.columns),
    ]
    for row in rows:
        organisation = row.place.organisation
        yield [
            row.place.person.legal_name,
            organisation.name if organisation else "",
            str(row.place.get_status_display()),
            " ".join(f"{one.title}: {one.why}" for one in row.blockers),
            *(_in_file(cell) for cell in row.cells),
        ]


def _in_file(cell: Cell) -> str:
    return " ".join(filter(None, [cell.value, f"{cell.word}", cell.note]))


class _Sheet:
    """The required sessions of a cohort and who was there."""

    def __init__(self, cohort: Cohort, places: Iterable[Enrolment]):
        self.meetings = meetings_of([cohort.pk])[cohort.pk]
        self.marks = marks_of(places)
        self.rules = rules_of(cohort.edition.policy)

    @property
    def columns(self) -> list[Column]:
        title = gettext("Session %(number)d, %(day)s")
        return [
            Column(f"session-{one.session.pk}", "session", _named(title, one))
            for one in self.meetings
        ]

    def cells(self, place: Enrolment) -> list[Cell]:
        marks = self.marks.get(place.pk, {})
        return [
            self._cell(place, one, marks.get(one.session.pk, NOTHING))
            for one in self.meetings
        ]

    def missed(self, place: Enrolment) -> list[str]:
        """The names of the sessions this person was absent from."""
        name = gettext("session %(number)d (%(day)s)")
        cells = zip(self.meetings, self.cells(place), strict=True)
        return [_named(name, one) for one, cell in cells if cell.state == "lost"]

    def _cell(self, place: Enrolment, meeting: Meeting, given: Given) -> Cell:
        """A session before the place began is what the rules say it is (ATT-11)."""
        standing = expected_of(place, meeting, given, self.rules)
        if standing is None:
            return Cell("none", WORDS["none"])
        if given.status is None:
            return _unmarked(standing)
        if not given.counts:
            return Cell("waived", str(given.status))
        return Cell("done" if given.credit else "lost", str(given.status))


def _unmarked(standing: Expected) -> Cell:
    if standing.credit is not None:
        return Cell("lost", gettext("before joining"))
    return _NOT_MARKED if standing.is_held else _TO_COME


_NOT_MARKED = Cell("open", _("not marked yet"))
_TO_COME = Cell("open", _("to come"))


def _named(text: str, meeting: Meeting) -> str:
    day = date_format(meeting.session.local_date, "j E")
    return text % {"number": meeting.number, "day": day}


def _cell(one: Requirement, note: str) -> Cell:
    value = "" if one.value is None else percent_text(one.value)
    return Cell(
        one.state, WORDS[one.state], value, note if one.state == "waived" else ""
    )


def _blockers(
    place: Enrolment, found: list[Requirement], common, is_over: bool, sheet: _Sheet
) -> Iterator[Blocker]:
    """A completed place has nothing in its way, whatever is asked later (CO-05)."""
    if place.status == Enrolment.Status.COMPLETED:
        return
    for one in found:
        if not _blocks(one, common, is_over):
            continue
        why = one.why
        missed = sheet.missed(place) if one.key == ATTENDANCE else []
        if missed:
            why = format_lazy("{why} {missed}", why=why, missed=_missed(missed))
        yield Blocker(one.key, one.title, why, not one.can_still_be_met)


def _blocks(one: Requirement, common: set[str], is_over: bool) -> bool:
    """Cannot be met, was tried and missed, or most of the others have it done.

    What simply comes later in a running cohort stands in nobody's way.
    """
    if one.met or one.is_awaiting:
        return False
    if not one.can_still_be_met or is_over:
        return True
    if one.key == ATTENDANCE:
        return (
            one.value is not None and one.needed is not None and one.value < one.needed
        )
    return one.value is not None or one.key in common


def _missed(names: list[str]) -> str:
    return gettext("Missed: %(sessions)s.") % {"sessions": ", ".join(names)}


def _done_by_most(standings: dict[Enrolment, list[Requirement]]) -> set[str]:
    """The keys of what more than half of the people have done."""
    done = Counter(one.key for found in standings.values() for one in found if one.met)
    return {key for key, people in done.items() if people * 2 > len(standings)}


def _is_over(cohort: Cohort) -> bool:
    today = timezone.localdate(clock.now(), cohort.zone)
    return cohort.status == Cohort.Status.FINISHED or cohort.ends_on < today


def _is_ready(place: Enrolment, found: list[Requirement]) -> bool:
    if place.status == Enrolment.Status.COMPLETED:
        return True
    return bool(found) and all(one.met for one in found)
