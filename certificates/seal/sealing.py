"""The seal: PAdES B-B, certifying, no change allowed; B-T with a timestamp authority.

The place for it is in the file already (`certificates.paper.finishing`). Here two
holes in bytes are filled; what goes into the second is made by pyHanko.
"""

import asyncio
import hashlib
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor

from asn1crypto.cms import ContentInfo
from django.conf import settings
from django.utils.translation import gettext as _
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_cms import Signer
from pyhanko.sign.timestamps import HTTPTimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError

from certificates.paper.finishing import RANGE, SealPlace
from certificates.seal import keys
from courses import clock
from lms.actions.refusal import Refused

# What a seal takes besides the certificates in it, and what a timestamp takes.
ROOM, STAMP = 1536, 12288
SECONDS = 10


class SealFailed(Refused):
    """The seal could not be made now; nothing is wrong with the certificate."""


def place(number: str = "") -> SealPlace:
    """Room for a seal with the present key, made now. Raises KeyMissing."""
    signer = keys.seal_key().signer
    size = ROOM + sum(len(one.dump()) for one in _chain(signer))
    if settings.USTOD_TIMESTAMP_URL:
        size += STAMP
    return SealPlace(size, clock.now(), number)


def seal(pdf: bytes) -> bytes:
    """Fill the place with a seal over every other byte of the file.

    Raises KeyMissing, SealFailed, or ValueError where the file has no place.
    """
    signer = keys.seal_key().signer
    at, start, end = _holes(pdf)
    sealed = bytearray(pdf)
    numbers = b"[0 %010d %010d %010d]" % (start, end, len(pdf) - end)
    sealed[at : at + len(RANGE)] = numbers
    digest = hashlib.sha256(sealed[:start])
    digest.update(sealed[end:])
    made = _signed(signer, digest.digest()).hex().encode()
    if len(made) > end - start - 2:
        raise SealFailed(_("The seal does not fit into its place."))
    sealed[start + 1 : start + 1 + len(made)] = made
    return bytes(sealed)


def _holes(pdf: bytes) -> tuple[int, int, int]:
    """Where the range is written, and where the seal's brackets begin and end."""
    at = pdf.find(RANGE)
    start = at + len(RANGE) + len(b"/Contents ")
    if at < 0 or pdf.find(RANGE, at + 1) >= 0 or pdf[start : start + 2] != b"<0":
        raise ValueError("This file has no place for a seal, or more than one.")
    return at, start, pdf.index(b">", start) + 1


def _signed(signer: Signer, digest: bytes) -> bytes:
    authority = _authority(settings.USTOD_TIMESTAMP_URL)
    try:
        made = _awaited(
            signer.async_sign(digest, "sha256", use_pades=True, timestamper=authority)
        )
    except TimestampRequestError as error:
        raise SealFailed(
            _("The timestamp authority does not answer. Try again in some minutes.")
        ) from error
    # A device may have been pulled out, or its session may be over.
    except (SigningError, RuntimeError) as error:
        raise SealFailed(
            _("The seal could not be made. Try again, or ask an administrator.")
        ) from error
    return made.dump()


def _awaited(coroutine: Coroutine) -> ContentInfo:
    """What it gives, also in a thread whose own event loop is running."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(coroutine)
    with ThreadPoolExecutor(max_workers=1) as beside:
        return beside.submit(asyncio.run, coroutine).result()


def _authority(url: str) -> HTTPTimeStamper | None:
    return HTTPTimeStamper(url, timeout=SECONDS) if url else None


def _chain(signer: Signer) -> list:
    return [signer.signing_cert, *(signer.cert_registry or [])]
