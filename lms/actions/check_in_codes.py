"""Which code was shown instead of the right one: each kind is told in its own words."""

from datetime import datetime, timedelta

from lms import room_code
from lms.check_in_window import closes_at
from lms.models import CheckInRules, Session

from . import check_in_refusals as refusals

# The codes of sessions so near in time may have been meant.
NEAR = timedelta(hours=36)
MOST_OWN, MOST_OTHERS = 6, 10


def refuse_code(session: Session, code: str, moment: datetime) -> None:
    """Raises CodeRefused unless the code stands on the session's wall (ATT-19)."""
    if room_code.is_good(session.secret, code, moment):
        return
    if _stood_there(session, code, moment):
        raise refusals.old_code()
    for other in _near(session):
        if room_code.is_good(other.secret, code, moment):
            raise refusals.code_of_another_session()
        if _stood_there(other, code, moment):
            raise refusals.code_of_another_day()
    raise refusals.unknown_code()


def _stood_there(session: Session, code: str, moment: datetime) -> bool:
    """Was it a code of this session while one could check in, until now?"""
    since, until = CheckInRules.of(session.cohort).opens_at(session), closes_at(session)
    if until is None:
        return False
    return room_code.was_good(session.secret, code, since, min(moment, until))


def _near(session: Session) -> list[Session]:
    """What is held about this time, some of the cohort's own and some of others."""
    near = Session.objects.live().filter(
        starts_at__range=(session.starts_at - NEAR, session.starts_at + NEAR)
    )
    rows = near.exclude(pk=session.pk).select_related("cohort__check_in_rules")
    own = rows.filter(cohort=session.cohort_id)[:MOST_OWN]
    others = rows.exclude(cohort=session.cohort_id)[:MOST_OTHERS]
    return [*own, *others]
