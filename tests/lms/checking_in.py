"""A session that begins at nine in Dushanbe, and people who come to it."""

from datetime import UTC, date, datetime, time
from types import SimpleNamespace

from courses import clock
from lms import room_code
from lms.actions import check_ins
from lms.actions.check_ins import Whence
from lms.models import Mark, MarkEvent, RefusedCheckIn
from tests.factories import (
    make_cohort,
    make_enrolment,
    make_participant,
    make_session,
    make_staff,
)

DAY = date(2026, 10, 12)
LONG_AGO = datetime(2026, 9, 1, 9, tzinfo=UTC)


def at_nine(clock_time: str) -> str:
    """The instant at which the clock of the room shows this on the day."""
    return f"{DAY}T{clock_time}+05:00"


def make_scene() -> SimpleNamespace:
    """A cohort of three with a trainer, and a session of 90 minutes."""
    cohort = make_cohort(starts_on=date(2026, 10, 1), ends_on=date(2026, 10, 30))
    session = make_session(cohort, local_date=DAY, local_time=time(9), title="Day one")
    return SimpleNamespace(
        cohort=cohort,
        session=session,
        places=[_place(cohort) for _ in range(3)],
        trainer=make_staff(cohort, "trainer").user,
    )


def _place(cohort):
    return make_enrolment(make_participant(), cohort, active_from=LONG_AGO)


def wall(session) -> str:
    """What stands on the wall of this session now."""
    return room_code.code_at(session.secret, clock.now())


def come(place, session, *, code=None, device="", network="", **more):
    """Check in with what stands on the wall, or with this code or ticket."""
    if code is None and "ticket" not in more:
        code = wall(session)
    user = place.person.user
    return check_ins.check_in(
        session,
        enrolment=check_ins.place_of(user, session),
        by=user,
        whence=Whence(device=device, network=network),
        code=code or "",
        **more,
    )


def look(session, *, by=None, code=None):
    """A ticket for what stands on the wall, or for this code."""
    code = wall(session) if code is None else code
    return check_ins.look_at(session, code=code, by=by, whence=Whence())


def marked(session) -> list[tuple[int, str, str]]:
    """(place, status, source) of every mark of the session."""
    marks = Mark.objects.filter(session=session, status__isnull=False)
    return list(
        marks.order_by("enrolment_id").values_list(
            "enrolment", "status__code", "source"
        )
    )


def flags(session) -> list[list[str]]:
    """Of each arrival, the first one first."""
    events = MarkEvent.objects.filter(session=session).order_by("pk")
    return [event.flags for event in events]


def refused() -> list[str]:
    """Why each try was refused, in their order."""
    return list(RefusedCheckIn.objects.order_by("pk").values_list("why", flat=True))
