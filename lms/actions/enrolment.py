"""Giving a place in a cohort, ending it, giving it back."""

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from courses import clock
from lms.models import Cohort, Enrolment, Person

from .refusal import Refused, reason_given

Status = Enrolment.Status


class CohortClosed(Refused):
    """Nobody can be enrolled here (any more)."""


class CohortFull(Refused):
    """Every seat is taken."""


class PersonGone(Refused):
    """The row was merged into another one or anonymised."""


class PersonUnknown(Refused):
    """The account says nothing yet about the person behind it."""


class PlaceEnded(Refused):
    """The place was ended before; giving it back needs a reason."""


class CannotWithdraw(Refused):
    """What is completed stays completed."""


@transaction.atomic
def enrol(person: Person, *, cohort: Cohort, by) -> Enrolment:
    """Give the person an active place; a second call returns the place they have."""
    cohort = _lock(cohort)
    if cohort.status == Cohort.Status.CANCELLED:
        raise CohortClosed(_("This cohort is cancelled."))
    return _place(person, cohort, by=by, action="lms.enrol")


@transaction.atomic
def join(user, *, cohort: Cohort) -> Enrolment:
    """Take a place oneself, where anybody may join."""
    person = Person.objects.current().filter(user=user).first()
    if person is None:
        raise PersonUnknown(_("First say who you are on your profile page."))
    cohort = _lock(cohort)
    place = Enrolment.objects.filter(cohort=cohort, person=person).first()
    if place and place.is_studying:
        return place
    today = clock.now().astimezone(cohort.zone).date()
    if not Cohort.objects.open_to_join(today).filter(pk=cohort.pk).exists():
        raise CohortClosed(
            _("This cohort is not open to everybody. Ask the people who run it.")
        )
    return _place(person, cohort, by=user, action="lms.join")


@transaction.atomic
def withdraw(enrolment: Enrolment, *, by, reason: str) -> Enrolment:
    """End the place; everything earned in it stays. A second call changes nothing."""
    _lock(enrolment.cohort)
    enrolment = _lock_place(enrolment)
    if enrolment.status in (Status.WITHDRAWN, Status.CANCELLED):
        return enrolment
    if enrolment.status == Status.COMPLETED:
        raise CannotWithdraw(
            _("%(person)s has completed the course; that stays as it is.")
            % {"person": enrolment.person}
        )
    reason = reason_given(reason)
    enrolment.status = Status.WITHDRAWN
    enrolment.active_to = clock.now()
    enrolment.save(update_fields=["status", "active_to"])
    log(enrolment, "lms.withdraw", user=by, data={"reason": reason})
    return enrolment


@transaction.atomic
def reactivate(enrolment: Enrolment, *, by, reason: str) -> Enrolment:
    """Give a withdrawn participant the place back, with everything done before.

    The log keeps when the first period ended; the snapshot stays as it was.
    """
    cohort = _lock(enrolment.cohort)
    enrolment = _lock_place(enrolment)
    if enrolment.is_studying:
        return enrolment
    if enrolment.status != Status.WITHDRAWN:
        raise PlaceEnded(_("Only a withdrawn place can be given back."))
    reason = reason_given(reason)
    _check_seat(cohort)
    data = {"reason": reason, "withdrawn_at": str(enrolment.active_to)}
    enrolment.status = Status.ACTIVE
    enrolment.active_to = None
    if enrolment.active_from is None:
        _activate(enrolment)
    enrolment.save()
    log(enrolment, "lms.reactivate", user=by, data=data)
    return enrolment


def _lock(cohort: Cohort) -> Cohort:
    return Cohort.objects.select_for_update().get(pk=cohort.pk)


def _lock_place(enrolment: Enrolment) -> Enrolment:
    places = Enrolment.objects.select_for_update(of=["self"])
    return places.select_related("person", "cohort").get(pk=enrolment.pk)


def _place(person: Person, cohort: Cohort, *, by, action: str) -> Enrolment:
    place = Enrolment.objects.filter(cohort=cohort, person=person).first()
    if place and place.is_studying:
        return place
    if place and place.status in (Status.WITHDRAWN, Status.CANCELLED):
        raise PlaceEnded(
            _(
                "%(person)s was withdrawn from this cohort. "
                "Staff can give the place back and say why."
            )
            % {"person": person}
        )
    if person.merged_into_id or person.anonymised_at:
        raise PersonGone(
            _("%(person)s is no longer a person of their own here.")
            % {"person": person}
        )
    if place is None or place.status != Status.OFFERED:
        _check_seat(cohort)
    place = place or Enrolment(cohort=cohort, person=person)
    place.status = Status.ACTIVE
    _activate(place)
    place.save()
    log(place, action, user=by, data={"person": person.pk, "cohort": cohort.code})
    return place


def _check_seat(cohort: Cohort) -> None:
    if cohort.capacity is None:
        return
    if Enrolment.objects.filter(cohort=cohort).seated().count() >= cohort.capacity:
        raise CohortFull(
            _("All %(seats)s seats of this cohort are taken.")
            % {"seats": cohort.capacity}
        )


def _activate(enrolment: Enrolment) -> None:
    """Start the place and keep who the person is today, for every later report."""
    person = enrolment.person
    enrolment.active_from = clock.now()
    enrolment.sex = person.sex
    enrolment.region = person.region
    enrolment.organisation = person.organisation
    enrolment.audience = person.audience or (
        person.organisation.sector if person.organisation else ""
    )
