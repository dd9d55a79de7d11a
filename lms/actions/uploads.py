"""What a trainer noted on a device without a line, taken up when the line is back.

Nothing is lost and nothing is done twice: each piece has its nonce, the same one is
answered the same way (ATT-26). What the rules on line would refuse waits for somebody
to accept it (ATT-28), or is kept among the refused tries where it is nobody's mark.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from courses import clock
from lms.attendance import Line, sheet_of, statuses_of
from lms.device_times import TOLERANCE, Told, told
from lms.models import Enrolment, Mark, MarkEvent, MarkStatus, RefusedCheckIn, Session

from .attendance import hold_if_due
from .evidence import FREE_UNDO, Evidence, Outcome, record, undo
from .mark_conflicts import flag_the_others
from .refused_check_ins import refuse_check_in
from .scanning import SCANS, Found, places_of, scanned, words_of
from .sessions import AttendanceRefused, locked_session

Kind, Flag, Why = MarkEvent.Kind, MarkEvent.Flag, RefusedCheckIn.Why
SAVED, CONFLICT, FORCED, REFUSED = "saved", "conflict", "forced", "refused"


@dataclass(frozen=True, kw_only=True)
class Item:
    """One thing noted: a mark, a scan, or that one of them is taken back.

    `stated_at` is the device's own time; `opened_at` is the server's time when it gave
    the device the register. `seen` is the version of the mark the trainer saw;
    without a remark of its own a mark keeps the one that is there.
    """

    nonce: UUID
    kind: str
    stated_at: datetime
    opened_at: datetime | None = None
    enrolment_id: int = 0
    code: str = ""
    remark: str | None = None
    minutes: int | None = None
    seen: int = 0
    value: str = ""
    about: UUID | None = None


@dataclass(frozen=True)
class Answer:
    """What became of an item, in a word for the script and one for the trainer."""

    nonce: UUID
    what: str
    text: str = ""
    enrolment_id: int | None = None


@dataclass(frozen=True)
class _Upload:
    """Everything that is the same for each item of one upload."""

    session: Session
    lines: Mapping[int, Line]
    statuses: Mapping[str, MarkStatus]
    found: Mapping[str, Found]
    times: Mapping[UUID, Told]
    device: str
    by: object

    def flags(self, item: Item, line: Line | None) -> tuple[str, ...]:
        """Why it would have been refused on line, and whether the clock was wrong.

        A register that was signed off once asks why (ATT-49): a device cannot say it.
        """
        session, flags = self.session, []
        is_cancelled = session.status == Session.Status.CANCELLED
        was_signed = session.signed_at is not None
        if was_signed or is_cancelled or (line and not line.is_expected):
            flags.append(Flag.FORCED)
        if was_signed:
            flags.append(Flag.AFTER_SIGN_OFF)
        if self.times[item.nonce].is_clock_wrong:
            flags.append(Flag.CLOCK)
        return tuple(flags)


@transaction.atomic
def take_up(
    session: Session,
    items: Sequence[Item],
    *,
    device: str,
    sent_at: datetime,
    by,
) -> list[Answer]:
    """Keep every item, in as many queries for 300 as for one, and answer each."""
    session = locked_session(session)
    answers = _answered(items, device)
    new = _without_twins([item for item in items if item.nonce not in answers])
    upload = _upload(session, new, device, sent_at, by)
    pieces = []
    for item in new:
        if item.kind == Kind.UNDO:
            continue
        made = _evidence(upload, item)
        if isinstance(made, Evidence):
            pieces.append(made)
        else:
            answers[item.nonce] = made
    outcomes = record(session, pieces, by=by) if pieces else []
    events = [outcome.event for outcome in outcomes]
    answers |= {event.nonce: _answer(event) for event in events}
    flag_the_others(session, events)
    for item in new:
        if item.kind == Kind.UNDO:
            answers[item.nonce] = _take_back(upload, item)
    if any(not piece.waits for piece in pieces):
        hold_if_due(session)
    return [answers[item.nonce] for item in items]


def _without_twins(items: Sequence[Item]) -> list[Item]:
    return list({item.nonce: item for item in items}.values())


def _upload(session, items, device, sent_at, by) -> _Upload:
    now = clock.now()
    values = [item.value for item in items if item.kind in SCANS]
    return _Upload(
        session=session,
        lines={line.pk: line for line in sheet_of(session)},
        statuses=statuses_of(session),
        found=places_of(session, values) if values else {},
        times={
            item.nonce: told(
                item.stated_at,
                sent_at=sent_at,
                received_at=now,
                opened_at=item.opened_at,
            )
            for item in items
        },
        device=device,
        by=by,
    )


def _evidence(upload: _Upload, item: Item) -> Evidence | Answer:
    if item.kind in SCANS:
        return _scan(upload, item)
    line = upload.lines.get(item.enrolment_id)
    if line is None:
        return _refuse(upload, item, Why.NOT_EXPECTED)
    if item.code and item.code not in upload.statuses:
        return _refuse(upload, item, Why.UNKNOWN, line.enrolment)
    flags = upload.flags(item, line)
    time = upload.times[item.nonce]
    return Evidence(
        enrolment_id=line.pk,
        source=Mark.Source.TRAINER,
        kind=Kind.SET,
        code=item.code,
        remark=line.remark if item.remark is None else item.remark,
        minutes=_possible(item.minutes, upload.session),
        happened_at=time.happened_at,
        stated_at=time.stated_at,
        device=upload.device,
        nonce=item.nonce,
        flags=flags,
        waits=Flag.FORCED in flags,
        seen=item.seen,
    )


def _possible(minutes: int | None, session: Session) -> int | None:
    """Nobody is there to be asked: more than all of the session is all of it."""
    return None if minutes is None else min(minutes, session.minutes)


def _scan(upload: _Upload, item: Item) -> Evidence | Answer:
    """A renewed code scanned before a line told of it is kept as forced (ATT-28)."""
    found, time = upload.found[item.value], upload.times[item.nonce]
    is_late = clock.now() - time.happened_at > TOLERANCE
    if found.why and not (found.why == Why.REVOKED and is_late):
        return _refuse(upload, item, found.why, found.place)
    line = upload.lines[found.place.pk]
    flags = upload.flags(item, line)
    if found.why and Flag.FORCED not in flags:
        flags = (Flag.FORCED, *flags)
    return scanned(
        upload.session,
        found.place,
        item.kind,
        time.happened_at,
        upload.statuses,
        device=upload.device,
        nonce=item.nonce,
        stated_at=time.stated_at,
        flags=flags,
        waits=Flag.FORCED in flags,
    )


def _refuse(
    upload: _Upload, item: Item, why: str, place: Enrolment | None = None
) -> Answer:
    is_scan = item.kind in SCANS
    row = refuse_check_in(
        why=why,
        source=Mark.Source.PERSONAL_CODE if is_scan else Mark.Source.TRAINER,
        value=item.value or item.code,
        session=upload.session,
        enrolment=place,
        device=upload.device,
        nonce=item.nonce,
        happened_at=upload.times[item.nonce].happened_at,
        by=upload.by,
    )
    return _refused(row)


def _take_back(upload: _Upload, item: Item) -> Answer:
    """Within a quarter of an hour by the device's own time it needs no reason."""
    events = MarkEvent.objects.select_related("session").filter(
        device=upload.device, nonce=item.about, session=upload.session
    )
    event = events.first()
    if event is None:
        # What was refused was never a mark: there is nothing to take back.
        return Answer(item.nonce, SAVED)
    took = upload.times[item.nonce].happened_at - event.happened_at
    if took > FREE_UNDO:
        return _refuse(upload, item, Why.TOO_LATE, event.enrolment)
    reason = _("Taken back on the device that noted it.")
    by, device = upload.by, upload.device
    try:
        outcome: Outcome = undo(
            event, by=by, device=device, nonce=item.nonce, reason=reason
        )
    except AttendanceRefused:
        return _refuse(upload, item, Why.CLOSED, event.enrolment)
    return Answer(item.nonce, SAVED, enrolment_id=outcome.event.enrolment_id)


def _answered(items: Sequence[Item], device: str) -> dict[UUID, Answer]:
    """What came before, with the answer it got then."""
    sent = {"device": device, "nonce__in": [item.nonce for item in items]}
    refused = RefusedCheckIn.objects.filter(**sent)
    answers = {row.nonce: _refused(row) for row in refused}
    for event in MarkEvent.objects.filter(**sent):
        answers[event.nonce] = _answer(event)
    return answers


def _answer(event: MarkEvent) -> Answer:
    """In the words of its flags, so that it is the same whenever it is asked again."""
    what = SAVED
    if Flag.CONFLICT in event.flags and event.old_id not in (None, event.stated_id):
        what = CONFLICT
    if Flag.FORCED in event.flags:
        what = FORCED
    if event.kind == Kind.UNDO:
        what = SAVED
    words = [str(Flag(flag).label) for flag in event.flags]
    return Answer(event.nonce, what, ", ".join(words), event.enrolment_id)


def _refused(row: RefusedCheckIn) -> Answer:
    if row.source == Mark.Source.PERSONAL_CODE and row.why in WORDED:
        text = words_of(row.why)
    else:
        text = row.get_why_display()
    return Answer(row.nonce, REFUSED, text, row.enrolment_id)


WORDED = (Why.UNKNOWN, Why.REVOKED, Why.NOT_EXPECTED, Why.CLOSED)
