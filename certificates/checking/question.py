"""A small sum for whoever tried many codes: a person answers it, a script must wait.

It needs no script, no picture and nobody else's server. A question is signed, good for
one try, not before a person could have read it and not for long (CE-10).
"""

import secrets
from dataclasses import dataclass

from django.core import signing
from django.core.cache import cache
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from courses import clock

SALT = "certificates.checking.question"
# In seconds: how long it takes to read, and how long it may lie about.
READING, PATIENCE = 2, 600


@dataclass(frozen=True)
class Question:
    words: str
    token: str


def ask() -> Question:
    """Two numbers below ten, in words of the visitor's language."""
    first, second = secrets.randbelow(9) + 1, secrets.randbelow(9) + 1
    nonce = secrets.token_urlsafe(12)
    sealed = [nonce, _digest(nonce, first + second), int(clock.now().timestamp())]
    words = _("How much is %(first)s plus %(second)s?") % {
        "first": _number(first),
        "second": _number(second),
    }
    return Question(words, signing.dumps(sealed, salt=SALT))


def is_answered(token: str, typed: str) -> bool:
    """Is this the sum? Each question may be tried once, right or wrong."""
    try:
        nonce, digest, asked_at = signing.loads(token[:400], salt=SALT)
        number = int(typed.strip()[:4])
    except (signing.BadSignature, ValueError):
        return False
    age = int(clock.now().timestamp()) - asked_at
    is_fresh = READING <= age <= PATIENCE
    is_first = cache.add(f"question:{nonce}", True, timeout=PATIENCE)
    return is_fresh and is_first and digest == _digest(nonce, number)


def _digest(nonce: str, number: int) -> str:
    """The sum as a stranger cannot read it out of the token."""
    mac = salted_hmac(SALT, f"{nonce} {number}", algorithm="sha256")
    return mac.hexdigest()[:24]


def _number(number: int) -> str:
    return [
        pgettext("in a sum", "one"),
        pgettext("in a sum", "two"),
        pgettext("in a sum", "three"),
        pgettext("in a sum", "four"),
        pgettext("in a sum", "five"),
        pgettext("in a sum", "six"),
        pgettext("in a sum", "seven"),
        pgettext("in a sum", "eight"),
        pgettext("in a sum", "nine"),
    ][number - 1]
