"""What is odd about a piece of evidence beside all that is known of the person."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from lms.attendance import Line
from lms.models import Mark, MarkEvent
from lms.settling import CODES, Fact, Settled, counting

# What comes this much later than it happened is shown as uploaded late (ATT-27).
LATE_UPLOAD = timedelta(minutes=2)

Kind, Flag = MarkEvent.Kind, MarkEvent.Flag


def flags_of(
    event: MarkEvent,
    facts: Sequence[Fact],
    *,
    line: Line,
    before: Settled,
    given: Collection[str] = (),
    seen: int | None = None,
) -> list[str]:
    """Those `given`, and what shows only beside the facts before the event.

    `before` is the mark they come to; `seen` the version whoever says it had seen.
    """
    flags = list(given)
    if event.received_at - event.happened_at > LATE_UPLOAD and event.nonce:
        flags.append(Flag.LATE_UPLOAD)
    if event.waits:
        flags.append(Flag.FORCED)
    visit = _last_visit(facts, event.happened_at)
    if event.kind == Kind.EXIT and (visit is None or visit.kind == Kind.EXIT):
        flags.append(Flag.EXIT_WITHOUT_ENTRY)
    if event.kind in (Kind.SET, Kind.ENTRY) and event.source in CODES:
        has_arrived = any(fact.is_arrival for fact in counting(facts))
        if has_arrived and (visit is None or visit.kind != Kind.EXIT):
            flags.append(Flag.DUPLICATE)
    if seen is not None and seen != line.version and _is_conflict(event, before):
        flags.append(Flag.CONFLICT)
    return list(dict.fromkeys(str(flag) for flag in flags))


def _is_conflict(event: MarkEvent, before: Settled) -> bool:
    """A trainer marks what another trainer had marked otherwise meanwhile."""
    decided = before.decided
    return (
        decided is not None
        and event.source == decided.source == Mark.Source.TRAINER
        and event.kind == Kind.SET
        and event.stated != decided.status
    )


def _last_visit(facts: Sequence[Fact], until: datetime) -> Fact | None:
    visits = [
        fact
        for fact in counting(facts)
        if fact.kind in (Kind.ENTRY, Kind.EXIT) and fact.happened_at <= until
    ]
    return visits[-1] if visits else None
