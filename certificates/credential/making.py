"""The signed credential of one certificate, made once at issue and frozen in it."""

import json
import zoneinfo

from django.conf import settings

from certificates.models import Certificate
from certificates.paper.finishing import CREDENTIAL, Enclosed

from . import holder, issuer, status
from .building import Place, build
from .proof import Credential, Key, sign


def credential_of(certificate: Certificate, key: Key) -> Credential:
    """From what is frozen in the certificate and the key of its course."""
    number, index = status.place_of(certificate.status_index)
    place = Place(
        base=issuer.base(),
        issuer=issuer.did_of(key),
        status_list=status.address_of(number),
        status_index=index,
    )
    document = build(
        certificate.content,
        kind=certificate.kind,
        course_key=certificate.cohort.edition.course_key,
        place=place,
        issued_at=certificate.issued_at,
        zone=zoneinfo.ZoneInfo(settings.USTOD_ISSUER_ZONE),
    )
    return sign(
        document, key=key, method=issuer.method_of(key), at=certificate.issued_at
    )


def enclosed_in(certificate: Certificate) -> list[Enclosed]:
    """What lies in the holder's PDF: the credential, and whom it is about.

    Nothing where there was no credential yet, or where the name is erased.
    """
    content, at = certificate.content, certificate.issued_at
    if not certificate.credential or not content.get("holder_secret"):
        return []
    signed = as_text(certificate.credential).encode()
    slip = holder.attached(content["holder"], content["holder_secret"])
    return [
        Enclosed(CREDENTIAL, signed, "Open Badge 3.0", at),
        Enclosed("holder.json", slip, "The name that the Open Badge hides", at),
    ]


def as_text(credential: Credential) -> str:
    """In one order, whichever the database kept: the same bytes everywhere."""
    return json.dumps(
        credential, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
