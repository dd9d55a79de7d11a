"""Bytes as text, as documents of the web write them: keys, signatures, lists.

`z…` is in base 58 with the alphabet of Bitcoin, `u…` in base64 for addresses.
"""

import base64

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"

# How documents of the web say that what follows is an Ed25519 public key.
ED25519 = b"\xed\x01"


def encode(data: bytes) -> str:
    """Each zero byte at the start is a `1`."""
    zeros = len(data) - len(data.lstrip(b"\0"))
    number, digits = int.from_bytes(data, "big"), ""
    while number:
        number, digit = divmod(number, 58)
        digits = ALPHABET[digit] + digits
    return "z" + "1" * zeros + digits


def decode(text: str) -> bytes:
    """Raises ValueError for anything that `encode` cannot have written."""
    if not text.startswith("z"):
        raise ValueError("Not in base 58.")
    digits = text[1:]
    zeros = len(digits) - len(digits.lstrip("1"))
    number = 0
    for digit in digits:
        number = number * 58 + ALPHABET.index(digit)
    return bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8, "big")


def encode_base64url(data: bytes) -> str:
    return "u" + base64.urlsafe_b64encode(data).decode().rstrip("=")
