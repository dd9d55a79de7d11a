"""Letting somebody in who lacks what must come before: the word of staff, with why."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from wagtail.log_actions import log

from courses import clock
from lms.models import Enrolment, Waiver
from lms.prerequisites import Need, unmet

from .refusal import Refused


class PrerequisiteMissing(Refused):
    """Something must come before; staff may write why it need not."""

    field = "reason"


def excused(place: Enrolment, *, reason: str) -> list[Need]:
    """What the person lacks and this reason excuses; raises PrerequisiteMissing."""
    lacks = unmet(place.person, place.cohort)
    if lacks and not reason.strip():
        why = " ".join(one.why for one in lacks)
        raise PrerequisiteMissing(
            _("%(why)s Write why %(person)s comes in all the same.")
            % {"why": why, "person": place.person}
        )
    return lacks


def excuse(place: Enrolment, lacks: Iterable[Need], *, by, reason: str) -> None:
    """Keep that it was not asked for; later steps of the same place ask no more."""
    for need in lacks:
        Waiver.objects.create(
            enrolment=place,
            requirement=need.key,
            reason=reason.strip(),
            by=by,
            created_at=clock.now(),
        )
        data = {"requirement": need.key, "reason": reason.strip()}
        log(place, "lms.waive", user=by, data=data)
