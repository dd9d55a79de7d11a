"""Once a day, by one worker: who begins the night's jobs, and when they are over."""

from datetime import date, datetime, timedelta

from django.db.models import F
from django.utils.timezone import localtime

from courses import clock
from lms.models import Night

BEGINS = timedelta(hours=1)
TRIES = 3
AGAIN_AFTER = timedelta(hours=1)


def begin() -> Night | None:
    """The night to work on, for the one worker that asked first; None otherwise.

    A day begins at one o'clock of the site's zone. Whoever died over it, or left jobs
    that failed, is followed an hour later, three times at most.
    """
    now = clock.now()
    night, is_new = Night.objects.get_or_create(
        day=_day(now), defaults={"started_at": now}
    )
    if is_new:
        return night
    if night.finished_at or night.tries >= TRIES:
        return None
    return _again(night, now)


def finish(night: Night, *, failed: list[str]) -> Night:
    """Write down how it ended; with failed jobs it stays to be tried again."""
    night.failed, night.finished_at = failed, None if failed else clock.now()
    night.save(update_fields=["failed", "finished_at"])
    return night


def _day(now: datetime) -> date:
    return (localtime(now) - BEGINS).date()


def _again(night: Night, now: datetime) -> Night | None:
    """The tries as read are the condition: only one of two workers changes them."""
    taken = Night.objects.filter(
        pk=night.pk,
        tries=night.tries,
        finished_at=None,
        started_at__lte=now - AGAIN_AFTER,
    ).update(tries=F("tries") + 1, started_at=now)
    if not taken:
        return None
    night.refresh_from_db()
    return night
