"""Giving a place in a cohort, ending it, giving it back."""

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from lms.models import Cohort, Enrolment, Person

from .admission import (
    EmailUnconfirmed,
    PersonUnknown,
    check_confirmed,
    check_may_enter,
    person_behind,
    request_place,
)
from .attempt_ends import withdraw_running
from .invitations import claim_mine
from .nominations import use_mine
from .places import (
    CohortClosed,
    CohortFull,
    PersonGone,
    PlaceEnded,
    activate,
    admit,
    check_open,
    check_seat,
    end,
    lock_cohort,
    lock_place,
    place_of,
    refuse_ended,
    resume,
)
from .prerequisites import PrerequisiteMissing, excuse, excused
from .refusal import Refused, reason_given
from .waiting_list import offer_seats

__all__ = [
    "CannotWithdraw",
    "CohortClosed",
    "CohortFull",
    "EmailUnconfirmed",
    "PersonGone",
    "PersonUnknown",
    "PlaceEnded",
    "PrerequisiteMissing",
    "enrol",
    "join",
    "reactivate",
    "withdraw",
]

Status = Enrolment.Status


class CannotWithdraw(Refused):
    """What is completed stays completed."""


@transaction.atomic
def enrol(person: Person, *, cohort: Cohort, by, reason: str = "") -> Enrolment:
    """Give the person an active place; a second call returns the place they have.

    Staff may seat anybody, also before those who wait; never more than there are seats.
    Who lacks what must come before needs a reason.
    """
    cohort = lock_cohort(cohort)
    check_open(cohort)
    place = place_of(person, cohort)
    if place.pk and place.is_studying:
        return place
    refuse_ended(place)
    if place.status != Status.OFFERED:
        check_seat(cohort)
    lacks = excused(place, reason=reason)
    place = activate(place, by=by, action="lms.enrol")
    excuse(place, lacks, by=by, reason=reason)
    return place


@transaction.atomic
def join(user, *, cohort: Cohort) -> Enrolment:
    """Come in without a code: where anybody may, or where one is expected by name.

    Gives a seat, or a place on the waiting list when none is free (EN-01); a request
    where staff decide. A second call returns the place.
    """
    person = person_behind(user)
    cohort = lock_cohort(cohort)
    place = place_of(person, cohort)
    if place.pk and (place.is_studying or place.status in _IN_QUEUE):
        return place
    check_confirmed(user)
    if cohort.admission != Cohort.Admission.OPEN:
        return _come_as_expected(user, place) or _ask(user, cohort)
    check_may_enter(person, cohort)
    refuse_ended(place)
    return admit(place, by=user, action="lms.join")


@transaction.atomic
def withdraw(enrolment: Enrolment, *, by, reason: str) -> Enrolment:
    """End the place; everything earned in it stays. A second call changes nothing.

    The seat goes to who waits for it (EN-02).
    """
    place = lock_place(enrolment)
    if place.status in (Status.WITHDRAWN, Status.CANCELLED, Status.GUEST):
        return place
    if place.status == Status.COMPLETED:
        raise CannotWithdraw(
            _("%(person)s has completed the course; that stays as it is.")
            % {"person": place.person}
        )
    reason = reason_given(reason)
    withdraw_running(place, by=by)
    end(place, Status.WITHDRAWN, by=by, action="lms.withdraw", reason=reason)
    offer_seats(place.cohort)
    return place


@transaction.atomic
def reactivate(enrolment: Enrolment, *, by, reason: str) -> Enrolment:
    """Give a withdrawn participant the place back, with everything done before.

    Both periods are kept (EN-12); the snapshot stays as it was.
    """
    place = lock_place(enrolment)
    if place.is_studying:
        return place
    if place.status != Status.WITHDRAWN:
        raise PlaceEnded(_("Only a withdrawn place can be given back."))
    reason = reason_given(reason)
    check_open(place.cohort)
    check_seat(place.cohort)
    data = {"reason": reason, "withdrawn_at": str(place.active_to)}
    if place.active_from is None:
        lacks = excused(place, reason=reason)
        place = activate(place, by=by, action="lms.reactivate", data=data)
        excuse(place, lacks, by=by, reason=reason)
        return place
    resume(place)
    log(place, "lms.reactivate", user=by, data=data)
    return place


_IN_QUEUE = (Status.WAITLISTED, Status.OFFERED)


def _come_as_expected(user, place: Enrolment) -> Enrolment | None:
    """An invitation or a nomination in one's own name serves without its code."""
    return claim_mine(user, place) or use_mine(user, place)


def _ask(user, cohort: Cohort) -> Enrolment:
    if cohort.admission == Cohort.Admission.REQUEST:
        return request_place(user, cohort=cohort)
    raise CohortClosed(
        _("This cohort is not open to everybody. Ask the people who run it.")
    )
