"""Is this file, to its last byte, what we sealed? Never raises, whatever it is given.

Works on bytes, not on what a reader of PDF makes of them: a seal of ours covers the
whole file but for itself, so the same bytes with a right seal are the same file, and
nothing can hide behind or beside them. The seal itself must be written as we write it.
"""

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from io import BytesIO
from typing import Any, Protocol

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation.status import SignatureCoverageLevel

from certificates.paper.finishing import CREDENTIAL
from certificates.seal.cms import Seal, certificates_of

# More than any certificate; read no further.
MOST_BYTES = 20 * 1024 * 1024

SEAL = re.compile(
    rb"<</Type /Sig/Filter /Adobe\.PPKLite/SubFilter /ETSI\.CAdES\.detached"
    rb"/M \(D:(\d{14})\+00'00'\)/Reason \(([^()\\\r\n]*)\)"
    rb"/Reference \[<</Type /SigRef/TransformMethod /DocMDP"
    rb"/TransformParams <</Type /TransformParams/P 1/V /1\.2>>>>\]"
    rb"/ByteRange \[0 (\d{10}) (\d{10}) (\d{10})\]/Contents <([0-9a-f]+)>>>"
)
ENCRYPTED = re.compile(rb"/Encrypt\s+\d+\s+\d+\s+R")


class Finding(StrEnum):
    """What came of the check; only INTACT is good."""

    INTACT = "intact"
    NOT_PDF = "not_pdf"
    TOO_LARGE = "too_large"
    ENCRYPTED = "encrypted"
    UNSEALED = "unsealed"
    INCOMPLETE = "incomplete"
    CHANGED = "changed"
    UNKNOWN_KEY = "unknown_key"
    KEY_COMPROMISED = "key_compromised"


class PublicKey(Protocol):
    """A row of SigningKey, or what was published of it; badge keys are left out."""

    public: str
    is_development: bool
    compromised_at: datetime | None


@dataclass(frozen=True)
class SealReport:
    """What the file says of itself is given only where the seal vouches for it.

    `sealed_at` is what whoever held the key said; `stamped_at` what a timestamp
    authority said, whose own standing is not checked here.
    """

    finding: Finding
    key: Any = None
    is_development: bool = False
    sealed_at: datetime | None = None
    stamped_at: datetime | None = None
    number: str = ""
    credential: dict[str, Any] | None = None

    @property
    def is_intact(self) -> bool:
        return self.finding == Finding.INTACT


def check(pdf: bytes, keys: Iterable[PublicKey]) -> SealReport:
    """Integrity, the entire file, a certifying seal, a known key, not compromised."""
    if rough := _look(pdf):
        return SealReport(rough)
    try:
        return _check(pdf, list(keys))
    # Whatever cannot even be read is not what we sealed.
    except Exception:
        return SealReport(Finding.CHANGED)


def _look(pdf: bytes) -> Finding | None:
    """What needs no key to be seen."""
    if len(pdf) > MOST_BYTES:
        return Finding.TOO_LARGE
    if not pdf.startswith(b"%PDF-"):
        return Finding.NOT_PDF
    if ENCRYPTED.search(pdf):
        return Finding.ENCRYPTED
    if b"/ByteRange" not in pdf:
        # Never sealed, or cut off before the seal.
        return Finding.UNSEALED if b"startxref" in pdf[-64:] else Finding.INCOMPLETE
    return None


def _check(pdf: bytes, keys: list[PublicKey]) -> SealReport:
    """Three see for themselves that the file ends where the seal does: its range, the
    digest, and a reader of PDF. A fault in one of them lets no byte in.
    """
    seals = [key for key in keys if key.public.startswith("-----BEGIN CERTIFICATE")]
    known = {certificates_of(key.public)[0]: key for key in seals}
    places = list(SEAL.finditer(pdf))
    if len(places) != 1:
        is_ours = any(own.hex().encode() in pdf.lower() for own in known)
        return SealReport(Finding.CHANGED if is_ours else Finding.UNKNOWN_KEY)
    (place,) = places
    if fault := range_fault(place, len(pdf)):
        return SealReport(fault)
    seal = Seal.read(place[6])
    if not seal.vouches_for(digest_around(pdf, place)):
        return SealReport(Finding.CHANGED)
    key = known.get(seal.certificates[0])
    if key is None:
        return SealReport(Finding.UNKNOWN_KEY)
    if seal.certificates != certificates_of(key.public):
        return SealReport(Finding.CHANGED)
    return _report(pdf, seal, key, place)


def range_fault(place: re.Match[bytes], length: int) -> Finding | None:
    """What the file says that its seal covers must be all of it but the seal."""
    start, end, rest = (int(place[n]) for n in (3, 4, 5))
    if end + rest > length:
        return Finding.INCOMPLETE
    is_around = (start, end) == _hole(place)
    return None if is_around and end + rest == length else Finding.CHANGED


def digest_around(pdf: bytes, place: re.Match[bytes]) -> bytes:
    """Of every byte there is but those of the seal, whatever the range says."""
    start, end = _hole(place)
    return hashlib.sha256(pdf[:start] + pdf[end:]).digest()


def _hole(place: re.Match[bytes]) -> tuple[int, int]:
    """The seal's digits with the brackets around them."""
    return place.start(6) - 1, place.end(6) + 1


def _report(
    pdf: bytes, seal: Seal, key: PublicKey, place: re.Match[bytes]
) -> SealReport:
    reader = PdfFileReader(BytesIO(pdf))
    if not is_so_read(reader):
        return SealReport(Finding.CHANGED)
    sealed_at = datetime.strptime(place[1].decode(), "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    is_late = key.compromised_at is not None and sealed_at >= key.compromised_at
    return SealReport(
        Finding.KEY_COMPROMISED if is_late else Finding.INTACT,
        key=key,
        is_development=key.is_development,
        sealed_at=sealed_at,
        stamped_at=seal.stamped_at,
        number=place[2].decode(),
        credential=_credential(reader),
    )


def is_so_read(reader: PdfFileReader) -> bool:
    """Readers of PDF see the same one seal, over all of it, and it forbids changes."""
    signatures = reader.embedded_signatures
    if len(signatures) != 1:
        return False
    (signature,) = signatures
    signature.compute_integrity_info()
    return (
        signature.coverage == SignatureCoverageLevel.ENTIRE_FILE
        and signature.docmdp_level == MDPPerm.NO_CHANGES
    )


def _credential(reader: PdfFileReader) -> dict[str, Any] | None:
    """The Open Badge inside, as it is written; whether it holds is asked elsewhere."""
    try:
        files = list(reader.root["/Names"]["/EmbeddedFiles"]["/Names"])
        specification = files[files.index(CREDENTIAL) + 1].get_object()
        found = json.loads(specification["/EF"]["/F"].data)
    except (KeyError, ValueError):
        return None
    return found if isinstance(found, dict) else None
