"""From which networks the room's page was opened: there is where the session is.

Kept in the cache for as long as one may check in, and nowhere else.
"""

from datetime import datetime

from django.core.cache import cache

from courses import clock

from .networks import neighbourhood


def site_of(session_pk: int) -> list[str]:
    """The networks of the room; none is known before its page was opened."""
    return cache.get(_key(session_pk), [])


def note_site(session_pk: int, address: str, until: datetime) -> None:
    """The room's page is open in this network."""
    seconds = (until - clock.now()).total_seconds()
    known = site_of(session_pk)
    network = neighbourhood(address)
    if seconds > 0 and network not in known:
        cache.set(_key(session_pk), [*known, network], timeout=seconds)


def _key(session_pk: int) -> str:
    return f"check-in-site:{session_pk}"
