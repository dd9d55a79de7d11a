"""Who was expected in which session, and what was marked: read once, summed anywhere.

A session is that of its cohort's place; a participant's audience is the snapshot's.
Attendance of people follows `lms.sums`, so that no report has a rule of its own.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from lms import presence
from lms.attendance_rules import rules_of
from lms.models import Enrolment, Mark, Session
from lms.sums import Expected

from .question import Question


@dataclass(frozen=True)
class Meeting:
    """A session of the period that was not cancelled."""

    pk: int
    day: date
    minutes: int
    is_held: bool
    is_required: bool
    cohort: int
    place: str
    region: str


@dataclass(frozen=True)
class Seat:
    """One expected participant at one session, and what was marked."""

    meeting: Meeting
    person: int
    audience: str
    expected: Expected

    @property
    def minutes_attended(self) -> Fraction:
        """The minutes written down, else the mark's share of the session."""
        return self.expected.in_minutes(0).earned


@dataclass(frozen=True)
class Seating:
    """The sessions asked about and the seats in them."""

    meetings: list[Meeting]
    seats: list[Seat]
    # How many people came without a place, by the key of the meeting (ATT-48).
    guests: Counter[int] = field(default_factory=Counter)


def seating(question: Question) -> Seating:
    """Four queries, whatever there is. The question's region is the cohort's."""
    sessions = _sessions(question)
    found = {
        session.pk: (
            presence.Meeting(session, 0, session.ends_at),
            Meeting(
                session.pk,
                session.local_date,
                session.minutes,
                session.status == Session.Status.HELD,
                session.is_required,
                session.cohort_id,
                session.cohort.place,
                session.cohort.region,
            ),
        )
        for session in _with_rules(sessions).order_by("starts_at", "pk")
    }
    marks = _marks(sessions)
    seats = [
        Seat(meeting, place.person_id, place.audience, expected)
        for place, here in _pairs(question, sessions, found)
        for held, meeting in here
        if (expected := _expected(place, held, marks))
    ]
    meetings = [meeting for _held, meeting in found.values()]
    return Seating(meetings, seats, _guests(sessions))


def _guests(sessions) -> Counter[int]:
    here = Mark.objects.filter(
        session__in=sessions.order_by().values("pk"),
        enrolment__in=Enrolment.objects.guests(),
        status__credit__gt=0,
    )
    return Counter(here.values_list("session", flat=True))


def _with_rules(sessions):
    """With what each course asks of attendance, and without its long outline."""
    return sessions.select_related("cohort__edition").defer("cohort__edition__outline")


def _expected(
    place: Enrolment,
    held: presence.Meeting,
    marks: dict[tuple[int, int], presence.Given],
) -> Expected | None:
    given = marks.get((held.session.pk, place.pk), presence.NOTHING)
    rules = rules_of(held.session.cohort.edition.policy)
    return presence.expected_of(place, held, given, rules)


def _sessions(question: Question):
    period = question.period
    return Session.objects.live().filter(
        cohort__in=question.runs().values("pk"),
        local_date__range=(period.first, period.last),
    )


def _pairs(question: Question, sessions, found: dict) -> Iterator[tuple]:
    """Every place that was ever active, with the sessions of its cohort."""
    by_cohort = defaultdict(list)
    for held, meeting in found.values():
        by_cohort[meeting.cohort].append((held, meeting))
    places = replace(question, region="").places().exclude(active_from=None)
    places = places.filter(cohort__in=sessions.order_by().values("cohort"))
    columns = [
        "cohort_id",
        "person_id",
        "audience",
        "active_from",
        "active_to",
        "moved_from_id",
    ]
    for place in places.only(*columns).order_by("pk").iterator(chunk_size=2000):
        yield place, by_cohort[place.cohort_id]


def _marks(sessions) -> dict[tuple[int, int], presence.Given]:
    rows = Mark.objects.filter(session__in=sessions.order_by().values("pk"))
    return presence.given_of(rows.exclude(status=None))
