"""What a trainer should look at among those who checked in; changes no figure.

Flags lead to a list (ATT-23, ATT-24): one network for a whole room is no flag, one
phone for two people is.
"""

from datetime import timedelta

from courses import clock
from lms.models import Enrolment, Mark, MarkEvent, Session

Flag = MarkEvent.Flag

# So many people from one phone, or from one network elsewhere, within a minute.
BURST = 4
BURST_WITHIN = timedelta(minutes=1)


def flags_of(
    session: Session, enrolment: Enrolment, *, whence, is_elsewhere: bool
) -> tuple[str, ...]:
    """The flags of one more person; for who holds the session's row."""
    others = _arrivals(session).exclude(enrolment=enrolment)
    same_device = (
        others.filter(device=whence.device) if whence.device else others.none()
    )
    flags = []
    if is_elsewhere:
        flags.append(Flag.OFF_SITE)
    if same_device.exists():
        flags.append(Flag.SAME_DEVICE)
    crowd = others.filter(network=whence.network) if is_elsewhere else same_device
    lately = crowd.filter(received_at__gt=clock.now() - BURST_WITHIN)
    if flags and lately.values("enrolment").distinct().count() >= BURST - 1:
        flags.append(Flag.BURST)
    return tuple(flags)


def flag_the_others(event: MarkEvent) -> None:
    """One device for two people: those who came before are flagged as well (ATT-23)."""
    if Flag.SAME_DEVICE not in event.flags:
        return
    others = _arrivals(event.session).filter(device=event.device)
    for other in others.exclude(enrolment=event.enrolment_id):
        if Flag.SAME_DEVICE not in other.flags:
            other.flags = [*other.flags, Flag.SAME_DEVICE]
            other.save(update_fields=["flags"])


def _arrivals(session: Session):
    return MarkEvent.objects.filter(
        session=session, source=Mark.Source.ROOM_CODE, kind=MarkEvent.Kind.SET
    )
