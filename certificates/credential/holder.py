"""Whom a credential is about, without saying it.

The credential stands at a public address, and a list of names is short enough to try
them all. So the name is hashed together with a secret of 128 bits that is on no public
page: it is in the holder's own PDF, beside the credential. Once the secret is erased
the hash says nothing about anybody.
"""

import hashlib
import json
import secrets
import unicodedata
from typing import Any

# An identity of our own making in the words of Open Badges 3.0, 5.2 (IdentityObject).
KIND = "ext:secretAndName"
PREFIX = "sha256$"


def new_secret() -> str:
    return secrets.token_urlsafe(16)


def identity(name: str, secret: str) -> dict[str, Any]:
    return {
        "type": "IdentityObject",
        "hashed": True,
        "identityHash": _hash(name, secret),
        "identityType": KIND,
    }


def attached(name: str, secret: str) -> bytes:
    """What lies beside the credential in the holder's PDF."""
    slip = {"name": name, "secret": secret}
    return json.dumps(slip, ensure_ascii=False, indent=1).encode()


def _hash(name: str, secret: str) -> str:
    text = unicodedata.normalize("NFC", " ".join(name.split()))
    return PREFIX + hashlib.sha256(f"{secret} {text}".encode()).hexdigest()
