"""Who was expected in which session, and what was marked: read once, summed anywhere.

A session is that of its cohort's place; a participant's audience is the snapshot's.
Attendance of people follows `lms.sums`, so that no report has a rule of its own.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from lms.models import Enrolment, Mark, Session
from lms.sums import Expected, is_expected

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
    """One expected participant at one session; `credit` None while there is no mark."""

    meeting: Meeting
    person: int
    audience: str
    credit: Fraction | None
    counts: bool
    minutes: int | None

    @property
    def expected(self) -> Expected:
        return Expected(self.meeting.is_held, self.credit, self.counts)

    @property
    def minutes_attended(self) -> Fraction:
        """The minutes written down, else the mark's share of the session."""
        if self.credit is None:
            return Fraction(0)
        if self.minutes is not None:
            return Fraction(min(self.minutes, self.meeting.minutes))
        return self.credit * self.meeting.minutes


@dataclass(frozen=True)
class Seating:
    """The sessions asked about and the seats in them."""

    meetings: list[Meeting]
    seats: list[Seat]


def seating(question: Question) -> Seating:
    """Three queries, whatever there is. The question's region is the cohort's."""
    sessions = _sessions(question)
    found = {
        session.pk: (
            session,
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
        for session in sessions.select_related("cohort").order_by("starts_at", "pk")
    }
    marks = _marks(sessions)
    seats = [
        _seat(meeting, place, marks.get((meeting.pk, place.pk)))
        for place, here in _pairs(question, sessions, found)
        for session, meeting in here
        if is_expected(
            starts_at=session.starts_at,
            ends_at=session.starts_at + timedelta(minutes=session.minutes),
            active_from=place.active_from,
            active_to=place.active_to,
        )
    ]
    return Seating([meeting for _session, meeting in found.values()], seats)


def _sessions(question: Question):
    period = question.period
    return Session.objects.live().filter(
        cohort__in=question.runs().values("pk"),
        local_date__range=(period.first, period.last),
    )


def _pairs(question: Question, sessions, found: dict) -> Iterator[tuple]:
    """Every place that was ever active, with the sessions of its cohort."""
    by_cohort = defaultdict(list)
    for session, meeting in found.values():
        by_cohort[session.cohort_id].append((session, meeting))
    places = replace(question, region="").places().exclude(active_from=None)
    places = places.filter(cohort__in=sessions.order_by().values("cohort"))
    columns = ["cohort_id", "person_id", "audience", "active_from", "active_to"]
    for place in places.only(*columns).order_by("pk").iterator(chunk_size=2000):
        yield place, by_cohort[place.cohort_id]


def _marks(sessions) -> dict[tuple[int, int], tuple]:
    rows = Mark.objects.filter(session__in=sessions.order_by().values("pk"))
    return {
        (session, enrolment): rest
        for session, enrolment, *rest in rows.exclude(status=None).values_list(
            "session", "enrolment", "status__credit", "status__counts", "minutes"
        )
    }


def _seat(meeting: Meeting, place: Enrolment, mark) -> Seat:
    credit, counts, minutes = mark or (None, True, None)
    return Seat(
        meeting,
        place.person_id,
        place.audience,
        None if credit is None else Fraction(credit),
        counts,
        minutes,
    )
