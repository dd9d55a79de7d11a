"""A session becomes another: what was announced, and when it was after all."""

from datetime import date, time

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from courses import clock
from lms.models import Session

from .arriving_anew import arrive_anew
from .changes import changes
from .session_letters import tell_changed
from .sessions import (
    AttendanceRefused,
    SessionCancelled,
    locked_session,
    open_session,
    save_checked,
)

_TIME = {"local_date", "local_time", "minutes"}


class StatusesInUse(AttendanceRefused):
    """Marks were made with the statuses the session has (ATT-37)."""

    field = "status_set"


class NotSigned(AttendanceRefused):
    """A register that is open has its session changed in the usual way."""


@transaction.atomic
def change_session(session: Session, *, by, **fields) -> Session:
    """Change what was announced; nothing new writes nothing.

    Another time gives those who came in by a code the status of their arrival by the
    new start; what a trainer marked stays (ATT-40). Raises RegisterSigned.
    """
    session = open_session(session)
    changed = changes(session, fields)
    if not changed:
        return session
    if "status_set" in changed:
        _refuse_other_statuses(session)
    for name in changed:
        setattr(session, name, fields[name])
    session.sequence += 1
    save_checked(session)
    log(session, "lms.change_session", user=by, data={"changed": changed})
    if not _TIME.isdisjoint(changed):
        arrive_anew(session, by=by)
    tell_changed(session, list(changed), by=by)
    return session


@transaction.atomic
def correct_time(
    session: Session, *, local_date: date, local_time: time, minutes: int, by
) -> Session:
    """Say when a session whose register is signed off was in truth (ATT-40).

    Every mark stays as it was signed; the register and the participants' pages say
    that the time was changed later. Who may is asked at the door. Raises NotSigned.
    """
    session = locked_session(session)
    if session.status == Session.Status.CANCELLED:
        raise SessionCancelled(_("This session was cancelled."))
    if session.register != Session.Register.SIGNED:
        raise NotSigned(_("This register is open: change the session itself."))
    times = {"local_date": local_date, "local_time": local_time, "minutes": minutes}
    changed = changes(session, times)
    if not changed:
        return session
    for name in changed:
        setattr(session, name, times[name])
    session.sequence += 1
    session.time_changed_at = clock.now()
    save_checked(session)
    log(session, "lms.correct_time", user=by, data={"changed": changed})
    return session


def _refuse_other_statuses(session: Session) -> None:
    if session.mark_events.exists():
        raise StatusesInUse(
            _("People have been marked here already: the statuses stay as they are.")
        )
