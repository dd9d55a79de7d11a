"""Who issues: the organisation's name on the web, and every key it signed with."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from certificates.models import SigningKey

from .proof import Key, KnownKey

CONTEXT = ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"]


def base() -> str:
    """The address that is printed on paper, without a slash at its end."""
    return settings.USTOD_VERIFY_BASE_URL.rstrip("/")


def did_of(key: Key) -> str:
    """The issuer of what this key signs now, by USTOD_ISSUER_DID."""
    return f"did:key:{key.public}" if settings.USTOD_ISSUER_DID == "key" else did_web()


def method_of(key: Key) -> str:
    return f"{did_of(key)}#{key.public}"


def did_web() -> str:
    """The host of the address on paper; a port is written as did:web asks."""
    return "did:web:" + urlsplit(base()).netloc.replace(":", "%3A")


def known_keys() -> Mapping[str, KnownKey]:
    """Every key that ever signed a credential here, by its public part. One query."""
    rows = SigningKey.objects.filter(use=SigningKey.Use.CREDENTIAL)
    return {
        row.public: KnownKey(row.is_development, row.compromised_at is not None)
        for row in rows
    }


def did_document() -> dict[str, Any]:
    """Retired keys stay, so that what they signed stays checkable; stolen ones go."""
    did = did_web()
    keys = [public for public, key in known_keys().items() if not key.is_compromised]
    return {
        "@context": CONTEXT,
        "id": did,
        "verificationMethod": [
            {
                "id": f"{did}#{public}",
                "type": "Multikey",
                "controller": did,
                "publicKeyMultibase": public,
            }
            for public in keys
        ],
        "assertionMethod": [f"{did}#{public}" for public in keys],
    }
