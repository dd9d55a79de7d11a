"""Marks and registers. Every change of a mark leaves an event, the mark's own log."""

from collections.abc import Iterable
from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from courses import clock
from lms.attendance import Line, sheet_of, statuses_of
from lms.models import Enrolment, Mark, Session
from lms.statuses import full_of, missed_of

from .marks import (
    UNTOUCHED,
    NotExpected,
    Row,
    Saved,
    TooManyMinutes,
    UnknownStatus,
    write,
)
from .open_entries import close_entries_of
from .refusal import reason_given
from .session_changes import NotSigned, change_session, correct_time
from .sessions import (
    AttendanceRefused,
    NoSuchTime,
    OutsideCohort,
    RegisterSigned,
    SessionCancelled,
    SessionExists,
    cancel,
    complete_who_waited,
    locked_session,
    open_session,
    refuse_closed,
    schedule,
)

PRESENT = "present"
ABSENT = "absent"


class UnmarkedParticipants(AttendanceRefused):
    """A register with gaps is not signed off (ATT-06); `lines` are the gaps."""

    def __init__(self, text: str, lines: list[Line]):
        super().__init__(text)
        self.lines = lines


class NotYetHeld(AttendanceRefused):
    """A register is not signed before the day of its session."""


@transaction.atomic
def mark(
    session: Session,
    *,
    enrolment: Enrolment,
    status_code: str,
    by,
    version: int | None = None,
    remark: str = "",
    reason: str = "",
    source: str = Mark.Source.TRAINER,
) -> Mark:
    """Mark one participant. The same mark again writes nothing (ATT-03).

    Does not make the register taken: only a trainer's sheet does (ATT-05). Raises
    RegisterSigned, SessionCancelled, UnknownStatus or NotExpected; ReasonMissing in a
    register that was signed off before.
    """
    session = open_session(session)
    lines = {line.pk: line for line in sheet_of(session, only=[enrolment.pk])}
    if version is None and enrolment.pk in lines:
        version = lines[enrolment.pk].version
    row = Row(enrolment.pk, status_code, version or 0, remark)
    write(session, lines, [row], by=by, source=source, reason=reason)
    return Mark.objects.get(session=session, enrolment=enrolment)


@transaction.atomic
def save_register(
    session: Session,
    *,
    rows: Iterable[Row],
    by,
    rest: str = "",
    reason: str = "",
    among=None,
) -> Saved:
    """Save a trainer's sheet; rows another person changed meanwhile are given back.

    `rest` is the status of everybody expected who is still without one. From its day
    on the first save makes the session held. `among` are the sessions this person may
    write: asked with the lock, in one query. Raises as `mark` does, or TooManyMinutes.
    """
    session = open_session(session, among=among)
    lines = {line.pk: line for line in sheet_of(session)}
    rows = list(rows)
    if rest:
        rows = _with_the_rest(lines, rows, _code_for(session, rest))
    saved = write(
        session, lines, rows, by=by, source=Mark.Source.TRAINER, reason=reason
    )
    hold_if_due(session)
    return saved


def hold_if_due(session: Session) -> None:
    """From its day on a session counts as held once staff mark it; for who holds it."""
    if session.status == Session.Status.PLANNED and session.is_due(clock.now()):
        session.status = Session.Status.HELD
        session.save(update_fields=["status"])


def mark_the_rest_present(session: Session, *, by) -> Saved:
    """Mark everybody expected who has no mark yet as present."""
    return save_register(session, rows=[], by=by, rest=PRESENT)


@transaction.atomic
def sign_off_register(session: Session, *, by) -> Session:
    """Close the register; a second call changes nothing.

    Completes whom only attendance kept from completing. Raises UnmarkedParticipants
    while somebody expected has no mark (ATT-06), NotYetHeld or SessionCancelled.
    """
    session = locked_session(session)
    if session.register == Session.Register.SIGNED:
        return session
    refuse_closed(session)
    if not session.is_due(clock.now()):
        raise NotYetHeld(_("This session is still to come."))
    close_entries_of(session)
    gaps = [line for line in sheet_of(session) if line.is_missing]
    if gaps:
        names = ", ".join(line.name for line in gaps)
        raise UnmarkedParticipants(
            _("No mark yet: %(names)s. Mark them, then sign off.") % {"names": names},
            gaps,
        )
    session.status = Session.Status.HELD
    session.register = Session.Register.SIGNED
    session.signed_at, session.signed_by = clock.now(), by
    session.save(update_fields=["status", "register", "signed_at", "signed_by"])
    log(session, "lms.sign_off_register", user=by)
    complete_who_waited(session)
    return session


@transaction.atomic
def reopen_register(session: Session, *, by, reason: str) -> Session:
    """Open a signed register for a correction; who may is asked at the door (ATT-49).

    What was completed by it stays completed.
    """
    session = locked_session(session)
    if session.register == Session.Register.SIGNED:
        reason = reason_given(reason)
        session.register = Session.Register.OPEN
        session.save(update_fields=["register"])
        log(session, "lms.reopen_register", user=by, data={"reason": reason})
    return session


def _code_for(session: Session, rest: str) -> str:
    """In a set that was made, present counts in full, and absent not at all."""
    meant = {PRESENT: full_of, ABSENT: missed_of}.get(rest)
    status = meant(statuses_of(session).values()) if meant else None
    return status.code if status else rest


def _with_the_rest(lines: dict[int, Line], rows: list[Row], code: str) -> list[Row]:
    """The rows, and one with this status for each gap they leave."""
    written = {row.enrolment_id: row for row in rows}
    for line in lines.values():
        row = written.get(line.pk)
        if line.is_missing and not (row and row.code):
            before = row or Row(line.pk, code, line.version, line.remark)
            written[line.pk] = replace(before, code=code)
    return list(written.values())


__all__ = [
    "UNTOUCHED",
    "AttendanceRefused",
    "NoSuchTime",
    "NotExpected",
    "NotSigned",
    "NotYetHeld",
    "OutsideCohort",
    "RegisterSigned",
    "Row",
    "Saved",
    "SessionCancelled",
    "SessionExists",
    "TooManyMinutes",
    "UnknownStatus",
    "UnmarkedParticipants",
    "cancel",
    "change_session",
    "correct_time",
    "hold_if_due",
    "mark",
    "mark_the_rest_present",
    "reopen_register",
    "save_register",
    "schedule",
    "sign_off_register",
]
