"""Who was expected at which session and what was marked, read for many at once.

The same few queries for one participant and for three hundred.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import NamedTuple

from django.db.models import QuerySet

from courses import clock

from .attendance_rules import Rules, rules_of
from .models import Cohort, Enrolment, Mark, MarkStatus, Session
from .sums import (
    Expected,
    Sums,
    attendance_sums,
    before_joining,
    is_expected,
    is_past,
    was_before,
)


class Given(NamedTuple):
    """A mark: its status, None for a remark alone, and the minutes if any are known."""

    status: MarkStatus | None
    credit: Fraction | None
    minutes: int | None

    @property
    def counts(self) -> bool:
        return self.status is None or self.status.counts


NOTHING = Given(None, None, None)
STATUS_COLUMNS = ("code", "credit", "counts", "names")
Marks = dict[int, dict[int, Given]]


@dataclass(frozen=True)
class Meeting:
    """A session that counts, with its place among those of its cohort, from 1."""

    session: Session
    number: int
    ends_at: datetime


def marks_of(enrolments: Iterable[Enrolment]) -> Marks:
    """By enrolment and session, what was marked; one query."""
    rows = Mark.objects.filter(enrolment__in=[one.pk for one in enrolments])
    found: Marks = defaultdict(dict)
    for (session, enrolment), given in given_of(rows).items():
        found[enrolment][session] = given
    return found


def given_of(marks: QuerySet[Mark]) -> dict[tuple[int, int], Given]:
    """By session and enrolment, what these marks say; one query."""
    columns = [f"status__{name}" for name in STATUS_COLUMNS]
    found: dict[tuple[int, int], Given] = {}
    known: dict[tuple, Given] = {}
    rows = marks.values_list("session", "enrolment", "minutes", "status", *columns)
    for session, enrolment, minutes, status, *values in rows:
        key = status, minutes
        if key not in known:
            known[key] = _given(_status(status, values), minutes)
        found[session, enrolment] = known[key]
    return found


def _status(pk: int | None, values: list) -> MarkStatus | None:
    named = dict(zip(STATUS_COLUMNS, values, strict=True))
    return None if pk is None else MarkStatus(pk=pk, **named)


def said_by(mark: Mark | None) -> Given:
    """Of a mark that is read already, with its status."""
    return _given(mark.status, mark.minutes) if mark else NOTHING


def required_sessions(cohort: Cohort) -> list[Session]:
    """Those that count for attendance, the first one first."""
    return [one.session for one in meetings_of([cohort.pk])[cohort.pk]]


def meetings_of(cohorts: Iterable[int]) -> dict[int, list[Meeting]]:
    """By cohort, the sessions that count for attendance, the first one first."""
    live = Session.objects.live().filter(cohort__in=set(cohorts), is_required=True)
    found: dict[int, list[Meeting]] = defaultdict(list)
    for session in live.order_by("starts_at", "pk"):
        meetings = found[session.cohort_id]
        meetings.append(Meeting(session, len(meetings) + 1, session.ends_at))
    return found


def asks_attendance(cohort: Cohort) -> bool:
    """Does completing depend on any session at all?"""
    if rules_of(cohort.edition.policy).percent:
        return True
    return cohort.sessions.live().filter(is_mandatory=True).exists()


def attendance_sums_of(cohort: Cohort, places: list[Enrolment]) -> dict[int, Sums]:
    """By enrolment; empty in a self-paced cohort that never meets.

    Who came from another cohort of the edition brings along the sessions that were
    expected there: each was expected where the person then had a place (ATT-13).
    """
    read = _read(places, {cohort.pk})
    if not any(read.meetings.values()) and cohort.mode == Cohort.Mode.SELF_PACED:
        return {}
    rules = rules_of(cohort.edition.policy)
    return {place.pk: _sums(place, read, rules) for place in places}


def sums_in_any_cohort(places: Iterable[Enrolment]) -> dict[int, Sums]:
    """The same for places of several cohorts, read with their editions already.

    As many queries as for one cohort.
    """
    places = list(places)
    read = _read(places, set())
    return {
        place.pk: _sums(place, read, rules_of(place.cohort.edition.policy))
        for place in places
    }


class _Read(NamedTuple):
    """What was read for some places at once."""

    earlier: dict[int, list[Enrolment]]
    meetings: dict[int, list[Meeting]]
    marks: Marks


def _read(places: list[Enrolment], cohorts: set[int]) -> _Read:
    earlier = earlier_places(places)
    everybody = [*places, *(one for chain in earlier.values() for one in chain)]
    meetings = meetings_of([*cohorts, *(one.cohort_id for one in everybody)])
    return _Read(earlier, meetings, marks_of(everybody))


def _sums(place: Enrolment, read: _Read, rules: Rules) -> Sums:
    chain = [*read.earlier.get(place.pk, []), place]
    return attendance_sums(_expected(chain, read.meetings, read.marks, rules), rules)


def earlier_places(places: Iterable[Enrolment]) -> dict[int, list[Enrolment]]:
    """By enrolment, the places this person was moved from, the first one first.

    No query where nobody was moved; else one for each move of whoever moved most.
    """
    chains: dict[int, list[Enrolment]] = {}
    last = {place.pk: place for place in places}
    while True:
        wanted = {
            pk: place.moved_from_id
            for pk, place in last.items()
            if place.moved_from_id
            and place.moved_from_id not in _pks(pk, chains.get(pk, []))
        }
        if not wanted:
            return chains
        found = Enrolment.objects.in_bulk(set(wanted.values()))
        last = {pk: found[before] for pk, before in wanted.items()}
        for pk, place in last.items():
            chains.setdefault(pk, []).insert(0, place)


def is_away(session: Session, place: Enrolment, chain: Iterable[Enrolment]) -> bool:
    """Had the person, moved to and fro, just then a place in another cohort?"""
    return any(
        other.pk != place.pk
        and other.active_from is not None
        and other.active_to is not None
        and place.active_from is not None
        and place.active_from < other.active_from <= session.starts_at < other.active_to
        for other in chain
    )


def _pks(pk: int, chain: list[Enrolment]) -> set[int]:
    return {pk, *(one.pk for one in chain)}


def _given(status: MarkStatus | None, minutes: int | None) -> Given:
    return Given(status, None if status is None else Fraction(status.credit), minutes)


def expected_of(
    place: Enrolment, meeting: Meeting, given: Given, rules: Rules
) -> Expected | None:
    """What a session of its cohort is to this place; None where it is not expected."""
    one = _one(meeting, given)
    if is_expected(
        starts_at=meeting.session.starts_at,
        ends_at=meeting.ends_at,
        active_from=place.active_from,
        active_to=place.active_to,
    ):
        return one
    if place.moved_from_id is None and was_before(meeting.ends_at, place.active_from):
        return before_joining(one, rules)
    return None


def _expected(
    chain: list[Enrolment], meetings: dict[int, list[Meeting]], marks: Marks, rules
) -> Iterator[Expected]:
    """Of all places of a chain of moves."""
    for place in chain:
        given = marks.get(place.pk, {})
        for meeting in meetings[place.cohort_id]:
            pk = meeting.session.pk
            one = expected_of(place, meeting, given.get(pk, NOTHING), rules)
            if one and not is_away(meeting.session, place, chain):
                yield one


def _one(meeting: Meeting, given: Given) -> Expected:
    session = meeting.session
    return Expected(
        is_held=is_past(
            is_held=session.status == Session.Status.HELD,
            is_marked=given.status is not None,
            starts_at=session.starts_at,
            now=clock.now(),
        ),
        credit=given.credit,
        counts=given.counts,
        minutes=given.minutes,
        length=session.minutes,
        number=meeting.number,
        is_mandatory=session.is_mandatory,
    )
