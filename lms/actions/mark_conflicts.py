"""Two trainers mark one person differently: both of their words show it."""

from collections.abc import Iterable

from lms.models import Mark, MarkEvent, Session

Flag = MarkEvent.Flag


def flag_the_others(session: Session, events: Iterable[MarkEvent]) -> None:
    """Flag what somebody else had said last against which these were flagged.

    A flag changes no mark; no query where there is no conflict.
    """
    ours = {
        event.enrolment_id: event for event in events if Flag.CONFLICT in event.flags
    }
    if not ours:
        return
    devices = {event.device for event in ours.values()}
    told = session.mark_events.filter(
        enrolment__in=ours, source=Mark.Source.TRAINER, kind=MarkEvent.Kind.SET
    ).exclude(device__in=devices)
    last = {event.enrolment_id: event for event in told.order_by("received_at", "pk")}
    for enrolment_id, other in last.items():
        is_other = other.stated_id != ours[enrolment_id].stated_id
        if is_other and Flag.CONFLICT not in other.flags:
            other.flags = [*other.flags, Flag.CONFLICT]
            other.save(update_fields=["flags"])
