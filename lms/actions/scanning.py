"""A trainer scans or types somebody's personal code, at the door, coming or going."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from courses import clock
from lms import codes
from lms.arrival import last_status, status_at
from lms.attendance import statuses_of
from lms.models import Enrolment, Mark, MarkEvent, MarkStatus, RefusedCheckIn, Session
from lms.personal_codes import codes_of

from .attendance import hold_if_due
from .evidence import Evidence, Outcome, record
from .refused_check_ins import refuse_check_in
from .sessions import AttendanceRefused

Kind, Why = MarkEvent.Kind, RefusedCheckIn.Why
SCANS = (Kind.ENTRY, Kind.EXIT)
# A code of another room is known by the sessions of these days.
NEARBY = timedelta(days=1)
MOST_NEARBY = 2000


class CodeRefused(AttendanceRefused):
    """No personal code that counts here; the try is kept (ATT-25)."""

    field = "value"

    def __init__(self, why: str):
        super().__init__(words_of(why))
        self.why = why


@dataclass(frozen=True)
class Found:
    """Whose code it is; `why` says why it does not count, "" where it does."""

    place: Enrolment | None
    why: str = ""


def words_of(why: str) -> str:
    """Why a personal code was refused, for the trainer who scanned it."""
    return {
        Why.UNKNOWN: _("Nobody has this code. Scan it again, or mark them by name."),
        Why.REVOKED: _(
            "This code was renewed and counts no more. Ask for the new one, or mark "
            "them by name."
        ),
        Why.NOT_EXPECTED: _(
            "This person is not expected here. It is kept for whoever looks into it."
        ),
        Why.CLOSED: _("The register is closed. It is kept for whoever looks into it."),
    }[Why(why)]


def scan(
    session: Session, *, value: str, kind: str, by, device: str = "", reason: str = ""
) -> Outcome:
    """Note that the person of this code came in or went out, now.

    What is refused is kept first. Raises CodeRefused; ReasonMissing in a register that
    was signed off before.
    """
    found = find_place(session, value)
    why = found.why or _closed(session, found.place)
    if why:
        refuse_check_in(
            why=why,
            source=Mark.Source.PERSONAL_CODE,
            value=value,
            session=session,
            enrolment=found.place,
            device=device,
            by=by,
        )
        raise CodeRefused(why)
    said = {"kind": kind, "by": by, "device": device, "reason": reason}
    return _record(session, found.place, **said)


@transaction.atomic
def _record(
    session, place: Enrolment, *, kind: str, by, device: str, reason: str
) -> Outcome:
    statuses = statuses_of(session)
    piece = scanned(session, place, kind, clock.now(), statuses, device=device)
    [outcome] = record(session, [piece], by=by, reason=reason)
    hold_if_due(outcome.event.session)
    return outcome


def scanned(
    session: Session,
    place: Enrolment,
    kind: str,
    happened_at: datetime,
    statuses: Mapping[str, MarkStatus],
    *,
    device: str = "",
    nonce: UUID | None = None,
    stated_at: datetime | None = None,
    flags: tuple[str, ...] = (),
    waits: bool = False,
) -> Evidence:
    """What a scan says: who came in has the status of that time, be it the last one.

    A trainer stands there, so nobody is sent away as too late.
    """
    code = ""
    if kind == Kind.ENTRY:
        arrival = {"starts_at": session.starts_at, "arrived_at": happened_at}
        status = status_at(statuses.values(), **arrival)
        status = status or last_status(statuses.values())
        code = status.code if status else ""
    return Evidence(
        enrolment_id=place.pk,
        source=Mark.Source.PERSONAL_CODE,
        kind=kind,
        code=code,
        happened_at=happened_at,
        stated_at=stated_at,
        device=device,
        nonce=nonce,
        flags=flags,
        waits=waits,
    )


def find_place(session: Session, value: str) -> Found:
    """Whose code this is, among the places of the session's cohort first."""
    return places_of(session, [value])[value]


def places_of(session: Session, values: list[str]) -> dict[str, Found]:
    """The same for many at once; the second query only where somebody is not found."""
    wanted = {value: codes.fold(value) for value in values}
    here = _by_code(_came_in().filter(cohort=session.cohort_id))
    is_strange = bool(set(wanted.values()) - set(here))
    near = _by_code(_nearby(session)) if is_strange else {}
    return {value: _found(code, here, near) for value, code in wanted.items()}


def _found(code: str, here: dict, near: dict) -> Found:
    if code in here:
        place, is_current = here[code]
        return Found(place, "" if is_current else Why.REVOKED)
    if code in near:
        return Found(near[code][0], Why.NOT_EXPECTED)
    return Found(None, Why.UNKNOWN)


def _by_code(places) -> dict[str, tuple[Enrolment, bool]]:
    """Every code these places ever had, and whether it counts now."""
    return {
        code: (place, number == place.code_number)
        for place in places.select_related("person")
        for number, code in enumerate(codes_of(place), start=1)
    }


def _came_in():
    return Enrolment.objects.exclude(active_from=None)


def _nearby(session: Session):
    """Places of other cohorts that meet about the same time."""
    near = Session.objects.live().filter(
        starts_at__range=(session.starts_at - NEARBY, session.starts_at + NEARBY)
    )
    places = _came_in().filter(cohort__in=near.values("cohort"))
    return places.exclude(cohort=session.cohort_id).order_by("pk")[:MOST_NEARBY]


def _closed(session: Session, place: Enrolment) -> str:
    session.refresh_from_db(fields=["register", "status"])
    is_signed = session.register == Session.Register.SIGNED
    if is_signed or session.status == Session.Status.CANCELLED:
        return Why.CLOSED
    return "" if session.expects(place) else Why.NOT_EXPECTED
