"""Seeing the site as a participant sees it: who may, and what the log keeps of it."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from courses import clock
from lms import scoping
from lms.models import Person, Staff
from lms.roles import is_administrator

from .refusal import Refused, reason_given

LASTS = timedelta(minutes=30)


class CannotViewAs(Refused):
    """This person's view is not opened to this member of staff; the text says why."""


@transaction.atomic
def start_viewing(person: Person, *, by, reason: str) -> datetime:
    """Log who looks through whose eyes and why; returns until when (PR-07)."""
    reason = reason_given(reason)
    refusal = why_not_view(by, person)
    if refusal:
        raise CannotViewAs(refusal)
    until = clock.now() + LASTS
    data = {"reason": reason, "until": until.isoformat()}
    log(person, "lms.view_as", user=by, data=data)
    return until


@transaction.atomic
def stop_viewing(person: Person, *, by, ended: str) -> None:
    """Log the end: "asked", "time", "sign_out" or "right" (may no longer)."""
    log(person, "lms.stop_viewing_as", user=by, data={"ended": ended})


def why_not_view(by, person: Person) -> str:
    """Why `by` may not see the site as this person; empty when they may.

    Never as staff: their view would open what one's own role does not.
    """
    if not scoping.holds(by, "manage", person):
        return _("This person is in none of the cohorts you coordinate.")
    user = person.user
    if person.merged_into_id or user is None or not user.is_active:
        return _("%(person)s has no account to look through.") % {"person": person}
    if user.is_staff or is_administrator(user) or _has_role(user):
        return _("%(person)s is staff. Only a participant's view can be opened.") % {
            "person": person
        }
    return ""


def _has_role(user) -> bool:
    return Staff.objects.filter(user=user).exists()
