"""Letting one requirement of one place be met without it, and taking that back."""

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from courses import clock
from lms.models import Enrolment, Waiver
from lms.standing import requirements_of

from .progress import evaluate
from .refusal import Refused, reason_given


class CannotWaive(Refused):
    """This place asks for no such thing, or is not active."""

    field = "requirement"


class WaiverUsed(Refused):
    """What completed the course is not taken back."""


@transaction.atomic
def waive(enrolment: Enrolment, *, requirement: str, by, reason: str) -> Waiver:
    """Let exactly this requirement be met; a second call changes nothing (CO-12)."""
    place = _locked(enrolment)
    known = Waiver.objects.filter(enrolment=place, requirement=requirement).first()
    if known:
        return known
    reason = reason_given(reason)
    if not place.is_studying:
        raise CannotWaive(_("This place is not active."))
    if requirement not in {one.key for one in requirements_of(place)}:
        raise CannotWaive(_("This place does not ask for that."))
    waiver = Waiver.objects.create(
        enrolment=place,
        requirement=requirement,
        reason=reason,
        by=by,
        created_at=clock.now(),
    )
    data = {"requirement": requirement, "reason": reason}
    log(place, "lms.waive", user=by, data=data)
    evaluate(place)
    return waiver


@transaction.atomic
def take_back_waiver(
    enrolment: Enrolment, *, requirement: str, by, reason: str
) -> None:
    """Ask for it again, until the course is complete; a second call changes nothing."""
    place = _locked(enrolment)
    waivers = Waiver.objects.filter(enrolment=place, requirement=requirement)
    if not waivers.exists():
        return
    reason = reason_given(reason)
    if place.status == Enrolment.Status.COMPLETED:
        raise WaiverUsed(_("The course is completed; that stays as it is."))
    waivers.delete()
    data = {"requirement": requirement, "reason": reason}
    log(place, "lms.take_back_waiver", user=by, data=data)


def _locked(enrolment: Enrolment) -> Enrolment:
    places = Enrolment.objects.select_for_update(of=("self",))
    return places.select_related("cohort__edition").get(pk=enrolment.pk)
