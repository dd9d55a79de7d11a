"""How a trainer's marks are written: what differs, with an event for each change.

A trainer's word is the strongest evidence and this one the latest: it needs no fold
over what was said before. Everything else goes through `evidence.record`.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from courses import clock
from lms.attendance import Line, statuses_of
from lms.models import Mark, MarkEvent, MarkStatus, Session

from .after_sign_off import say_why
from .sessions import AttendanceRefused

# Nobody wrote anything about the minutes.
UNTOUCHED = -1


class UnknownStatus(AttendanceRefused):
    """The status is not in the session's set."""


class NotExpected(AttendanceRefused):
    """This participant had no place in the cohort while the session ran."""


class TooManyMinutes(AttendanceRefused):
    """Nobody is present for longer than the session runs."""


@dataclass(frozen=True)
class Row:
    """One line of a register as it came from the screen.

    `code` is a status or "" for no mark; `version` is the mark's version the screen
    showed, 0 where there was none. `minutes` is None where the screen's field was
    emptied: there for the whole session.
    """

    enrolment_id: int
    code: str
    version: int = 0
    remark: str = ""
    minutes: int | None = UNTOUCHED


@dataclass
class Saved:
    """How many marks changed, and the rows somebody else had changed meanwhile.

    `at` is when: all the events of one save have it as the time they were received.
    """

    at: datetime
    changed: int = 0
    conflicts: list[Line] = field(default_factory=list)


def write(
    session: Session,
    lines: dict[int, Line],
    rows: list[Row],
    *,
    by,
    source: str,
    reason: str = "",
) -> Saved:
    """Write what differs, in as many queries for 300 rows as for three.

    After sign-off each change needs a reason and keeps it (ATT-49).
    """
    statuses = statuses_of(session)
    _refuse_unknown(lines, rows, statuses)
    _refuse_too_long(session, lines, rows)
    saved, marks, events = Saved(clock.now()), [], []
    for row in rows:
        line = lines[row.enrolment_id]
        # A status keeps its version on a mark that keeps its code.
        new = line.status if line.code == row.code else statuses.get(row.code)
        row = replace(row, minutes=_minutes(session, line, row, new))
        if (line.status, line.minutes, line.remark) == (new, row.minutes, row.remark):
            continue
        if line.version != row.version:
            saved.conflicts.append(line)
            continue
        marks.append(_mark(session, line, row, new, by, source))
        events.append(_event(session, line, row, new, by, source))
    for event in events:
        event.received_at = saved.at
    say_why(session, events, reason)
    write_marks(marks)
    MarkEvent.objects.bulk_create(events)
    saved.changed = len(marks)
    return saved


def write_marks(marks: list[Mark]) -> None:
    """Insert or replace, in one query."""
    Mark.objects.bulk_create(
        marks,
        update_conflicts=True,
        unique_fields=["session", "enrolment"],
        update_fields=[
            "status",
            "minutes",
            "remark",
            "source",
            "version",
            "marked_by",
            "marked_at",
        ],
    )


def _refuse_unknown(
    lines: dict[int, Line], rows: list[Row], statuses: dict[str, MarkStatus]
) -> None:
    unknown = {row.code for row in rows if row.code} - set(statuses)
    if unknown:
        raise UnknownStatus(
            _("There is no status “%(code)s” here.") % {"code": min(unknown)}
        )
    for row in rows:
        line = lines.get(row.enrolment_id)
        if line is None:
            raise NotExpected(_("This participant is not in the session's cohort."))
        if not line.may_be_marked:
            raise NotExpected(
                _("%(name)s had no place in the cohort when this session ran.")
                % {"name": line.name}
            )


def _refuse_too_long(session: Session, lines: dict[int, Line], rows: list[Row]) -> None:
    for row in rows:
        if row.minutes is not None and row.minutes > session.minutes:
            raise TooManyMinutes(
                _("%(name)s: the session has only %(minutes)s minutes.")
                % {"name": lines[row.enrolment_id].name, "minutes": session.minutes}
            )


def _minutes(session: Session, line: Line, row: Row, status) -> int | None:
    """Minutes nobody wrote follow the mark: none for who was not there."""
    if status is None or (row.minutes in (None, UNTOUCHED) and line.minutes is None):
        return None
    if row.minutes not in (None, UNTOUCHED):
        return row.minutes
    is_as_it_was = status == line.status or (status.credit and line.minutes)
    if row.minutes == UNTOUCHED and is_as_it_was:
        return line.minutes
    return session.minutes if status.credit else 0


def _mark(session, line: Line, row: Row, status, by, source) -> Mark:
    """Only a remark is new: who marked and when stays."""
    is_marked = line.status != status or line.minutes != row.minutes or not line.mark
    return Mark(
        session=session,
        enrolment_id=line.pk,
        status=status,
        minutes=row.minutes,
        remark=row.remark,
        source=source if is_marked else line.mark.source,
        version=line.version + 1,
        marked_by=by if is_marked else line.mark.marked_by,
        marked_at=after(line) if is_marked else line.mark.marked_at,
    )


def _event(session, line: Line, row: Row, status, by, source) -> MarkEvent:
    is_remark = (line.status, line.minutes) == (status, row.minutes)
    return MarkEvent(
        session=session,
        enrolment_id=line.pk,
        kind=MarkEvent.Kind.REMARK if is_remark else MarkEvent.Kind.SET,
        source=source,
        stated=None if is_remark else status,
        # What follows from when people came and went is nobody's word.
        minutes=None if row.minutes == line.minutes else row.minutes,
        remark=row.remark,
        old=line.status,
        new=status,
        by=by,
        happened_at=after(line),
    )


def after(line: Line) -> datetime:
    """Now; a moment later where the mark was made at this very instant."""
    now = clock.now()
    if line.mark is None or line.mark.marked_at < now:
        return now
    return line.mark.marked_at + timedelta(microseconds=1)
