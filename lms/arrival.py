"""Which status an arrival has by the time; asks no participant (ATT-16)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Protocol, TypeVar


class Timed(Protocol):
    """A status; `until_minutes` after the start it is given, None by hand only."""

    @property
    def until_minutes(self) -> int | None: ...


Status = TypeVar("Status", bound=Timed)


def status_at(
    statuses: Iterable[Status], *, starts_at: datetime, arrived_at: datetime
) -> Status | None:
    """The first status whose time is not over yet; None when all are (ATT-17).

    The limit itself is in time: 10 minutes after the start is within ten minutes.
    """
    timed = [one for one in statuses if one.until_minutes is not None]
    for status in sorted(timed, key=_until):
        if arrived_at <= starts_at + timedelta(minutes=_until(status)):
            return status
    return None


def last_status(statuses: Iterable[Status]) -> Status | None:
    """The one with the latest limit, for who arrives later still before a trainer."""
    timed = [one for one in statuses if one.until_minutes is not None]
    return max(timed, key=_until, default=None)


def last_arrival(statuses: Iterable[Timed], *, starts_at: datetime) -> datetime | None:
    """The last moment at which `status_at` has a status; None when it never has."""
    last = last_status(statuses)
    return starts_at + timedelta(minutes=_until(last)) if last else None


def _until(status: Timed) -> int:
    return status.until_minutes or 0
