"""When something happened on a device whose clock may be wrong, even by years.

What a device sends carries its own time. How wrong its clock is shows at the moment it
sends: the server knows what time it is. Nothing happened later than it was received,
nor before the server gave the device what it needs to note anything at all.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

# Less may be the way through a slow network: such a clock is taken at its word.
TOLERANCE = timedelta(minutes=2)


@dataclass(frozen=True)
class Told:
    """When it happened. `stated_at` is the device's word where that was wrong."""

    happened_at: datetime
    stated_at: datetime | None = None

    @property
    def is_clock_wrong(self) -> bool:
        return self.stated_at is not None


def told(
    stated_at: datetime,
    *,
    sent_at: datetime,
    received_at: datetime,
    opened_at: datetime | None = None,
) -> Told:
    """Put the device's time right by how wrong its clock was when it sent.

    A clock that was set meanwhile puts it outside what is possible: then the nearest
    possible moment is meant.
    """
    wrong_by = received_at - sent_at
    if abs(wrong_by) <= TOLERANCE:
        wrong_by = timedelta(0)
    happened_at = _moved(stated_at, wrong_by, otherwise=received_at)
    if opened_at is not None:
        happened_at = max(happened_at, opened_at)
    happened_at = min(happened_at, received_at)
    is_wrong = abs(happened_at - stated_at) > TOLERANCE
    return Told(happened_at, stated_at if is_wrong else None)


def _moved(moment: datetime, by: timedelta, *, otherwise: datetime) -> datetime:
    try:
        return moment + by
    except OverflowError:
        return otherwise
