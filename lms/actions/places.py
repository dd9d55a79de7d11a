"""What every verb about places in a cohort is made of: locks, seats, beginnings, ends.

Whoever calls these holds the cohort's row: seats are counted by one hand at a time.
"""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from courses import clock
from lms.models import Cohort, Enrolment, EnrolmentPeriod, Person

from .messages import queue
from .refusal import Refused

Status = Enrolment.Status


class CohortClosed(Refused):
    """Nobody can be enrolled here (any more)."""


class CohortFull(Refused):
    """Every seat is taken."""


class PersonGone(Refused):
    """The row was merged into another one or anonymised."""


class PlaceEnded(Refused):
    """The place was ended before; giving it back needs a reason."""


def lock_cohort(cohort: Cohort) -> Cohort:
    return Cohort.objects.select_for_update().get(pk=cohort.pk)


def lock_place(enrolment: Enrolment) -> Enrolment:
    """The place as it is now, its cohort locked before it."""
    cohort = Cohort.objects.select_for_update().get(pk=enrolment.cohort_id)
    places = Enrolment.objects.select_for_update(of=["self"])
    place = places.select_related("person__organisation").get(pk=enrolment.pk)
    place.cohort = cohort
    return place


def free_seats(cohort: Cohort) -> int | None:
    """How many more people fit in; None where there is room for everybody."""
    if cohort.capacity is None:
        return None
    taken = Enrolment.objects.filter(cohort=cohort).seated().count()
    return max(cohort.capacity - taken, 0)


def check_seat(cohort: Cohort) -> None:
    """Raises CohortFull."""
    if free_seats(cohort) == 0:
        raise CohortFull(
            _("All %(seats)s seats of this cohort are taken.")
            % {"seats": cohort.capacity}
        )


def check_open(cohort: Cohort) -> None:
    """Raises CohortClosed where the cohort will not take place."""
    if cohort.status == Cohort.Status.CANCELLED:
        raise CohortClosed(_("This cohort is cancelled."))


def place_of(person: Person, cohort: Cohort) -> Enrolment:
    """The person's place here, new and unsaved where they have none yet."""
    place = Enrolment.objects.filter(cohort=cohort, person=person).first()
    # As the row is now: whoever holds it may have read it before a merge.
    is_gone = not Person.objects.current().filter(pk=person.pk).exists()
    if is_gone and not (place and place.is_studying):
        raise PersonGone(
            _("%(person)s is no longer a person of their own here.")
            % {"person": person}
        )
    if place is None:
        place = Enrolment(cohort=cohort, person=person, status=Status.REQUESTED)
    place.cohort, place.person = cohort, person
    return place


def refuse_ended(place: Enrolment) -> None:
    """Who studied here and was withdrawn comes back by the word of staff only."""
    has_studied = place.status == Status.WITHDRAWN and place.active_from
    if has_studied or place.status == Status.CANCELLED:
        raise PlaceEnded(
            _(
                "%(person)s was withdrawn from this cohort. "
                "Staff can give the place back and say why."
            )
            % {"person": place.person}
        )


def admit(place: Enrolment, *, by, action: str, data: dict | None = None) -> Enrolment:
    """A seat if one is free and nobody waits for it, else the end of the queue.

    Raises CohortFull where the cohort keeps no waiting list (EN-01).
    """
    free = free_seats(place.cohort)
    is_waited_for = Enrolment.objects.filter(cohort=place.cohort).queue().exists()
    if free is None or (free and not is_waited_for):
        activate(place, by=by, action=action, data=data)
        tell_enrolled(place)
        return place
    if not place.cohort.has_waiting_list:
        check_seat(place.cohort)
    enqueue(place, by=by, action="lms.wait", data=data)
    tell(place, "waitlisted", once=place.queued_at.isoformat())
    return place


def activate(
    place: Enrolment, *, by, action: str, data: dict | None = None
) -> Enrolment:
    """Start the place and keep who the person is today, for every later report.

    Who came as a guest before has had it since then: what was marked counts.
    """
    now = clock.now()
    since = place.active_from if place.is_guest else None
    place.status, place.active_to = Status.ACTIVE, None
    place.active_from = min(since or now, now)
    place.queued_at = place.offered_until = None
    snapshot(place)
    place.save()
    EnrolmentPeriod.objects.create(enrolment=place, began_at=place.active_from)
    about = {"person": place.person.pk, "cohort": place.cohort.code}
    log(place, action, user=by, data=about | (data or {}))
    return place


def snapshot(place: Enrolment) -> None:
    """Keep on the place who the person is today (EN-15)."""
    person = place.person
    place.sex, place.region = person.sex, person.region
    place.organisation, place.position = person.organisation, person.position
    sector = person.organisation.sector if person.organisation else ""
    place.audience = person.audience or sector


def enqueue(place: Enrolment, *, by, action: str, data: dict | None = None) -> None:
    """To the end of the waiting list: after everybody, whatever their priority."""
    place.status, place.queued_at, place.priority = Status.WAITLISTED, clock.now(), 0
    place.active_to = place.offered_until = None
    place.save()
    log(place, action, user=by, data=data)


def end(place: Enrolment, status: str, *, by, action: str, reason: str = "") -> None:
    """Give the place up; what was earned in it and its dates stay (EN-12)."""
    now = clock.now()
    if place.status == Status.ACTIVE:
        place.active_to = now
        _close_period(place, status, now)
    place.status = status
    place.queued_at = place.offered_until = None
    place.save()
    log(place, action, user=by, data={"reason": reason} if reason else None)


def resume(place: Enrolment) -> None:
    """The place is active again, its first beginning and its snapshot unchanged."""
    place.status, place.active_to = Status.ACTIVE, None
    place.save()
    EnrolmentPeriod.objects.create(enrolment=place, began_at=clock.now())


def tell(place: Enrolment, letter: str, *, once: str = "", **context) -> None:
    """Write to the person about their place, one letter for each `once`."""
    key = f"{letter}:{place.pk}:{once}" if once else f"{letter}:{place.pk}"
    about = {"enrolment": place.pk} | context
    queue(place.person, key=key, template=f"lms/mail/{letter}", context=about)


def tell_enrolled(place: Enrolment) -> None:
    tell(place, "enrolled", once=place.active_from.isoformat())


def address(language: str, view: str, *args, **query: str) -> str:
    """The full address of a page of ours, in the reader's language, for a letter."""
    with translation.override(language):
        path = reverse(f"lms:{view}", args=args, query=query or None)
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path


def _close_period(place: Enrolment, status: str, now: datetime) -> None:
    ended = {"ended_at": now, "ended_as": status}
    open_ones = EnrolmentPeriod.objects.filter(enrolment=place, ended_at=None)
    if not open_ones.update(**ended):
        # It began before periods were kept.
        began = place.active_from or place.created_at
        EnrolmentPeriod.objects.create(
            enrolment=place, began_at=min(began, now), **ended
        )
