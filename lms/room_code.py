"""The code of a room that changes by itself: worked out from a secret, kept nowhere.

Only the server's clock is asked, so that a phone's clock may be wrong by years
(ATT-19). Eight letters after the idea of RFC 4226, over steps of thirty seconds.
"""

import hashlib
import hmac
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from .codes import ALPHABET, fold, grouped

LENGTH = 8
STEP = timedelta(seconds=30)
# The code before this one is good, too: somebody was just typing it.
GRACE = 1

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# The secret may serve other codes one day; none of them is a room's.
_PURPOSE = b"room code"


def step_of(moment: datetime) -> int:
    """The number of the step that this moment lies in."""
    return (moment - _EPOCH) // STEP


def code_at(secret: str, moment: datetime) -> str:
    """What stands on the wall at this moment."""
    return _code(secret, step_of(moment))


def in_groups(code: str) -> str:
    """For the wall and for reading aloud: K7M4-QX9R."""
    return grouped(code, LENGTH // 2)


def is_good(secret: str, typed: str, moment: datetime) -> bool:
    """Is this the code of the moment's step, or of the step before?

    Takes as long for a wrong code as for a right one.
    """
    step = step_of(moment)
    codes = [_code(secret, step - back) for back in range(GRACE + 1)]
    return _is_among(codes, typed)


def was_good(secret: str, typed: str, since: datetime, until: datetime) -> bool:
    """Did this code stand on the wall between the two moments?"""
    steps = range(step_of(since), step_of(until) + 1)
    return _is_among((_code(secret, step) for step in steps), typed)


def seconds_left(moment: datetime) -> int:
    """Until the next code takes the wall: 30 at the first moment of a step, at least 1.

    Who types a code has its grace besides.
    """
    left = STEP - (moment - _EPOCH) % STEP
    return -(-left // timedelta(seconds=1))


def _is_among(codes: Iterable[str], typed: str) -> bool:
    # Compared as bytes: what is typed may hold any sign of any script.
    given = fold(typed).encode()
    found = False
    for code in codes:
        found |= hmac.compare_digest(code.encode(), given)
    return found


def _code(secret: str, step: int) -> str:
    """The step signed, cut where its last half byte says, in letters that differ."""
    message = _PURPOSE + step.to_bytes(8, "big")
    digest = hmac.digest(secret.encode(), message, hashlib.sha256)
    start = digest[-1] & 0xF
    number = int.from_bytes(digest[start : start + 8], "big")
    letters = []
    for _place in range(LENGTH):
        number, rest = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[rest])
    return "".join(letters)
