"""What is printed for a room: sheets to sign, badges and name plates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from .alphabet import by_name
from .models import Cohort, Enrolment, Session, Staff


@dataclass(frozen=True)
class Signer:
    """A line of a sheet: who signs, and at which of its sessions."""

    name: str
    organisation: str
    cells: tuple[bool, ...]


@dataclass(frozen=True)
class Bearer:
    """Whose badge or name plate it is."""

    name: str
    organisation: str
    place: Enrolment | None = None


def sessions_of(cohort: Cohort, day: date) -> list[Session]:
    """What takes place on this day, the first one first."""
    return list(cohort.sessions.live().filter(local_date=day).select_related("cohort"))


def days_of(cohort: Cohort) -> list[tuple[date, list[Session]]]:
    """The days of the cohort that have sessions."""
    rows = cohort.sessions.live().select_related("cohort").order_by("starts_at")
    return [(day, list(rows)) for day, rows in groupby(rows, _day)]


def signers(cohort: Cohort, sessions: list[Session]) -> list[Signer]:
    """Everybody expected at one of the sessions at least, in the alphabet's order."""
    lines = []
    for place in _places(cohort):
        cells = tuple(session.expects(place) for session in sessions)
        if any(cells):
            organisation = str(place.organisation or "")
            lines.append(Signer(place.person.legal_name, organisation, cells))
    return lines


def participants(cohort: Cohort) -> list[Bearer]:
    """Who studies here, in the alphabet's order."""
    return [
        Bearer(
            place.person.legal_name,
            str(place.organisation or place.person.organisation or ""),
            place,
        )
        for place in _places(cohort)
        if place.is_studying
    ]


def trainers(cohort: Cohort) -> list[Bearer]:
    """Who teaches here, by the name they are known by."""
    rows = cohort.staff.filter(role=Staff.Role.TRAINER).select_related(
        "user__person__organisation"
    )
    bearers = [_bearer(row.user) for row in rows]
    return sorted(bearers, key=lambda bearer: by_name(bearer.name))


def _bearer(user) -> Bearer:
    person = getattr(user, "person", None)
    if person is None:
        return Bearer(str(user), "")
    return Bearer(person.legal_name, str(person.organisation or ""))


def _places(cohort: Cohort) -> Iterable[Enrolment]:
    rows = cohort.enrolments.exclude(status=Enrolment.Status.GUEST)
    places = rows.exclude(active_from=None).select_related(
        "person__organisation", "organisation"
    )
    return sorted(
        places, key=lambda place: (by_name(place.person.legal_name), place.pk)
    )


def _day(session: Session) -> date:
    return session.local_date
