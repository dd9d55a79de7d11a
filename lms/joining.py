"""When participants see the address of a session on line. Writes nothing."""

from dataclasses import dataclass
from datetime import datetime

from .models import Enrolment, OnlineRules, Session


@dataclass(frozen=True)
class Joining:
    """The address, empty before `opens_at`."""

    url: str
    opens_at: datetime


def joining_of(session: Session, place: Enrolment, now: datetime) -> Joining | None:
    """What the holder of this place sees; None where there is nothing to join.

    From some minutes before the start until the end, for active places only. Nobody
    is marked for opening it.
    """
    is_on = session.link and session.status != Session.Status.CANCELLED
    if not is_on or session.ends_at <= now:
        return None
    if place.status != Enrolment.Status.ACTIVE or not session.expects(place):
        return None
    opens_at = OnlineRules.of(session.cohort).link_opens_at(session)
    return Joining(session.link if opens_at <= now else "", opens_at)


def may_apologise(session: Session, place: Enrolment, now: datetime) -> bool:
    """Can the holder of this place still say that they cannot come?"""
    is_open = session.status != Session.Status.CANCELLED and now < session.starts_at
    is_active = place.status == Enrolment.Status.ACTIVE
    return is_open and is_active and session.expects(place)
