"""What follows from the wall time is worked out anew when a country's clocks change."""

from datetime import timedelta

from django.db import transaction
from wagtail.log_actions import log

from courses import clock
from lms.models import Cohort, Session

from .each import add_up


def rederive_starts() -> int:
    """Set `starts_at` of future sessions by the zone's rules of today (ATT-42).

    Time zone data change with an update of the server: 09:00 promised stays 09:00.
    Nobody is written to, as nothing promised has changed; calendars that follow the
    feeds learn it by the higher sequence. Signed registers stay. Safe to run twice;
    gives how many changed.
    """
    coming = Session.objects.live().filter(
        starts_at__gt=clock.now(), register=Session.Register.OPEN
    )
    cohorts = {
        session.cohort_id
        for session in coming.select_related("cohort").iterator()
        if session.instant() != session.starts_at
    }
    return add_up(sorted(cohorts), _rederive_cohort)


@transaction.atomic
def _rederive_cohort(pk: int) -> int:
    Cohort.objects.select_for_update().get(pk=pk)
    rows = Session.objects.live().select_for_update(of=("self",)).order_by("pk")
    coming = rows.filter(
        cohort=pk, starts_at__gt=clock.now(), register=Session.Register.OPEN
    )
    moved = [
        (session, session.instant() - session.starts_at)
        for session in coming.select_related("cohort")
    ]
    # Each steps onto a start its neighbour has left already.
    later = [one for one, by in moved if by > timedelta(0)]
    earlier = [one for one, by in moved if by < timedelta(0)]
    later.sort(key=lambda one: one.starts_at, reverse=True)
    earlier.sort(key=lambda one: one.starts_at)
    for session in [*later, *earlier]:
        _rederive(session)
    return len(later) + len(earlier)


def _rederive(session: Session) -> None:
    before, session.starts_at = session.starts_at, session.instant()
    session.sequence += 1
    session.save(update_fields=["starts_at", "sequence"])
    change = [before.isoformat(), session.starts_at.isoformat()]
    log(session, "lms.rederive_start", data={"changed": {"starts_at": change}})
