"""Contents, keys and contexts for tests of credentials; no database."""

import functools
import json
import uuid
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pyld import jsonld

from certificates.credential import profile, proof
from certificates.credential.building import Place, build
from certificates.seal import multibase

CONTEXTS = Path(__file__).parents[2] / "data" / "contexts"
FILES = {
    "https://www.w3.org/ns/credentials/v2": "credentials-v2.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json": (
        "open-badges-3.0.3.json"
    ),
}
DID = "did:web:certificates.example.org"
BASE = "https://certificates.example.org"
COURSE = uuid.UUID(int=1)
ISSUED = datetime(2026, 10, 20, 4, 0, tzinfo=UTC)


class TestKey:
    """A key of this file's own: the same bytes, the same key."""

    __test__ = False

    def __init__(self, seed: int = 1):
        self._private = Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)

    @property
    def public(self) -> str:
        return multibase.encode(
            multibase.ED25519 + self._private.public_key().public_bytes_raw()
        )

    def sign(self, data: bytes) -> bytes:
        return self._private.sign(data)


def make_content(**fields):
    content = {
        "language": "en",
        "holder": "Раҳимова Зебунисо",
        "holder_latin": "Rahimova Zebuniso",
        "holder_secret": "c2VjcmV0LW9mLXRlc3Rz",
        "course": {"en": "First contact", "ru": "Первый контакт"},
        "level": {"en": "Foundation"},
        "minutes": 1200,
        "attended": {"minutes": 1110},
        "cohort": "KHU-1",
        "starts_on": "2026-10-12",
        "awarded_on": "2026-10-14",
        "valid_until": "2028-10-14",
        "score_band": {"en": "80 to 89 %"},
        "number": "UST-2026-000123",
        "code": "K7M4QX9RT2AC0HDW3E",
        "texts": {"en": {"issuer": 'The "Academy" \\ Dushanbe'}},
    }
    return content | fields


def make_document(content=None, *, kind="completion", did=DID, index=123, **fields):
    return build(
        content or make_content(**fields),
        kind=kind,
        course_key=COURSE,
        place=Place(BASE, did, f"{BASE}/credentials/status/1.json", index),
        issued_at=ISSUED,
        zone=ZoneInfo("Asia/Dushanbe"),
    )


def make_signed(content=None, *, key=None, **fields):
    key = key or TestKey()
    document = make_document(content, **fields)
    method = f"{document['issuer']['id']}#{key.public}"
    return proof.sign(document, key=key, method=method, at=ISSUED)


def make_status_list(encoded="uH4sIAAAAAAAC"):
    address = f"{BASE}/credentials/status/1.json"
    return {
        "@context": profile.context_of(profile.STATUS_LIST),
        "id": address,
        "type": ["VerifiableCredential", profile.STATUS_LIST],
        "issuer": DID,
        "validFrom": "2026-10-20T04:00:00Z",
        "validUntil": "2026-10-21T04:00:00Z",
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": encoded,
        },
    }


@functools.cache
def context(url: str) -> dict:
    return json.loads((CONTEXTS / FILES[url]).read_text(encoding="utf-8"))


def load(url: str, options=None) -> dict:
    """Nothing but the bundled contexts; asking for another address is an error."""
    return {"contextUrl": None, "documentUrl": url, "document": context(url)}


def normalised(document: dict) -> str:
    """What PyLD makes of it, by the general algorithm."""
    return jsonld.normalize(
        document,
        {
            "algorithm": "URDNA2015",
            "format": "application/n-quads",
            "documentLoader": load,
        },
    )
