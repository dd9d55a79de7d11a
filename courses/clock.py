"""What time it is. Every rule asks here, so that a test can say."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.utils import timezone

_stopped: ContextVar[datetime | None] = ContextVar("stopped", default=None)


def now() -> datetime:
    """This instant, aware, in UTC."""
    return _stopped.get() or timezone.now()


@contextmanager
def stopped_at(instant: datetime) -> Iterator[None]:
    """Let `now()` answer this instant within the block (tests, sample data)."""
    token = _stopped.set(instant)
    try:
        yield
    finally:
        _stopped.reset(token)
