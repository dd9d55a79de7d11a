"""Who came in and was never seen leaving stayed until the session ended (ATT-31)."""

from datetime import timedelta

from django.db import transaction

from courses import clock
from lms.models import MarkEvent, Session
from lms.settling import ENTRY, EXIT, counting

from .each import add_up
from .evidence import Evidence, record
from .facts import facts_of
from .sessions import AttendanceRefused

# What a phone without a connection brings later than this is closed no more.
LOOK_BACK = timedelta(days=3)


def close_open_entries() -> int:
    """Of all sessions that ended lately; safe to run twice. How many were closed."""
    now = clock.now()
    lately = Session.objects.filter(
        starts_at__range=(now - LOOK_BACK, now),
        register=Session.Register.OPEN,
        mark_events__kind=MarkEvent.Kind.ENTRY,
    )
    return add_up(lately.live().distinct(), _close)


def _close(session: Session) -> int:
    """A register that was closed meanwhile stays as it is."""
    try:
        return close_entries_of(session)
    except AttendanceRefused:
        return 0


@transaction.atomic
def close_entries_of(session: Session) -> int:
    """Add an exit at the session's end, flagged `auto`, for each who never left.

    Before its end, and where everybody left, nothing is added.
    """
    if clock.now() < session.ends_at:
        return 0
    evidence = [
        Evidence(
            enrolment_id=enrolment_id,
            source=source,
            kind=MarkEvent.Kind.EXIT,
            happened_at=session.ends_at,
            flags=(MarkEvent.Flag.AUTO,),
        )
        for enrolment_id, source in _open_entries(session)
    ]
    return len(record(session, evidence, by=None)) if evidence else 0


def _open_entries(session: Session) -> list[tuple[int, str]]:
    """Each enrolment whose last step was an entry, with how it was noted."""
    events: dict[int, list[MarkEvent]] = {}
    for event in session.mark_events.select_related("stated", "enrolment"):
        if session.expects(event.enrolment):
            events.setdefault(event.enrolment_id, []).append(event)
    found = []
    for enrolment_id, told in events.items():
        steps = [one for one in counting(facts_of(told)) if one.kind in (ENTRY, EXIT)]
        is_in = steps and steps[-1].kind == ENTRY
        if is_in and steps[-1].happened_at < session.ends_at:
            found.append((enrolment_id, steps[-1].source))
    return found
