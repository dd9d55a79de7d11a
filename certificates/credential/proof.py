"""Signing a credential and checking one: Data Integrity, `eddsa-rdfc-2022`."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from certificates.seal import multibase

from . import profile

CRYPTOSUITE = "eddsa-rdfc-2022"
# A signature and a key are shorter; reading a longer text would only cost time.
LONGEST = 100
Credential = dict[str, Any]


class Key(Protocol):
    """What signs: an Ed25519 key that may live in a token."""

    @property
    def public(self) -> str: ...

    def sign(self, data: bytes) -> bytes: ...


@dataclass(frozen=True)
class KnownKey:
    """What the register says about one public key."""

    is_development: bool = False
    is_compromised: bool = False


class Outcome(StrEnum):
    GENUINE = "genuine"
    CHANGED = "changed"
    UNKNOWN_KEY = "unknown key"
    COMPROMISED_KEY = "compromised key"
    NOT_OURS = "not ours"


@dataclass(frozen=True)
class CredentialReport:
    """What is known of a credential by itself; whether it still counts is no part."""

    outcome: Outcome
    key: str = ""
    is_development: bool = False
    address: str = ""
    index: int | None = None
    valid_until: datetime | None = None

    @property
    def is_genuine(self) -> bool:
        return self.outcome is Outcome.GENUINE


def sign(document: Credential, *, key: Key, method: str, at: datetime) -> Credential:
    """The document with its proof; `method` is the key's name in the issuer's DID."""
    options = {
        "type": profile.PROOF,
        "created": written(at),
        "cryptosuite": CRYPTOSUITE,
        "proofPurpose": "assertionMethod",
        "verificationMethod": method,
    }
    signature = key.sign(_digest(document, options))
    return document | {"proof": options | {"proofValue": multibase.encode(signature)}}


def check(credential: object, keys: Mapping[str, KnownKey]) -> CredentialReport:
    """Is it word for word what a key of ours signed? Never raises.

    `keys` are all that ever signed, by their public part. The name of the method must
    be that of the issuer, so that one issuer's key says nothing for another.
    """
    try:
        public, is_signed = _read(credential)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return CredentialReport(Outcome.NOT_OURS)
    known = keys.get(public)
    if known is None:
        return CredentialReport(Outcome.UNKNOWN_KEY, public)
    if not is_signed:
        return CredentialReport(Outcome.CHANGED, public, known.is_development)
    outcome = Outcome.COMPROMISED_KEY if known.is_compromised else Outcome.GENUINE
    return CredentialReport(
        outcome, public, known.is_development, **_claims(credential)
    )


def written(instant: datetime) -> str:
    """A moment as credentials hold it: whole seconds, UTC."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _digest(document: Credential, options: Credential) -> bytes:
    name = document["type"][-1]
    if name not in profile.PROFILE["contexts"]:
        raise profile.NotOurShape("type")
    return b"".join(
        hashlib.sha256(text.encode()).digest()
        for text in (
            profile.canonical_proof(options),
            profile.canonical(document, name),
        )
    )


def _read(credential: Any) -> tuple[str, bool]:
    """Which key it names, and whether that key signed it."""
    document = {key: value for key, value in credential.items() if key != "proof"}
    options = dict(credential["proof"])
    signature = _bytes_of(options.pop("proofValue"))
    # Some programs repeat the context here; it must be the document's.
    if options.pop("@context", document["@context"]) != document["@context"]:
        raise profile.NotOurShape("@context")
    if options["cryptosuite"] != CRYPTOSUITE:
        raise profile.NotOurShape("cryptosuite")
    issuer = document["issuer"]
    issuer = issuer if isinstance(issuer, str) else issuer["id"]
    did, _, public = options["verificationMethod"].partition("#")
    if did != issuer:
        raise profile.NotOurShape("verificationMethod")
    digest = _digest(document, options)
    key = Ed25519PublicKey.from_public_bytes(_key_of(public))
    try:
        key.verify(signature, digest)
    except InvalidSignature:
        return public, False
    return public, True


def _key_of(public: str) -> bytes:
    data = _bytes_of(public)
    if not data.startswith(multibase.ED25519):
        raise profile.NotOurShape("verificationMethod")
    return data.removeprefix(multibase.ED25519)


def _bytes_of(text: str) -> bytes:
    if len(text) > LONGEST:
        raise profile.NotOurShape("multibase")
    return multibase.decode(text)


def _claims(credential: Any) -> dict[str, Any]:
    until = credential.get("validUntil")
    status = credential.get("credentialStatus")
    return {
        "address": credential["id"],
        "index": int(status["statusListIndex"]) if status else None,
        "valid_until": datetime.fromisoformat(until) if until else None,
    }
