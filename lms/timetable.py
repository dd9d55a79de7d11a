"""Which sessions are today and which come next, for the people who hold them."""

from datetime import timedelta

from courses import clock

from . import scoping
from .models import Session

# No zone's day begins or ends farther from UTC's.
_DAY_AND_ZONE = timedelta(hours=40)


def sessions_today(user) -> list[Session]:
    """Sessions of the user's cohorts whose date is today where they are held."""
    now = clock.now()
    around = _sessions(user).filter(
        starts_at__range=(now - _DAY_AND_ZONE, now + _DAY_AND_ZONE)
    )
    return [s for s in around if s.local_date == now.astimezone(s.cohort.zone).date()]


def sessions_next(user, limit: int = 10) -> list[Session]:
    """The sessions after today's, the nearest first."""
    now = clock.now()
    coming = _sessions(user).filter(starts_at__gt=now)[: limit + 10]
    later = [s for s in coming if s.local_date > now.astimezone(s.cohort.zone).date()]
    return later[:limit]


def sessions_at_hand(cohort) -> list[Session]:
    """Today's sessions of this cohort, to be signed off first; else the next one."""
    today = clock.now().astimezone(cohort.zone).date()
    coming = cohort.sessions.live().select_related("cohort")
    found = list(coming.filter(local_date=today).order_by("starts_at", "pk"))
    if not found:
        return list(coming.filter(local_date__gt=today).order_by("starts_at", "pk")[:1])
    return sorted(found, key=lambda one: one.register == Session.Register.SIGNED)


def registers_to_sign(cohorts):
    """Sessions that are over and whose register still stands open."""
    now = clock.now()
    past = Session.objects.live().filter(
        cohort__in=cohorts, register=Session.Register.OPEN, starts_at__lt=now
    )
    return [s for s in past.select_related("cohort") if s.ends_at < now]


def _sessions(user):
    mine = scoping.scope(Session.objects.live(), user)
    return mine.select_related("cohort").order_by("starts_at", "pk")
