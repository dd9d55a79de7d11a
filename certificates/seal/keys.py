"""The two private keys of this installation, loaded once a process.

The seal's key (P-256, with an X.509 certificate) signs every PDF; the credential's
(Ed25519) signs every Open Badge. Each setting says where its key is: a path, the PEM
text itself, or for the seal `pkcs11:FILE#SETUP` in pyHanko's own configuration.
Records of keys are `certificates.actions.keys`; no private key is ever in a database.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from ssl import DER_cert_to_PEM_cert

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
)
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from pyhanko.sign.signers.pdf_cms import Signer, SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from certificates.seal import key_files, key_tokens, multibase
from courses import clock
from lms.actions.refusal import Refused

WHY = {
    "empty": gettext_noop("The setting %(setting)s is empty."),
    "file": gettext_noop("The file that %(setting)s names cannot be read."),
    "none": gettext_noop("%(setting)s holds no private key in PEM."),
    "password": gettext_noop(
        "The key of %(setting)s has a password: it must be stored without one."
    ),
    "kind": gettext_noop("The key of %(setting)s is of another kind than is needed."),
    "certificate": gettext_noop(
        "Beside the key of %(setting)s there must be its X.509 certificate."
    ),
    "other": gettext_noop(
        "The certificate beside the key of %(setting)s belongs to another key."
    ),
    "setup": gettext_noop(
        "The configuration of pyHanko that %(setting)s names has no such setup."
    ),
    "token": gettext_noop(
        "The device that holds the key of %(setting)s does not open."
    ),
    "development": gettext_noop(
        "The key of %(setting)s is for development: real certificates need their own."
    ),
    "early": gettext_noop(
        "The certificate of the seal's key is not valid yet. Is the clock right?"
    ),
    "late": gettext_noop(
        "The certificate of the seal's key is over: a new key is needed."
    ),
}


class KeyMissing(Refused):
    """There is no key to sign with; `why` is a code, `said` that in words alone."""

    def __init__(self, why: str, setting: str):
        self.why, self.said = why, _(WHY[why]) % {"setting": setting}
        super().__init__(
            _("No certificate can be signed. %(why)s Ask an administrator.")
            % {"why": self.said}
        )


@dataclass(frozen=True)
class SealKey:
    """What seals a PDF: pyHanko's signer and the certificate it presents."""

    use = "seal"
    signer: Signer
    certificate: x509.Certificate

    @property
    def public(self) -> str:
        """Its certificate in PEM, then those that vouch for it: what is in the seal."""
        own = self.certificate.public_bytes(Encoding.DER)
        registry = self.signer.cert_registry or []
        others = sorted({one.dump() for one in registry} - {own})
        return "".join(DER_cert_to_PEM_cert(one) for one in (own, *others))

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate, as every viewer of certificates shows it."""
        return self.certificate.fingerprint(hashes.SHA256()).hex()

    @property
    def is_development(self) -> bool:
        return key_files.is_marked(self.certificate)


@dataclass(frozen=True)
class CredentialKey:
    """What signs an Open Badge."""

    use = "credential"
    private: Ed25519PrivateKey
    is_development: bool

    def sign(self, data: bytes) -> bytes:
        return self.private.sign(data)

    @property
    def public(self) -> str:
        """Multibase, as in a did:key and in a verification method."""
        return multibase.encode(multibase.ED25519 + self._raw)

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the 32 bytes of the public key."""
        digest = hashes.Hash(hashes.SHA256())
        digest.update(self._raw)
        return digest.finalize().hex()

    @property
    def _raw(self) -> bytes:
        return self.private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def seal_key() -> SealKey:
    """Raises KeyMissing, also on a day on which its certificate is not valid."""
    key = _seal(settings.USTOD_SEAL_KEY)
    _refuse_development(key, "USTOD_SEAL_KEY")
    now = clock.now()
    if now < key.certificate.not_valid_before_utc:
        raise KeyMissing("early", "USTOD_SEAL_KEY")
    if now > key.certificate.not_valid_after_utc:
        raise KeyMissing("late", "USTOD_SEAL_KEY")
    return key


def credential_key() -> CredentialKey:
    """Raises KeyMissing."""
    key = _credential(settings.USTOD_CREDENTIAL_KEY)
    _refuse_development(key, "USTOD_CREDENTIAL_KEY")
    return key


def is_on_a_token(setting: str) -> bool:
    """Whether the key is on a device, which only a process that signs may open."""
    return setting.startswith(key_tokens.SCHEME)


@lru_cache(maxsize=8)
def _seal(setting: str) -> SealKey:
    name = "USTOD_SEAL_KEY"
    if is_on_a_token(setting):
        try:
            signer = key_tokens.open_signer(setting)
        except key_files.Unreadable as error:
            raise KeyMissing(error.why, name) from error
        certificate = x509.load_der_x509_certificate(signer.signing_cert.dump())
        return SealKey(signer, _of_the_seal(certificate))
    found = _read(setting, name)
    if not isinstance(found.private, EllipticCurvePrivateKey):
        raise KeyMissing("kind", name)
    if not found.certificates:
        raise KeyMissing("certificate", name)
    return SealKey(_KeptKey(found), found.certificates[0])


@lru_cache(maxsize=8)
def _credential(setting: str) -> CredentialKey:
    found = _read(setting, "USTOD_CREDENTIAL_KEY")
    if not isinstance(found.private, Ed25519PrivateKey):
        raise KeyMissing("kind", "USTOD_CREDENTIAL_KEY")
    return CredentialKey(
        found.private, any(map(key_files.is_marked, found.certificates))
    )


def _read(setting: str, name: str) -> key_files.KeyFile:
    if not setting:
        raise KeyMissing("empty", name)
    text = setting
    if "-----BEGIN" not in setting:
        try:
            text = Path(setting).read_text()
        except (OSError, ValueError) as error:
            raise KeyMissing("file", name) from error
    try:
        return key_files.read(text)
    except key_files.Unreadable as error:
        raise KeyMissing(error.why, name) from error


def _of_the_seal(certificate: x509.Certificate) -> x509.Certificate:
    public = certificate.public_key()
    if not (
        isinstance(public, EllipticCurvePublicKey)
        and isinstance(public.curve, SECP256R1)
    ):
        raise KeyMissing("kind", "USTOD_SEAL_KEY")
    return certificate


def _refuse_development(key: SealKey | CredentialKey, name: str) -> None:
    if key.is_development and not settings.USTOD_DEVELOPMENT_KEYS:
        raise KeyMissing("development", name)


class _KeptKey(SimpleSigner):
    """pyHanko's signer reads its key anew for every signature; this one keeps it."""

    def __init__(self, found: key_files.KeyFile):
        own, *others = [
            asn1_x509.Certificate.load(one.public_bytes(Encoding.DER))
            for one in found.certificates
        ]
        registry = SimpleCertificateStore()
        registry.register_multiple(others)
        self._private = found.private
        super().__init__(own, asn1_keys.PrivateKeyInfo(), registry)

    def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
        return self._private.sign(data, ECDSA(hashes.SHA256()))
