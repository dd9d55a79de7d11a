"""Telling holders what became of a certificate, once each time (CE-36)."""

from datetime import datetime

from certificates.letters import REVOKED, VALID_AGAIN
from certificates.models import Certificate
from lms.actions.messages import queue
from lms.models import Message


def tell_ended(certificate: Certificate) -> None:
    """That it was revoked, with the reason anybody may know and not the note."""
    _tell(certificate, REVOKED.key, _key(certificate, certificate.ended_at))


def is_told(certificate: Certificate) -> bool:
    """Was the holder written to about this very revocation?"""
    key = _key(certificate, certificate.ended_at)
    return Message.objects.filter(key=key).exists()


def tell_valid_again(certificate: Certificate, ended_at: datetime) -> None:
    """Whoever heard that it was revoked hears that it no longer is."""
    _tell(certificate, VALID_AGAIN.key, _key(certificate, ended_at) + ":undone")


def _key(certificate: Certificate, ended_at: datetime) -> str:
    return f"certificate:{certificate.pk}:revoked:{ended_at:%Y%m%dT%H%M%S}"


def _tell(certificate: Certificate, kind: str, key: str) -> None:
    queue(
        certificate.person,
        key=key,
        template=kind,
        context={
            "name": certificate.content["holder"],
            "number": certificate.number,
            "cohort": certificate.cohort_id,
        },
    )
