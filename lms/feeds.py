"""What a calendar program reads at a secret address: when and where, and nobody's name.

Cancelled sessions stay in it as cancelled, so that they go from the calendar as well.
"""

import hashlib
from dataclasses import replace

from django.utils.translation import get_language, gettext

from courses import clock

from . import scoping
from .calendars import Method, calendar_file
from .letters.invitations import meeting
from .models import CalendarAddress, Enrolment, Session


def sessions_at(address: CalendarAddress) -> list[Session] | None:
    """The sessions this address shows now; None where its person may see none."""
    if not address.user.is_active:
        return None
    sessions = Session.objects.select_related("cohort").order_by("starts_at", "pk")
    if address.cohort is None:
        mine = Enrolment.objects.of(address.user).studying()
        return list(sessions.filter(cohort__in=mine.values("cohort")))
    if not scoping.may(address.user, "teach", address.cohort):
        return None
    return list(sessions.filter(cohort=address.cohort))


def mark_of(sessions: list[Session]) -> str:
    """The same while nothing has changed: what an ETag is for."""
    told = [
        (one.pk, one.sequence, one.status, one.title, one.starts_at.isoformat())
        for one in sessions
    ]
    text = f"{get_language()} {told}"
    return f'W/"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


def feed(address: CalendarAddress, sessions: list[Session]) -> bytes:
    """Participants' entries are neutral; staff tell their cohorts apart by the code."""
    meetings = [meeting(one) for one in sessions]
    if address.cohort is not None:
        meetings = [
            replace(entry, summary=_summary(address.cohort.code, one.title))
            for entry, one in zip(meetings, sessions, strict=True)
        ]
    return calendar_file(
        meetings,
        method=Method.PUBLISH,
        stamp=clock.now(),
        name=address.cohort.code if address.cohort else gettext("My sessions"),
    )


def _summary(code: str, title: str) -> str:
    return f"{code}: {title}" if title else code
