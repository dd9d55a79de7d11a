"""How a reader of a course gets in: its cohorts, each with the one thing to press."""

import uuid
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils import timezone

from courses import clock

from .models import Cohort, Enrolment, Person
from .prerequisites import Need, needs_of

Admission = Cohort.Admission


@dataclass(frozen=True)
class WayIn:
    """A cohort and the reader's place on the way into it, if there is one.

    `needs` is what must come before, and whether this reader has it.
    """

    cohort: Cohort
    place: Enrolment | None = None
    needs: list[Need] = field(default_factory=list)

    @property
    def is_barred(self) -> bool:
        """Does the reader lack something? Then the button would only say so."""
        return any(not need.is_met for need in self.needs)

    @property
    def kind(self) -> str:
        """What the button does: "join", "ask", "code", or "see" how it stands."""
        if self.place and self.place.status in Enrolment.PENDING:
            return "see"
        return _KINDS[self.cohort.admission]


_KINDS = {
    Admission.OPEN: "join",
    Admission.REQUEST: "ask",
    Admission.INVITATION: "code",
    Admission.NOMINATION: "code",
    Admission.STAFF: "see",
}


def ways_in(user, course_key: uuid.UUID) -> list[WayIn]:
    """The next to begin first; nothing where only staff give places.

    Two queries, and some more for any number of cohorts that ask for something before.
    """
    places = Enrolment.objects.of(user).filter(cohort__edition__course_key=course_key)
    mine = {place.cohort_id: place for place in places}
    pending = [
        place.cohort_id for place in mine.values() if place.status in Enrolment.PENDING
    ]
    cohorts = Cohort.objects.taking_people(timezone.localdate(clock.now()))
    cohorts = cohorts.filter(edition__course_key=course_key).filter(
        Q(pk__in=pending) | ~Q(admission=Admission.STAFF)
    )
    possible = [
        cohort
        for cohort in cohorts.order_by("starts_on", "pk")
        if _is_possible(mine.get(cohort.pk))
    ]
    needs = needs_for(user, possible)
    return [WayIn(cohort, mine.get(cohort.pk), needs[cohort.pk]) for cohort in possible]


def needs_for(user, cohorts: list[Cohort]) -> dict[int, list[Need]]:
    """By cohort, what must come before and what of it this user has."""
    needs = needs_of([None], cohorts)
    if any(needs.values()) and user.is_authenticated:
        people = Person.objects.current().filter(user=user)
        person = people.values_list("pk", flat=True).first()
        needs = needs_of([person], cohorts)
    return {cohort: asked for (_person, cohort), asked in needs.items()}


def _is_possible(place: Enrolment | None) -> bool:
    """Who was refused, or studied here and left, is let in by staff only."""
    if place is None or place.status in Enrolment.PENDING:
        return True
    return place.status == Enrolment.Status.WITHDRAWN and place.active_from is None
