"""What the offline page must know: our public keys, and what has ended until now."""

import base64
from typing import Any

from django.conf import settings

from certificates.credential import profile, status
from certificates.models import SigningKey
from certificates.seal.cms import certificates_of
from certificates.seal.keys import CredentialKey
from courses import clock

Use = SigningKey.Use


def published(*, key: CredentialKey) -> dict[str, Any]:
    """As JSON; `key` signs the lists of what ended, as it does on line."""
    return keys_of(SigningKey.objects.all()) | {
        "issuer": settings.WAGTAIL_SITE_NAME,
        "zone": settings.USTOD_ISSUER_ZONE,
        "made_at": clock.now().isoformat(),
        "profile": profile.PROFILE,
        "lists": _lists(key),
    }


def keys_of(rows) -> dict[str, Any]:
    """Retired ones, too: what they signed stays genuine. Stolen ones say so."""
    rows = list(rows)
    return {
        "seals": [
            {
                "certificates": [
                    base64.b64encode(der).decode()
                    for der in certificates_of(row.public)
                ],
                "is_development": row.is_development,
                "compromised_at": row.compromised_at and row.compromised_at.isoformat(),
            }
            for row in rows
            if row.use == Use.SEAL
        ],
        "credentials": [
            {
                "public": row.public,
                "is_development": row.is_development,
                "is_compromised": row.compromised_at is not None,
            }
            for row in rows
            if row.use == Use.CREDENTIAL
        ],
    }


def _lists(key: CredentialKey) -> list[dict[str, Any]]:
    lists, number = [], 1
    while status.exists(number):
        lists.append(status.status_list(number, key=key))
        number += 1
    return lists
