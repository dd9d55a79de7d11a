"""What is said of marks after a register was signed off: it says why (ATT-49)."""

from collections.abc import Iterable

from lms.models import Mark, MarkEvent, Session

from .refusal import reason_given

Kind, Flag = MarkEvent.Kind, MarkEvent.Flag
LONGEST = MarkEvent._meta.get_field("reason").max_length


def say_why(session: Session, events: Iterable[MarkEvent], reason: str) -> None:
    """Flag what a reopened register is told and keep the reason with it.

    The reason comes before what the event says itself. Raises ReasonMissing.
    """
    if not session.is_reopened:
        return
    for event in events:
        if event.waits:
            continue
        if _is_staffs_word(event):
            said = dict.fromkeys([reason_given(reason), event.reason])
            event.reason = ". ".join(filter(None, said))[:LONGEST]
        event.flags = [*dict.fromkeys([*event.flags, Flag.AFTER_SIGN_OFF.value])]


def _is_staffs_word(event: MarkEvent) -> bool:
    """Not a participant's own code, nor what the system adds.

    Who takes back or accepts what was said has rules of their own (ATT-30).
    """
    is_own = event.source == Mark.Source.ROOM_CODE or Flag.AUTO in event.flags
    return not is_own and event.kind not in (Kind.UNDO, Kind.ACCEPT)
