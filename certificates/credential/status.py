"""Which credentials have ended: Bitstring Status List 1.0, one list for 131,072.

A list says nothing about anybody: a bit among many thousand, and whoever looks reads
all of it. It says what the database says; only its signature is kept for a while.
"""

import gzip
import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.core.cache import cache

from certificates.models import Certificate
from certificates.seal import multibase
from courses import clock

from . import issuer, profile
from .proof import Credential, Key, sign, written

SIZE = 131_072
LIFE = timedelta(hours=24)
# A list that is handed out is good for half of its life at least.
KEPT = LIFE / 2


def place_of(index: int) -> tuple[int, int]:
    """Which list, counted from 1, and where in it."""
    return index // SIZE + 1, index % SIZE


def address_of(number: int) -> str:
    return f"{issuer.base()}/credentials/status/{number}.json"


def exists(number: int) -> bool:
    """The first one always does, so that a new site can be tried."""
    newest = Certificate.objects.order_by("-status_index").values_list("status_index")
    last = newest.exclude(status_index=None).first()
    return 1 <= number <= (place_of(last[0])[0] if last else 1)


def status_list(number: int, *, key: Key) -> Credential:
    """The signed list as the database is now; two queries with `exists`."""
    encoded = encode(_ended(number))
    digest = hashlib.sha256(f"{encoded} {issuer.method_of(key)}".encode()).hexdigest()
    name = f"status-list:{number}:{digest}"
    found: Credential | None = cache.get(name)
    # The clock is asked, too: a cache does not know ours.
    if found is None or found["validFrom"] < written(clock.now() - KEPT):
        found = _signed(number, encoded, key, clock.now())
        cache.set(name, found, timeout=KEPT.total_seconds())
    return found


def encode(indexes: Iterable[int]) -> str:
    """The bits, the first one leftmost, compressed and written as Multibase."""
    bits = bytearray(SIZE // 8)
    for index in indexes:
        bits[index // 8] |= 0x80 >> index % 8
    # No time in it: equal bits are equal text.
    return multibase.encode_base64url(gzip.compress(bytes(bits), mtime=0))


def _ended(number: int) -> list[int]:
    """Revoked, withdrawn or replaced; one that expired says so itself."""
    start = (number - 1) * SIZE
    rows = Certificate.objects.exclude(status=Certificate.Status.VALID)
    rows = rows.filter(status_index__range=(start, start + SIZE - 1))
    indexes = rows.order_by("status_index").values_list("status_index", flat=True)
    return [index - start for index in indexes]


def _signed(number: int, encoded: str, key: Key, now: datetime) -> Credential:
    address = address_of(number)
    document = {
        "@context": profile.context_of(profile.STATUS_LIST),
        "id": address,
        "type": ["VerifiableCredential", profile.STATUS_LIST],
        "issuer": issuer.did_of(key),
        "validFrom": written(now),
        "validUntil": written(now + LIFE),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": encoded,
        },
    }
    return sign(document, key=key, method=issuer.method_of(key), at=now)
