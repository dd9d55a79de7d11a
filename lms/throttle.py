"""So many tries a minute for a network or a person: nobody searches for codes."""

import ipaddress

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.utils.crypto import salted_hmac

from courses import clock

TRIES = 10
SECONDS = 60


def allows(request, *, door: str, tries: int = TRIES) -> bool:
    """Count this try at this door (a word of the code's own) for its network.

    Nothing of the address is kept but a keyed hash, for a minute.
    """
    return _counts(door, _network(request), tries)


def allows_person(user, *, door: str, tries: int = TRIES) -> bool:
    """Count it for who is signed in, so that one person locks no whole room out."""
    return _counts(door, f"user {user.pk}", tries)


def _counts(door: str, who: str, tries: int) -> bool:
    minute = int(clock.now().timestamp()) // SECONDS
    digest = salted_hmac(f"{door}.throttle", who, algorithm="sha256").hexdigest()
    key = f"{door}:{minute}:{digest[:24]}"
    cache.add(key, 0, timeout=SECONDS)
    try:
        return cache.incr(key) <= tries
    except ValueError:
        # It expired between the two calls: a new minute begins.
        return True


def _network(request) -> str:
    address = ipaddress.ip_address(get_adapter().get_client_ip(request))
    width = 24 if address.version == 4 else 64
    return str(ipaddress.ip_network(f"{address}/{width}", strict=False))
