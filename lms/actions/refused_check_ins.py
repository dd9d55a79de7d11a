"""Tries to be marked that were refused: kept for whoever has to look into them."""

from datetime import datetime
from uuid import UUID

from django.utils.crypto import salted_hmac

from courses import clock
from lms.models import Enrolment, RefusedCheckIn, Session


def refuse_check_in(
    *,
    why: str,
    source: str,
    value: str = "",
    session: Session | None = None,
    enrolment: Enrolment | None = None,
    device: str = "",
    network: str = "",
    nonce: UUID | None = None,
    happened_at: datetime | None = None,
    by=None,
) -> RefusedCheckIn:
    """Keep a refused try (ATT-25); the same device and nonce twice is one (ATT-26).

    Of `value`, what was typed or scanned, only a keyed digest is kept.
    """
    now = clock.now()
    fields = {
        "session": session,
        "enrolment": enrolment,
        "source": source,
        "why": why,
        "digest": digest_of(value),
        "network": network,
        "by": by,
        "happened_at": min(happened_at or now, now),
        "received_at": now,
    }
    if nonce is None:
        return RefusedCheckIn.objects.create(device=device, **fields)
    row, _created = RefusedCheckIn.objects.get_or_create(
        device=device, nonce=nonce, defaults=fields
    )
    return row


def digest_of(value: str) -> str:
    """Tells the same value twice; does not tell the value."""
    if not value:
        return ""
    return salted_hmac("lms.refused_check_ins", value, algorithm="sha256").hexdigest()
