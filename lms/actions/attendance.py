"""Sessions and marks. Every change of a mark leaves an event behind."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, time

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from courses import clock
from lms.models import Cohort, Enrolment, Mark, MarkEvent, MarkStatus, Session

from .progress import evaluate


class AttendanceRefused(Exception):
    """Nothing was changed; the text says why."""


class SessionExists(AttendanceRefused):
    """The cohort meets at this time already (ATT-45)."""


class RegisterSigned(AttendanceRefused):
    """A signed register is reopened by a coordinator before it changes."""


class UnmarkedParticipants(AttendanceRefused):
    """A register with gaps is not signed off (ATT-06)."""


class UnknownStatus(AttendanceRefused):
    """The status is not in the session's set."""


class NotExpected(AttendanceRefused):
    """This enrolment has no place in the session."""


@dataclass(frozen=True)
class Row:
    """One line of a register as it came from the screen.

    `code` is a status or "" for no mark; `version` is the mark's version the screen
    showed, 0 where there was none.
    """

    enrolment_id: int
    code: str
    version: int = 0
    remark: str = ""


@dataclass
class Saved:
    """How many marks changed, and the rows somebody else had changed meanwhile."""

    changed: int = 0
    conflicts: list[Mark] = field(default_factory=list)


@transaction.atomic
def schedule(
    cohort: Cohort, *, local_date: date, local_time: time, minutes: int, by, **fields
) -> Session:
    """Add a session; the same time in the same cohort twice is refused."""
    session = Session(
        cohort=cohort,
        local_date=local_date,
        local_time=local_time,
        minutes=minutes,
        **fields,
    )
    session.starts_at = session.instant()
    try:
        with transaction.atomic():
            session.save()
    except IntegrityError:
        raise SessionExists(
            _("The cohort has a session at this time already.")
        ) from None
    log(session, "lms.schedule", user=by)
    return session


@transaction.atomic
def cancel(session: Session, *, by, reason: str) -> Session:
    """Take the session out of every sum; its marks stay in history (ATT-39)."""
    session = _locked(session)
    if session.status != Session.Status.CANCELLED:
        session.status = Session.Status.CANCELLED
        session.sequence += 1
        session.save(update_fields=["status", "sequence"])
        log(session, "lms.cancel_session", user=by, data={"reason": reason})
    return session


def expected_enrolments(session: Session):
    """Who stands in the register: joined before its end, not gone before its start."""
    return (
        Enrolment.objects.filter(cohort_id=session.cohort_id)
        .filter(active_from__lt=session.ends_at)
        .exclude(active_to__lte=session.starts_at)
        .select_related("person", "organisation")
        .order_by("person__legal_name", "pk")
    )


@transaction.atomic
def mark(
    session: Session,
    *,
    enrolment: Enrolment,
    status_code: str,
    by,
    version: int | None = None,
    remark: str = "",
    source: str = Mark.Source.TRAINER,
) -> Mark:
    """Mark one participant. The same mark again writes nothing (ATT-03).

    Raises RegisterSigned, UnknownStatus or NotExpected.
    """
    session = _open_register(session)
    if enrolment.cohort_id != session.cohort_id:
        raise NotExpected(_("This participant is not in the session's cohort."))
    current = Mark.objects.filter(session=session, enrolment=enrolment).first()
    seen = (current.version if current else 0) if version is None else version
    row = Row(enrolment.pk, status_code, seen, remark)
    _write(session, [row], by=by, source=source)
    return Mark.objects.get(session=session, enrolment=enrolment)


@transaction.atomic
def save_register(session: Session, *, rows: Iterable[Row], by) -> Saved:
    """Save a trainer's sheet; rows another person changed meanwhile are given back.

    The first save is what makes a session held: a participant's own mark does not
    (ATT-05).
    """
    session = _open_register(session)
    saved = _write(session, list(rows), by=by, source=Mark.Source.TRAINER)
    if session.status == Session.Status.PLANNED:
        session.status = Session.Status.HELD
        session.save(update_fields=["status"])
    if saved.changed:
        log(session, "lms.mark", user=by, data={"changed": saved.changed})
    return saved


def mark_the_rest_present(session: Session, *, by) -> Saved:
    """Mark everybody expected who has no mark yet as present."""
    marked = session.marks.exclude(status=None).values("enrolment")
    versions = dict(session.marks.values_list("enrolment", "version"))
    rest = expected_enrolments(session).exclude(pk__in=marked)
    rows = [
        Row(pk, "present", versions.get(pk, 0))
        for pk in rest.values_list("pk", flat=True)
    ]
    return save_register(session, rows=rows, by=by)


@transaction.atomic
def sign_off_register(session: Session, *, by) -> Session:
    """Close the register; refused while somebody expected has no mark (ATT-06)."""
    session = _locked(session)
    if session.register == Session.Register.SIGNED:
        return session
    marked = session.marks.exclude(status=None).values("enrolment")
    enrolments = list(expected_enrolments(session))
    gaps = expected_enrolments(session).exclude(pk__in=marked).count()
    if gaps:
        raise UnmarkedParticipants(
            _("Participants without a mark: %(count)d. Mark them, then sign off.")
            % {"count": gaps}
        )
    session.status = Session.Status.HELD
    session.register = Session.Register.SIGNED
    session.signed_at, session.signed_by = clock.now(), by
    session.save(update_fields=["status", "register", "signed_at", "signed_by"])
    log(session, "lms.sign_off_register", user=by)
    for enrolment in enrolments:
        evaluate(enrolment)
    return session


@transaction.atomic
def reopen_register(session: Session, *, by, reason: str) -> Session:
    """Open a signed register for a correction; who may is asked at the door."""
    session = _locked(session)
    if session.register == Session.Register.SIGNED:
        session.register = Session.Register.OPEN
        session.save(update_fields=["register"])
        log(session, "lms.reopen_register", user=by, data={"reason": reason})
    return session


def _locked(session: Session) -> Session:
    return Session.objects.select_for_update(of=("self",)).get(pk=session.pk)


def _open_register(session: Session) -> Session:
    session = _locked(session)
    if session.register == Session.Register.SIGNED:
        raise RegisterSigned(
            _("This register is signed off. A coordinator can open it again.")
        )
    if session.status == Session.Status.CANCELLED:
        raise AttendanceRefused(_("This session was cancelled."))
    return session


def newest_statuses(session: Session) -> dict[str, MarkStatus]:
    """The statuses of the session's set by code, each in its newest version."""
    rows = MarkStatus.objects.filter(set=session.status_set).order_by("version")
    return {status.code: status for status in rows}


def _write(session: Session, rows: list[Row], *, by, source: str) -> Saved:
    """Write what differs, in as many queries for 300 rows as for three."""
    statuses = newest_statuses(session)
    _refuse_unknown(session, rows, statuses)
    marks = {
        m.enrolment_id: m for m in session.marks.select_related("status", "enrolment")
    }
    saved, changed, events, now = Saved(), [], [], clock.now()
    for row in rows:
        known = marks.get(row.enrolment_id)
        if known is None and not row.code and not row.remark:
            continue
        old = known.status if known else None
        new = old if old and old.code == row.code else statuses.get(row.code)
        if known and (old, known.remark) == (new, row.remark):
            continue
        if known and known.version != row.version:
            saved.conflicts.append(known)
            continue
        changed.append(_changed(session, known, row, new, by, source, now))
        events.append(_event(session, row, old, new, by, source, now))
    Mark.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["session", "enrolment"],
        update_fields=[
            "status",
            "remark",
            "source",
            "version",
            "marked_by",
            "marked_at",
        ],
    )
    MarkEvent.objects.bulk_create(events)
    saved.changed = len(changed)
    return saved


def _refuse_unknown(session, rows, statuses) -> None:
    unknown = {row.code for row in rows if row.code} - set(statuses)
    if unknown:
        raise UnknownStatus(
            _("There is no status “%(code)s” here.") % {"code": min(unknown)}
        )
    known = set(
        session.cohort.enrolments.filter(
            pk__in=[row.enrolment_id for row in rows]
        ).values_list("pk", flat=True)
    )
    if {row.enrolment_id for row in rows} - known:
        raise NotExpected(_("This participant is not in the session's cohort."))


def _changed(session, known, row, status, by, source, now) -> Mark:
    return Mark(
        session=session,
        enrolment_id=row.enrolment_id,
        status=status,
        remark=row.remark,
        source=source,
        version=known.version + 1 if known else 1,
        marked_by=by,
        marked_at=now,
    )


def _event(session, row, old, new, by, source, now) -> MarkEvent:
    return MarkEvent(
        session=session,
        enrolment_id=row.enrolment_id,
        kind=MarkEvent.Kind.REMARK if old == new else MarkEvent.Kind.SET,
        source=source,
        reason=row.remark,
        old=old,
        new=new,
        by=by,
        happened_at=now,
        received_at=now,
    )


__all__ = [
    "AttendanceRefused",
    "NotExpected",
    "RegisterSigned",
    "Row",
    "Saved",
    "SessionExists",
    "UnknownStatus",
    "UnmarkedParticipants",
    "cancel",
    "expected_enrolments",
    "mark",
    "mark_the_rest_present",
    "newest_statuses",
    "reopen_register",
    "save_register",
    "schedule",
    "sign_off_register",
]
