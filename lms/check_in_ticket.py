"""Kept while somebody signs in: that the code was good when it was first seen.

Signed, for one person and one session, and for three minutes (ATT-20, ATT-21). Which
one was used is `SpentTicket`.
"""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from django.core import signing

LASTS = timedelta(minutes=3)
_SALT = "lms.check_in_ticket"


@dataclass(frozen=True)
class SeenCode:
    """`user` is None until somebody signs in who holds it."""

    session: int
    seen_at: datetime
    user: int | None = None
    uid: UUID = field(default_factory=uuid4)

    def for_user(self, user: int) -> "SeenCode":
        """Whoever holds it first has it for good."""
        return self if self.user else replace(self, user=user)

    def is_for(self, session: int, user: int) -> bool:
        return self.session == session and self.user in (None, user)

    def is_over(self, now: datetime) -> bool:
        return now >= self.seen_at + LASTS


def seal(seen: SeenCode) -> str:
    told = [seen.session, seen.seen_at.timestamp(), seen.user, seen.uid.hex]
    return signing.dumps(told, salt=_SALT)


def unseal(text: str) -> SeenCode | None:
    """None for what was not sealed here."""
    try:
        session, seen_at, user, uid = signing.loads(text, salt=_SALT)
    except signing.BadSignature:
        return None
    return SeenCode(session, datetime.fromtimestamp(seen_at, UTC), user, UUID(uid))
