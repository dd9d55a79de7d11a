"""Events of marks as `lms.settling` reads them."""

from collections.abc import Iterable

from lms.models import MarkEvent, MarkStatus, Session
from lms.settling import Fact, Span

# Facts of this very call have no row yet; they come after all that have one.
LATEST = 2**62


def facts_of(events: Iterable[MarkEvent]) -> list[Fact[MarkStatus]]:
    """The events of one person as `lms.settling` reads them; `stated` is loaded."""
    told = list(events)
    keys = {event.pk: key_of(event) for event in told}
    return [fact_of(event, keys.get(event.about_id)) for event in told]


def span_of(session: Session) -> Span:
    return Span(session.starts_at, session.ends_at)


def key_of(event: MarkEvent, place: int = 0) -> tuple[str, int]:
    """Devices name what they say by a nonce; all else is named by its row."""
    if event.nonce:
        return f"{event.device} {event.nonce}", 0
    return "", event.pk or LATEST + place


def fact_of(event: MarkEvent, about, place: int = 0) -> Fact[MarkStatus]:
    return Fact(
        key=key_of(event, place),
        kind=event.kind,
        source=event.source,
        happened_at=event.happened_at,
        status=event.stated,
        minutes=event.minutes,
        remark=event.remark,
        by=event.by_id,
        about=about,
        waits=event.waits,
    )
