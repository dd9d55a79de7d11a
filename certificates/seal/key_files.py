"""Private keys as PEM: made, and read back with the certificate that names their owner.

The text holds one private key without a password and, for the seal, its X.509
certificate first and then those that vouch for it, if any.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID

PrivateKey = EllipticCurvePrivateKey | Ed25519PrivateKey

# Stands in the certificate of a key that anybody may have, and on the paper.
MARK = "development key, not for real certificates"
SEAL, CREDENTIAL = "seal.pem", "credential.pem"
YEARS = 10


class Unreadable(Exception):
    """The text is no key as it is needed; the code says in what way."""

    def __init__(self, why: str):
        super().__init__(why)
        self.why = why


class KeyFile(NamedTuple):
    """What a PEM text holds; `certificates` begins with the key's own."""

    private: PrivateKey
    certificates: list[x509.Certificate]


def make_seal(owner: str, *, now: datetime, is_development: bool = False) -> str:
    """A new P-256 key and its certificate."""
    return _make(generate_private_key(SECP256R1()), owner, now, is_development)


def make_credential(owner: str, *, now: datetime, is_development: bool = False) -> str:
    """A new Ed25519 key; its certificate only says whose it is."""
    return _make(Ed25519PrivateKey.generate(), owner, now, is_development)


def write(path: Path, text: str) -> bool:
    """Keep it for its owner's eyes only; False where a key is there already."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        path.touch(mode=0o600, exist_ok=False)
    except FileExistsError:
        return False
    path.write_text(text)
    return True


def read(text: str) -> KeyFile:
    """Raises Unreadable: `none`, `password`, `kind`, or `certificate` for a broken one.

    In a variable of the environment line ends may be written as backslash and n.
    """
    data = text.replace("\\n", "\n").encode()
    try:
        private = load_pem_private_key(data, password=None)
    except TypeError as error:
        raise Unreadable("password") from error
    except Exception as error:
        raise Unreadable("none") from error
    if isinstance(private, EllipticCurvePrivateKey):
        if not isinstance(private.curve, SECP256R1):
            raise Unreadable("kind")
    elif not isinstance(private, Ed25519PrivateKey):
        raise Unreadable("kind")
    return KeyFile(private, _certificates(data, private))


def is_marked(certificate: x509.Certificate) -> bool:
    """Whether its owner says that it is for development."""
    units = certificate.subject.get_attributes_for_oid(NameOID.ORGANIZATIONAL_UNIT_NAME)
    return MARK in [unit.value for unit in units]


def _certificates(data: bytes, private: PrivateKey) -> list[x509.Certificate]:
    if b"-----BEGIN CERTIFICATE-----" not in data:
        return []
    try:
        found = x509.load_pem_x509_certificates(data)
        own = [one for one in found if one.public_key() == private.public_key()]
    except ValueError as error:
        raise Unreadable("certificate") from error
    return own[:1] + [one for one in found if one not in own] if own else []


def _make(private: PrivateKey, owner: str, now: datetime, is_development: bool) -> str:
    certificate = _certificate(private, owner, now, is_development)
    key = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return (key + certificate.public_bytes(Encoding.PEM)).decode()


def _certificate(
    private: PrivateKey, owner: str, now: datetime, is_development: bool
) -> x509.Certificate:
    names = [x509.NameAttribute(NameOID.COMMON_NAME, owner[:64])]
    if is_development:
        names.insert(0, x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, MARK))
    subject = x509.Name(names)
    start, end = _span(now, is_development)
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    builder = (
        x509.CertificateBuilder(subject, subject)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(end)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(
            x509.SubjectKeyIdentifier.from_public_key(private.public_key()),
            critical=False,
        )
    )
    is_ed25519 = isinstance(private, Ed25519PrivateKey)
    return builder.sign(private, None if is_ed25519 else hashes.SHA256())


def _span(now: datetime, is_development: bool) -> tuple[datetime, datetime]:
    """Development and tests also live on days long past and far off."""
    if is_development:
        return datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
    return now - timedelta(days=1), now + timedelta(days=365 * YEARS)
