"""The waiting list: who is next, seats offered to them, offers that run out."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from courses import clock
from lms.models import Cohort, Enrolment
from lms.zones import by_the_clock

from .admission import check_may_enter
from .each import add_up
from .places import (
    CohortFull,
    activate,
    address,
    check_open,
    end,
    enqueue,
    free_seats,
    lock_cohort,
    lock_place,
    tell,
    tell_enrolled,
)
from .refusal import Refused

Status = Enrolment.Status


class NoOffer(Refused):
    """No seat is offered to this person (any more)."""


class OfferExpired(Refused):
    """The time to accept is over; the person waits at the end of the queue."""


class NotWaiting(Refused):
    """The person does not stand on the waiting list (any more)."""


@transaction.atomic
def offer_seats(cohort: Cohort) -> list[Enrolment]:
    """Offer each free seat to who is next; nothing from the freeze date on (EN-05).

    Called by whatever frees a seat, and safe to call at any time.
    """
    cohort = lock_cohort(cohort)
    if not cohort.offers_by_itself(clock.now()):
        return []
    queue = Enrolment.objects.filter(cohort=cohort).queue()
    next_ones = queue.select_related("person")[: free_seats(cohort)]
    return [offer(place, cohort, by=None) for place in next_ones]


def offer(place: Enrolment, cohort: Cohort, *, by) -> Enrolment:
    """Keep a seat for this person until the offer runs out, and say so by letter.

    The caller holds the cohort and knows that a seat is free.
    """
    until = clock.now() + timedelta(hours=cohort.offer_hours)
    place.status, place.offered_until = Status.OFFERED, until
    place.save()
    log(place, "lms.offer_seat", user=by, data={"until": until.isoformat()})
    url = address(place.person.locale, "place", place.pk)
    told = until.isoformat()
    tell(place, "seat_offered", once=told, url=url, until=told)
    return place


@transaction.atomic
def offer_now(enrolment: Enrolment, *, by) -> Enrolment:
    """Staff offer a free seat to this person, whoever waits before and whatever day."""
    place = lock_place(enrolment)
    if place.status == Status.OFFERED:
        return place
    if place.status != Status.WAITLISTED:
        raise NotWaiting(
            _("%(person)s is not on the waiting list.") % {"person": place.person}
        )
    check_open(place.cohort)
    if free_seats(place.cohort) == 0:
        raise CohortFull(_("No seat is free to offer."))
    return offer(place, place.cohort, by=by)


def accept_offer(enrolment: Enrolment, *, by) -> Enrolment:
    """Take the offered seat. A second call returns the place.

    Raises NoOffer; what keeps the person out (the offer stands, CO-11); or
    OfferExpired: then they wait at the end (EN-04), which is kept although the call
    is refused.
    """
    until = enrolment.offered_until
    place = _accept(enrolment, by=by)
    if place.is_studying:
        return place
    raise OfferExpired(
        _(
            "The seat was kept for you until %(until)s. "
            "You are on the waiting list again."
        )
        % {"until": by_the_clock(until or clock.now(), place.cohort.zone)}
    )


@transaction.atomic
def decline_offer(enrolment: Enrolment, *, by) -> Enrolment:
    """Say no; the seat goes to who is next. A second call changes nothing."""
    place = lock_place(enrolment)
    if place.status == Status.WITHDRAWN:
        return place
    if place.status != Status.OFFERED:
        raise NoOffer(_("No seat is offered to you at the moment."))
    end(place, Status.WITHDRAWN, by=by, action="lms.decline_offer")
    offer_seats(place.cohort)
    return place


@transaction.atomic
def set_priority(enrolment: Enrolment, *, priority: int, by) -> Enrolment:
    """Who has a higher one is offered a seat before those who came earlier."""
    place = lock_place(enrolment)
    if place.status != Status.WAITLISTED:
        raise NotWaiting(
            _("%(person)s is not on the waiting list.") % {"person": place.person}
        )
    if place.priority != priority:
        place.priority = priority
        place.save(update_fields=["priority"])
        log(place, "lms.set_priority", user=by, data={"priority": priority})
    return place


def expire_offers() -> int:
    """Take back what was not accepted in time and offer it on; how many there were."""
    now = clock.now()
    over = Enrolment.objects.filter(status=Status.OFFERED, offered_until__lte=now)
    waiting = list(over.order_by("offered_until", "pk"))
    return add_up(waiting, lambda place: _expire_if_over(place, now))


@transaction.atomic
def _accept(enrolment: Enrolment, *, by) -> Enrolment:
    place = lock_place(enrolment)
    if place.is_studying:
        return place
    if place.status != Status.OFFERED:
        raise NoOffer(_("No seat is offered to you at the moment."))
    check_open(place.cohort)
    if place.has_run_out(clock.now()):
        return _expire(place)
    check_may_enter(place.person, place.cohort)
    activate(place, by=by, action="lms.accept_offer")
    tell_enrolled(place)
    return place


@transaction.atomic
def _expire_if_over(enrolment: Enrolment, now: datetime) -> bool:
    place = lock_place(enrolment)
    if place.status != Status.OFFERED or not place.has_run_out(now):
        return False
    _expire(place)
    return True


def _expire(place: Enrolment) -> Enrolment:
    ended = place.offered_until
    enqueue(place, by=None, action="lms.offer_expired")
    tell(place, "offer_expired", once=ended.isoformat())
    offer_seats(place.cohort)
    return place
