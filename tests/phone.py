"""A phone that keeps passkeys, as far as a server can tell."""

import hashlib
import os
from dataclasses import dataclass, field

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

PRESENT, VERIFIED, WITH_KEY = 0x01, 0x04, 0x40


@dataclass
class Phone:
    """`create` makes a passkey, `get` shows it; both as a browser would send it."""

    origin: str = "http://localhost"
    is_unlocked: bool = True
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    credential_id: bytes = field(default_factory=lambda: os.urandom(16))
    handle: str = ""

    def create(self, options: dict) -> dict:
        asked = options["publicKey"]
        self.handle = asked["user"]["id"]
        public = ES256.from_cryptography_key(self.key.public_key())
        kept = AttestedCredentialData.create(b"\0" * 16, self.credential_id, public)
        seen = self._seen(asked["rp"]["id"], WITH_KEY, kept)
        attestation = AttestationObject.create("none", seen, {})
        return self._answer(
            {
                "clientDataJSON": self._said("webauthn.create", asked),
                "attestationObject": websafe_encode(attestation),
            }
        )

    def get(self, options: dict) -> dict:
        asked = options["publicKey"]
        said = self._said("webauthn.get", asked)
        seen = self._seen(asked["rpId"])
        signed = seen + hashlib.sha256(websafe_decode(said)).digest()
        signature = self.key.sign(signed, ec.ECDSA(hashes.SHA256()))
        return self._answer(
            {
                "clientDataJSON": said,
                "authenticatorData": websafe_encode(seen),
                "signature": websafe_encode(signature),
                "userHandle": self.handle,
            }
        )

    def _seen(self, site: str, flags: int = 0, kept: bytes = b"") -> AuthenticatorData:
        flags |= PRESENT | (VERIFIED if self.is_unlocked else 0)
        digest = hashlib.sha256(site.encode()).digest()
        return AuthenticatorData.create(digest, flags, 0, kept)

    def _said(self, kind: str, asked: dict) -> str:
        challenge = websafe_decode(asked["challenge"])
        said = CollectedClientData.create(kind, challenge, self.origin)
        return websafe_encode(said)

    def _answer(self, response: dict) -> dict:
        name = websafe_encode(self.credential_id)
        return {
            "id": name,
            "rawId": name,
            "type": "public-key",
            "response": response,
            "clientExtensionResults": {"credProps": {"rk": True}},
        }
