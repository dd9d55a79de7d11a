"""A session was moved: what arrivals by a code count as follows the new time."""

from django.utils.translation import gettext as _

from lms.arrival import last_status, status_at
from lms.attendance import statuses_of
from lms.models import Mark, MarkEvent, MarkStatus, Session
from lms.settling import ACCEPT, Fact, counting, settle

from .evidence import Evidence, record
from .facts import facts_of, key_of, span_of
from .marks import write_marks


def arrive_anew(session: Session, *, by) -> None:
    """Take back each arrival whose status is another by the new time; say it anew.

    Who stayed until the old end has not left until they are closed at the new one.
    Minutes present are counted within the new time. What a trainer said stays
    (ATT-40). For who changes the session and holds its row.
    """
    statuses, told = statuses_of(session), list(_events(session).values())
    pieces = [
        piece
        for event, fact, flags in _arrivals(told)
        for piece in _said_anew(event, _status(session, statuses, fact), fact, flags)
    ]
    pieces += _old_closings(session, told)
    if pieces:
        record(session, pieces, by=by)
    _count_minutes(session)


def _events(session: Session) -> dict[int, list[MarkEvent]]:
    """Every event of the session by whose it is."""
    found: dict[int, list[MarkEvent]] = {}
    rows = session.mark_events.select_related("stated", "new").order_by("pk")
    for event in rows:
        found.setdefault(event.enrolment_id, []).append(event)
    return found


def _arrivals(told: list[list[MarkEvent]]):
    """Those by a code that count, with their facts, and the flags nobody accepted."""
    for events in told:
        facts = facts_of(events)
        counted = counting(facts)
        arrived = {fact.key for fact in counted if fact.is_arrival}
        accepted = {fact.about for fact in counted if fact.kind == ACCEPT}
        for event, fact in zip(events, facts, strict=True):
            if fact.key in arrived:
                yield event, fact, [] if fact.key in accepted else event.flags


def _old_closings(session: Session, told: list[list[MarkEvent]]) -> list[Evidence]:
    """What takes back the exits that the system wrote at an end which is none now."""
    found = []
    for events in told:
        counted = {fact.key for fact in counting(facts_of(events))}
        found += [
            _taken_back(event)
            for event in events
            if event.is_closing
            and key_of(event) in counted
            and event.happened_at != session.ends_at
        ]
    return found


def _taken_back(event: MarkEvent) -> Evidence:
    return Evidence(
        enrolment_id=event.enrolment_id,
        source=event.source,
        kind=MarkEvent.Kind.UNDO,
        about=event.pk,
        reason=_("The session was moved."),
    )


def _status(session: Session, statuses, fact: Fact[MarkStatus]) -> MarkStatus | None:
    """Who arrived later than any limit has the latest of them, as on arriving."""
    known = list(statuses.values())
    return status_at(
        known, starts_at=session.starts_at, arrived_at=fact.happened_at
    ) or last_status(known)


def _said_anew(event, status: MarkStatus | None, fact, flags) -> list[Evidence]:
    if status is None or fact.status is None or status.code == fact.status.code:
        return []
    return [
        _taken_back(event),
        Evidence(
            enrolment_id=event.enrolment_id,
            source=event.source,
            kind=event.kind,
            code=status.code,
            happened_at=event.happened_at,
            flags=(*flags, MarkEvent.Flag.AUTO),
        ),
    ]


def _count_minutes(session: Session) -> None:
    marks = {mark.enrolment_id: mark for mark in session.marks.all()}
    changed: list[Mark] = []
    for enrolment, events in _events(session).items():
        mark = marks.get(enrolment)
        minutes = settle(facts_of(events), span_of(session)).minutes
        if mark is None or mark.minutes == minutes:
            continue
        mark.minutes, mark.version = minutes, mark.version + 1
        changed.append(mark)
    write_marks(changed)
