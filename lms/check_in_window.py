"""When checking in to a session closes. It opens as `CheckInRules.opens_at` says."""

from datetime import datetime, timedelta

from .arrival import last_arrival
from .attendance import statuses_of
from .models import CheckInRules, Session


def closes_at(session: Session) -> datetime | None:
    """The first moment at which one may not check in any more (ATT-15).

    The end of the session, the limit of its cohort, or where no status is given any
    more by the time (ATT-17), whichever comes first: no code stands on the wall that
    would be refused. None where its statuses are given by hand only.
    """
    statuses = statuses_of(session).values()
    last = last_arrival(statuses, starts_at=session.starts_at)
    if last is None:
        return None
    # Who comes at that very moment still has the status.
    ends = [session.ends_at, last + timedelta.resolution]
    limit = CheckInRules.of(session.cohort).limit_minutes
    if limit is not None:
        ends.append(session.starts_at + timedelta(minutes=limit))
    return min(ends)
