"""What the settings sign with now, whether they can, and what each key has signed."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from cryptography import x509
from django.db.models import Count
from django.utils.translation import gettext as _

from certificates.issuer_day import day_of
from certificates.models import Certificate, SigningKey
from certificates.seal import keys


@dataclass(frozen=True)
class KeyNow:
    """One of the two settings; `trouble` says why nothing is signed with it."""

    use: str
    fingerprint: str = ""
    is_development: bool = False
    last_day: date | None = None
    trouble: str = ""


def keys_now() -> list[KeyNow]:
    """Asked as issuing asks, so that both say the same."""
    return [
        _now(SigningKey.Use(use), read)
        for use, read in (("seal", keys.seal_key), ("credential", keys.credential_key))
    ]


def signed_by() -> Counter[str]:
    """How many certificates each key signed, by its public half. Two queries."""
    seals = Certificate.objects.order_by().values_list("seal_key__public")
    method = "credential__proof__verificationMethod"
    badges = Certificate.objects.order_by().values_list(method)
    counted = Counter(dict(seals.annotate(Count("pk"))))
    for address, number in badges.annotate(Count("pk")):
        counted[(address or "").rpartition("#")[2]] += number
    return counted


def certificate_of(key: SigningKey) -> x509.Certificate | None:
    """The X.509 certificate of a seal's key; a credential's key has none."""
    if key.use != SigningKey.Use.SEAL:
        return None
    return x509.load_pem_x509_certificate(key.public.encode())


def _now(use: SigningKey.Use, read) -> KeyNow:
    try:
        key = read()
    except keys.KeyMissing as reason:
        return KeyNow(use.label, trouble=reason.said)
    row = SigningKey.objects.filter(fingerprint=key.fingerprint).first()
    has_ended = row is not None and row.has_ended
    return KeyNow(
        use.label,
        key.fingerprint,
        key.is_development,
        day_of(key.certificate.not_valid_after_utc) if use == "seal" else None,
        _("It was taken out of use: a new key is needed.") if has_ended else "",
    )
