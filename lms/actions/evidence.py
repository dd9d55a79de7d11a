"""Everything that is said about marks: kept as it came, the mark worked out anew."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from courses import clock
from lms.attendance import Line, sheet_of, statuses_of
from lms.models import Mark, MarkEvent, MarkStatus, Session
from lms.settling import Fact, Settled, settle

from .after_sign_off import LONGEST, say_why
from .evidence_flags import flags_of
from .facts import fact_of, facts_of, key_of, span_of
from .marks import NotExpected, UnknownStatus, write_marks
from .refusal import reason_given
from .sessions import AttendanceRefused, locked_session, refuse_closed

FREE_UNDO = timedelta(minutes=15)

Kind = MarkEvent.Kind


class UndoNeedsReason(AttendanceRefused):
    """After a quarter of an hour, or by somebody else: say why (ATT-30)."""

    field = "reason"


class NothingToUndo(AttendanceRefused):
    """What was undone or accepted is no fact about this person and session."""


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What somebody or something says of one person at one session.

    `code` is a status or "" where none is stated; a trainer's "" means no mark.
    `happened_at` is now where it is None, and never later. `seen` is the version of
    the mark that whoever says it had before them. `about` is the event that is undone
    or accepted. What `waits` is kept, and counts only once it is accepted.
    """

    enrolment_id: int
    source: str
    kind: str = Kind.SET
    code: str = ""
    minutes: int | None = None
    remark: str = ""
    reason: str = ""
    happened_at: datetime | None = None
    stated_at: datetime | None = None
    device: str = ""
    nonce: UUID | None = None
    network: str = ""
    flags: tuple[str, ...] = ()
    about: int | None = None
    waits: bool = False
    seen: int | None = None


@dataclass(frozen=True)
class Outcome:
    """What became of it. `is_new` is False where the same piece had come before.

    `mark` is the mark as it is now, None where there is none.
    """

    event: MarkEvent
    mark: Mark | None
    is_new: bool = True


@dataclass
class _Known:
    """One person at the session: the line, and every fact, the first to come first."""

    line: Line
    facts: list[Fact[MarkStatus]] = field(default_factory=list)
    events: list[MarkEvent] = field(default_factory=list)


@transaction.atomic
def record(
    session: Session, evidence: Sequence[Evidence], *, by, reason: str = ""
) -> list[Outcome]:
    """Keep each piece and work the marks out; as many queries for 300 as for one.

    Gives an answer to each, in their order. The same nonce from the same device is
    answered as before (ATT-26). Raises RegisterSigned or SessionCancelled unless every
    piece waits, UnknownStatus, NotExpected, or NothingToUndo; ReasonMissing where a
    register that was signed off before is told something new without `reason`.
    """
    session = locked_session(session)
    if not all(piece.waits for piece in evidence):
        refuse_closed(session)
    statuses = statuses_of(session)
    known, sent = _known(session, evidence)
    _refuse(evidence, known, statuses)
    outcomes = []
    for piece in evidence:
        before = sent.get((piece.device, piece.nonce)) if piece.nonce else None
        if before:
            outcomes.append((before, False))
            continue
        event = _append(session, known[piece.enrolment_id], piece, statuses, by)
        if piece.nonce:
            sent[piece.device, piece.nonce] = event
        outcomes.append((event, True))
    new = [event for event, is_new in outcomes if is_new]
    say_why(session, new, reason)
    _save(session, new, known)
    return [
        Outcome(event, _mark_of(known, event), is_new) for event, is_new in outcomes
    ]


@transaction.atomic
def undo(
    event: MarkEvent, *, by, device: str = "", nonce: UUID | None = None, reason=""
) -> Outcome:
    """Take a fact back; it stays in history. Twice is once.

    Free of a reason for a quarter of an hour for the person or the device that said
    it; then, or for somebody else, raises UndoNeedsReason. Who may is asked at the
    door (ATT-30).
    """
    locked_session(event.session)
    before = event.said_about.filter(kind=Kind.UNDO).first()
    if before:
        marks = Mark.objects.filter(
            session=event.session_id, enrolment=event.enrolment_id
        )
        return Outcome(before, marks.first(), is_new=False)
    if not is_free_to_undo(event, by=by, device=device):
        if not reason.strip():
            raise UndoNeedsReason(_("Say why this is taken back."))
        reason = reason_given(reason)
    piece = Evidence(
        enrolment_id=event.enrolment_id,
        source=event.source,
        kind=Kind.UNDO,
        reason=reason,
        device=device,
        nonce=nonce,
        about=event.pk,
    )
    [outcome] = record(event.session, [piece], by=by)
    return outcome


def is_free_to_undo(event: MarkEvent, *, by, device: str = "") -> bool:
    """Within a quarter of an hour, by whom or what said it."""
    is_own = event.by_id == by.pk or (device and event.device == device)
    return bool(is_own) and clock.now() - event.received_at <= FREE_UNDO


def _known(session: Session, evidence: Sequence[Evidence]):
    """The people spoken of, and the events whose nonces come again."""
    wanted = {piece.enrolment_id for piece in evidence}
    lines = sheet_of(session, only=wanted)
    known = {line.pk: _Known(line) for line in lines}
    nonces = {piece.nonce for piece in evidence if piece.nonce}
    devices = {piece.device for piece in evidence if piece.nonce}
    # The devices are named for the index: by nonces alone every event would be read.
    rows = MarkEvent.objects.filter(
        Q(session=session.pk, enrolment__in=wanted)
        | Q(device__in=devices, nonce__in=nonces)
    )
    sent = {}
    for event in rows.select_related("stated", "new").order_by("pk"):
        if event.nonce:
            sent[event.device, event.nonce] = event
        person = known.get(event.enrolment_id)
        if person and event.session_id == session.pk:
            person.events.append(event)
    for person in known.values():
        person.facts = facts_of(person.events)
    return known, sent


def _refuse(evidence, known: dict[int, _Known], statuses) -> None:
    for piece in evidence:
        if piece.code and piece.code not in statuses:
            raise UnknownStatus(
                _("There is no status “%(code)s” here.") % {"code": piece.code}
            )
        person = known.get(piece.enrolment_id)
        if person is None:
            raise NotExpected(_("This participant is not in the session's cohort."))
        is_about_the_past = piece.kind in (Kind.UNDO, Kind.ACCEPT)
        if not (person.line.may_be_marked or piece.waits or is_about_the_past):
            raise NotExpected(
                _("%(name)s had no place in the cohort when this session ran.")
                % {"name": person.line.name}
            )
        if piece.about and piece.about not in {event.pk for event in person.events}:
            raise NothingToUndo(_("This is no mark of the participant here."))


def _append(session, person: _Known, piece: Evidence, statuses, by) -> MarkEvent:
    """The event, with the mark before and after it."""
    now = clock.now()
    happened_at = min(piece.happened_at or now, now)
    if piece.happened_at is None:
        happened_at = _after(person.facts, now)
    event = MarkEvent(
        session=session,
        enrolment_id=piece.enrolment_id,
        kind=piece.kind,
        source=piece.source,
        stated=statuses.get(piece.code),
        minutes=piece.minutes,
        remark=piece.remark,
        reason=piece.reason[:LONGEST],
        about_id=piece.about,
        waits=piece.waits,
        device=piece.device,
        network=piece.network,
        nonce=piece.nonce,
        by=by,
        happened_at=happened_at,
        stated_at=piece.stated_at,
        received_at=now,
    )
    before = settle(person.facts, span_of(session))
    event.flags = flags_of(
        event,
        person.facts,
        line=person.line,
        before=before,
        given=piece.flags,
        seen=piece.seen,
    )
    place = len(person.facts)
    about = {one.pk: key_of(one) for one in person.events}.get(piece.about)
    person.facts.append(fact_of(event, about, place))
    event.old = before.status
    event.new = settle(person.facts, span_of(session)).status
    person.events.append(event)
    return event


def _save(session: Session, events: list[MarkEvent], known: dict[int, _Known]) -> None:
    """The marks first: what is shown never lags behind what is kept."""
    marks = []
    for pk in dict.fromkeys(event.enrolment_id for event in events):
        line, settled = known[pk].line, settle(known[pk].facts, span_of(session))
        mark = _mark(session, line, settled, events)
        if mark:
            marks.append(mark)
    write_marks(marks)
    for mark in marks:
        person = known[mark.enrolment_id]
        person.line = replace(person.line, mark=mark)
    MarkEvent.objects.bulk_create(events)


def _mark(session, line: Line, settled: Settled, events) -> Mark | None:
    """The mark as settled; None where it stays what it is."""
    now = settled.status, settled.minutes, settled.remark, settled.source
    if line.mark is None and now[:3] == (None, None, ""):
        return None
    if line.mark and now == (
        line.status,
        line.minutes,
        line.remark,
        line.mark.source,
    ):
        return None
    last = [event for event in events if event.enrolment_id == line.pk][-1]
    decided = settled.decided
    return Mark(
        session=session,
        enrolment_id=line.pk,
        status=settled.status,
        minutes=settled.minutes,
        remark=settled.remark,
        source=settled.source,
        version=line.version + 1,
        marked_by_id=decided.by if decided else last.by_id,
        marked_at=decided.happened_at if decided else last.happened_at,
    )


def _mark_of(known: dict[int, _Known], event: MarkEvent) -> Mark | None:
    person = known.get(event.enrolment_id)
    return person.line.mark if person else None


def _after(facts, now: datetime) -> datetime:
    """Now; a moment later where something was said at this very instant."""
    last = max((fact.happened_at for fact in facts), default=None)
    if last is None or last < now:
        return now
    return last + timedelta(microseconds=1)
