"""What another program reads in a credential and in a list, by their own texts."""

import base64
import gzip
import hashlib


def is_about(credential, name: str, secret: str) -> bool:
    """As docs/open-badges.md describes the identity."""
    told = hashlib.sha256(f"{secret} {name}".encode()).hexdigest()
    identity = credential["credentialSubject"]["identifier"][0]
    return identity["identityHash"] == f"sha256${told}"


def has_bit(encoded: str, index: int) -> bool:
    """As Bitstring Status List 1.0, 3.3: the leftmost bit is the first."""
    text = encoded.removeprefix("u")
    bits = gzip.decompress(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    return bool(bits[index // 8] & 0x80 >> index % 8)
