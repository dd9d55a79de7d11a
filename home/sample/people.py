"""The people of the sample programme: who they are, and their eleven cohorts."""

from datetime import date
from random import Random

from django.db import transaction

from home.models import User
from lms.actions.people import (
    add_donor,
    add_organisation,
    add_person,
    add_project,
)
from lms.models import Cohort, Enrolment, Organisation, Person

from .accounts import load_staff
from .agreeing import ask_for_consent
from .employers import EMPLOYERS
from .gatherings import load_events
from .keys import key
from .loose_ends import add_a_person_twice, ask_for_a_correction
from .plans import DONORS, PLANS, PROJECTS, Plan, scaled
from .profiles import PARTICIPANT, PARTICIPANT_IS_IN, Profile, invent
from .proof import load_signatories
from .story import Story

# One of its people asks for a correction, another one is in the list twice.
CORRECTED_IN = "FND-AYNI"
AGREED_IN = "FND-KHUJAND"
EVERYBODY = sum(sum(plan.newcomers.values()) for plan in PLANS)


def load_people(count: int = EVERYBODY) -> list[Cohort]:
    """Staff, organisations, donors, events and cohorts there are not yet, oldest first.

    A cohort is loaded as a whole; one whose code is known is left as it is. A smaller
    `count` makes every cohort smaller.
    """
    staff = load_staff()
    _load_frame(staff["administrator"])
    load_events(staff)
    told = [_load_cohort(scaled(plan, count / EVERYBODY), staff) for plan in PLANS]
    ask_for_consent(AGREED_IN, by=staff["administrator"])
    return [cohort for cohort in told if cohort]


@transaction.atomic
def _load_frame(by: User) -> None:
    load_signatories()
    for name, short_name in DONORS:
        add_donor(by=by, name=name, short_name=short_name)
    for name, short_name in PROJECTS:
        add_project(by=by, name=name, short_name=short_name)
    for one in EMPLOYERS:
        region = one.regions[0] if len(one.regions) == 1 else ""
        fields = {"sector": one.sector, "country": one.country, "region": region}
        add_organisation(by=by, name=one.name, **fields)


@transaction.atomic
def _load_cohort(plan: Plan, staff: dict[str, User]) -> Cohort | None:
    if Cohort.objects.filter(code=plan.code).exists():
        return None
    by = staff["administrator"]
    newcomers = [_person(profile, by=by) for profile in invent(plan)]
    story = Story(plan, staff)
    cohort = story.tell([*_returning(plan, before=story.first_day), *newcomers])
    if plan.code == CORRECTED_IN:
        ask_for_a_correction(cohort)
        add_a_person_twice(cohort, by=by)
    return cohort


def _person(profile: Profile, *, by: User) -> Person:
    """The person with this address, added when nobody has it."""
    known = Person.objects.with_email(profile.email).first()
    if known:
        return known
    organisation = Organisation.objects.get(name=profile.organisation)
    return add_person(by=by, **profile.__dict__ | {"organisation": organisation})


def _returning(plan: Plan, *, before: date) -> list[Person]:
    """People who had completed the foundations and have not begun this course."""
    if not plan.returning:
        return []
    random = Random(f"returning {plan.code}")  # noqa: S311 - invents, no secrets
    begun = Enrolment.objects.filter(
        cohort__edition__course_key=key("course", plan.course)
    )
    completed = Enrolment.objects.filter(
        cohort__edition__course_key=key("course", "foundations"),
        status=Enrolment.Status.COMPLETED,
        completed_on__lt=before,
    )
    free = (
        Person.objects.filter(pk__in=completed.values("person"))
        .exclude(pk__in=begun.values("person"))
        .exclude(email=PARTICIPANT.email)
        .order_by("email")
    )
    chosen: list[Person] = []
    for audience, count in plan.returning.items():
        some = list(free.filter(audience=audience))
        chosen += random.sample(some, min(count, len(some)))
    if plan.code == PARTICIPANT_IS_IN:
        # One of the seats is hers.
        chosen[:1] = Person.objects.filter(email=PARTICIPANT.email)
    return chosen
