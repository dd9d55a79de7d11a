"""So many tries a minute for a network or a person: nobody searches for codes."""

from django.core.cache import cache
from django.utils.crypto import salted_hmac

from courses import clock

from .devices import address_of
from .networks import neighbourhood

TRIES = 10
SECONDS = 60


def allows(request, *, door: str, tries: int = TRIES) -> bool:
    """Count this try at this door (a word of the code's own) for its network.

    Nothing of the address is kept but a keyed hash, for a minute.
    """
    return _counts(door, neighbourhood(address_of(request)), tries)


def allows_person(user, *, door: str, tries: int = TRIES) -> bool:
    """Count it for who is signed in, so that one person locks no whole room out."""
    return _counts(door, f"user {user.pk}", tries)


def allows_device(device: str, *, door: str, tries: int = TRIES) -> bool:
    """Count it for a device; several people may share one."""
    return _counts(door, f"device {device}", tries)


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
