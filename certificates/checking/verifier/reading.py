"""Published keys, read where no database is: from a page or from PEM."""

import base64
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from certificates.seal import key_files

_DATA = re.compile(r'<script type="application/json" id="data">(.*?)</script>', re.S)


class NoKeys(Exception):
    """The file holds no key."""


@dataclass(frozen=True)
class PublishedKey:
    """What the checks ask of a key: of a seal in PEM, of badges in base 58."""

    public: str
    is_development: bool = False
    compromised_at: datetime | None = None


def read_keys(path: Path) -> list[PublishedKey]:
    """From the offline verifier's page, or from certificates in PEM. Raises NoKeys."""
    try:
        text = path.read_text(encoding="utf-8")
        found = _DATA.search(text)
        keys = _in_page(json.loads(found[1])) if found else _in_pem(text)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NoKeys(str(error)) from error
    if not keys:
        raise NoKeys(path.name)
    return keys


def _in_page(data: dict) -> list[PublishedKey]:
    return _of_seals(data) + _of_badges(data)


def _of_seals(data: dict) -> list[PublishedKey]:
    return [
        PublishedKey(
            "".join(_pem(one) for one in key["certificates"]),
            key["is_development"],
            _instant(key["compromised_at"]),
        )
        for key in data["seals"]
    ]


def _of_badges(data: dict) -> list[PublishedKey]:
    """The page says only whether one is trusted, so a stolen one never was."""
    never = datetime.min.replace(tzinfo=UTC)
    return [
        PublishedKey(
            key["public"],
            key["is_development"],
            never if key["is_compromised"] else None,
        )
        for key in data["credentials"]
    ]


def _in_pem(text: str) -> list[PublishedKey]:
    """Each is taken for a key of its own: PEM says nothing of what belongs together."""
    return [
        PublishedKey(one.public_bytes(Encoding.PEM).decode(), key_files.is_marked(one))
        for one in x509.load_pem_x509_certificates(text.encode())
    ]


def _pem(text: str) -> str:
    certificate = x509.load_der_x509_certificate(base64.b64decode(text))
    return certificate.public_bytes(Encoding.PEM).decode()


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
