"""Asking for a place, and the answer. Whoever wants in passes `check_may_enter`."""

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from courses import clock
from lms.confirmed import waits_for_confirmation
from lms.models import Cohort, Enrolment, Person
from lms.prerequisites import linked, unmet

from .places import (
    CohortClosed,
    PlaceEnded,
    admit,
    end,
    lock_cohort,
    lock_place,
    place_of,
    refuse_ended,
    tell,
)
from .prerequisites import excuse, excused
from .refusal import Refused, reason_given

Status = Enrolment.Status


class PersonUnknown(Refused):
    """The account says nothing yet about the person behind it."""


class EmailUnconfirmed(Refused):
    """The account has an e-mail that nobody has shown to be theirs (EN-07)."""


class NoRequest(Refused):
    """There is nothing to answer (any more)."""


def person_behind(user) -> Person:
    """Raises PersonUnknown."""
    people = Person.objects.current().select_related("organisation")
    person = people.filter(user=user).first()
    if person is None:
        raise PersonUnknown(_("First say who you are on your profile page."))
    return person


def why_not_admitted(person: Person, cohort: Cohort) -> str:
    """Why this person cannot come into this cohort by themselves, or nothing.

    Asked by every way in but that of staff, who may know better. What must come
    before is named with links to take or renew it (CO-11).
    """
    if not cohort.takes_people(clock.now()):
        return _("This cohort takes nobody any more.")
    return linked(unmet(person, cohort))


def check_may_enter(person: Person, cohort: Cohort) -> None:
    """Raises CohortClosed with what `why_not_admitted` says."""
    why_not = why_not_admitted(person, cohort)
    if why_not:
        raise CohortClosed(why_not)


def check_confirmed(user) -> None:
    """Raises EmailUnconfirmed: without a code one must be who one says (EN-07)."""
    if waits_for_confirmation(user):
        raise EmailUnconfirmed(
            _("First confirm your e-mail: open the link in the letter we sent you.")
        )


@transaction.atomic
def request_place(user, *, cohort: Cohort) -> Enrolment:
    """Ask for a place where staff decide; a second call returns the request."""
    person = person_behind(user)
    cohort = lock_cohort(cohort)
    place = place_of(person, cohort)
    if place.pk and (place.is_studying or place.status in Enrolment.PENDING):
        return place
    check_confirmed(user)
    if cohort.admission != Cohort.Admission.REQUEST:
        raise CohortClosed(_("Nobody can ask for a place in this cohort."))
    check_may_enter(person, cohort)
    _refuse_refused(place)
    refuse_ended(place)
    place.status = Status.REQUESTED
    place.save()
    log(place, "lms.request_place", user=user)
    tell(place, "request_received", once=clock.now().isoformat())
    return place


@transaction.atomic
def approve(enrolment: Enrolment, *, by, reason: str = "") -> Enrolment:
    """Say yes: a seat, or the end of the waiting list. A second call changes nothing.

    Who was refused before may be let in after all; who lacks what must come before
    needs a reason. Raises CohortFull where there is neither a seat nor a waiting list.
    """
    place = lock_place(enrolment)
    if place.status not in (Status.REQUESTED, Status.REFUSED):
        if place.status in (Status.WITHDRAWN, Status.CANCELLED):
            raise NoRequest(_("The request was taken back."))
        return place
    if not place.cohort.takes_people(clock.now()):
        raise CohortClosed(_("This cohort takes nobody any more."))
    lacks = excused(place, reason=reason)
    place = admit(place, by=by, action="lms.approve")
    excuse(place, lacks, by=by, reason=reason)
    return place


@transaction.atomic
def refuse_request(enrolment: Enrolment, *, by, reason: str) -> Enrolment:
    """Say no and why; the person is told. A second call changes nothing."""
    place = lock_place(enrolment)
    if place.status == Status.REFUSED:
        return place
    if place.status != Status.REQUESTED:
        raise NoRequest(
            _("%(person)s asks for nothing here.") % {"person": place.person}
        )
    reason = reason_given(reason)
    end(place, Status.REFUSED, by=by, action="lms.refuse_request", reason=reason)
    tell(place, "request_refused", reason=reason)
    return place


@transaction.atomic
def leave_queue(enrolment: Enrolment, *, by) -> Enrolment:
    """Take one's request back or leave the waiting list; one may ask again later."""
    place = lock_place(enrolment)
    if place.status == Status.WITHDRAWN:
        return place
    if place.status not in (Status.REQUESTED, Status.WAITLISTED):
        raise NoRequest(_("You are not waiting for a place here."))
    end(place, Status.WITHDRAWN, by=by, action="lms.leave_queue")
    return place


def _refuse_refused(place: Enrolment) -> None:
    if place.status == Status.REFUSED:
        raise PlaceEnded(
            _("Your request was answered already. Ask the people who run the cohort.")
        )
