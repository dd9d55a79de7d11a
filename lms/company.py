"""Who has a register open just now: kept in the cache for a minute, in no table.

A courtesy, never a lock: two who come in the same instant may learn of each other only
when their pages ask again.
"""

from django.core.cache import cache
from django.utils.translation import ngettext

from courses import clock

# Pages ask every half a minute; who missed two turns has gone.
SECONDS = 75


def join(session_pk: int, user) -> list[str]:
    """Note that this account has the register open; the names of the others."""
    key, now = f"register-open:{session_pk}", clock.now().timestamp()
    here = {
        pk: (name, since)
        for pk, (name, since) in cache.get(key, {}).items()
        if now - since < SECONDS
    }
    here[user.pk] = (str(user), now)
    cache.set(key, here, timeout=SECONDS)
    return sorted(name for pk, (name, _since) in here.items() if pk != user.pk)


def in_words(names: list[str]) -> str:
    """One sentence; nothing where nobody else is there."""
    if not names:
        return ""
    text = ngettext(
        "%(names)s has this register open, too.",
        "%(names)s have this register open, too.",
        len(names),
    )
    return text % {"names": ", ".join(names)}
