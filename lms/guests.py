"""Guests of a cohort, and who they may be. Writes nothing."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Q, QuerySet

from courses import clock

from .alphabet import by_name
from .duplicates import mergeable
from .models import Cohort, Enrolment, Mark, Person, PersonMerge, Session
from .same_names import CLEAR, Likeness, likeness, longest_words

# A name as common as this says nothing about who bears it.
MOST_SUGGESTED = 5
MOST_LOOKED_AT = 500


@dataclass
class Guest:
    """Who came, to which sessions, and who of those known it may be."""

    place: Enrolment
    sessions: list[Session] = field(default_factory=list)
    # Whom guests of this name were matched with before.
    known: list[Person] = field(default_factory=list)
    suggested: list[Person] = field(default_factory=list)

    @property
    def person(self) -> Person:
        return self.place.person


@dataclass(frozen=True)
class Known:
    """Somebody of the cohort, and under which other name they came before, if any."""

    place: Enrolment
    came_as: str = ""


def came_before(session: Session) -> list[Enrolment]:
    """Guests of other sessions of the cohort who are not marked at this one."""
    here = Mark.objects.filter(session=session).exclude(status=None)
    places = Enrolment.objects.guests().filter(cohort=session.cohort_id)
    places = places.exclude(pk__in=here.values("enrolment"))
    found = places.select_related("person__organisation")
    return sorted(found, key=lambda place: by_name(place.person.legal_name))


def known_here(
    session: Session, name: str, *, email: str = "", phone: str = ""
) -> list[Known]:
    """Whom of the cohort somebody of this name at the door may be, for one to say.

    By their own name, or by one under which a guest came who was matched with them;
    these come first. Not whom an address or a number tells apart, nor a guest of this
    very name: that is the same guest without a word (ATT-46).
    """
    places = session.cohort.enrolments.exclude(active_from=None)
    places = places.filter(person__in=Person.objects.current().values("pk"))
    places = [
        place
        for place in places.select_related("person__organisation").order_by("pk")
        if session.expects(place) and not is_other(place.person, email, phone)
    ]
    if email and any(one.person.email.casefold() == email.casefold() for one in places):
        # The address says who it is.
        return []
    before = names_before(place.person_id for place in places)
    known, named = [], []
    for place in places:
        names = before[place.person_id]
        came_as = next((one for one in names if likeness(name, one) in CLEAR), "")
        alike = likeness(name, place.person.legal_name)
        if alike is Likeness.SAME and place.is_guest:
            continue
        if came_as:
            known.append(Known(place, came_as))
        elif alike in CLEAR:
            named.append(Known(place))
    return (known + named)[:MOST_SUGGESTED]


def names_before(people: Iterable[int]) -> dict[int, list[str]]:
    """By the key of a person the names of the rows that were merged into theirs."""
    found: dict[int, list[str]] = defaultdict(list)
    now = {pk: pk for pk in people}
    while now:
        rows = Person.objects.filter(merged_into__in=now, anonymised_at=None)
        further = {}
        for pk, name, into in rows.values_list("pk", "legal_name", "merged_into"):
            found[now[into]].append(name)
            further[pk] = now[into]
        now = further
    return found


def to_match(cohort: Cohort, user) -> list[Guest]:
    """Guests who are nobody known so far, in as many queries for three as for one."""
    places = _unknown().filter(cohort=cohort)
    places = places.select_related("person__organisation", "cohort")
    found = [Guest(place) for place in places]
    seen = _sessions(cohort)
    everybody = candidates(cohort, user, [one.person.legal_name for one in found])
    before = _matched_before(cohort, user)
    for guest in found:
        name = guest.person.legal_name
        guest.sessions = seen[guest.place.pk]
        guest.known = [
            person
            for person, names in before.items()
            if any(likeness(name, one) in CLEAR for one in names)
        ]
        guest.suggested = _suggested(guest, everybody)
    return sorted(found, key=lambda guest: by_name(guest.person.legal_name))


def candidates(cohort: Cohort, user, names: list[str]) -> list[Person]:
    """Whom a guest of one of these names may be: people here, and the user's own."""
    named = Q()
    for word in sorted(longest_words(names)):
        named |= Q(search_key__contains=word)
    mine = Q(pk__in=people_of(cohort).values("pk")) | Q(
        pk__in=mergeable(user).exclude(pk__in=_strangers()).values("pk")
    )
    if not named:
        return []
    people = Person.objects.current().filter(mine).filter(named)
    return list(people.select_related("organisation").order_by("pk")[:MOST_LOOKED_AT])


def people_of(cohort: Cohort) -> QuerySet[Person]:
    """Who has a place here that began; nobody merged, erased or a guest."""
    places = cohort.enrolments.exclude(status=Enrolment.Status.GUEST)
    places = places.exclude(active_from=None)
    return Person.objects.current().filter(pk__in=places.values("person"))


def may_be(cohort: Cohort, user) -> QuerySet[Person]:
    """Everybody whom this user may say a guest of the cohort is."""
    return Person.objects.current().filter(
        Q(pk__in=people_of(cohort).values("pk"))
        | Q(pk__in=mergeable(user).values("pk"))
    )


def matched(cohort: Cohort) -> list[PersonMerge]:
    """Guests who were matched and can still be told apart again, the last one first."""
    since = clock.now() - timedelta(days=PersonMerge.UNDO_DAYS)
    here = cohort.enrolments.filter(status=Enrolment.Status.GUEST)
    merges = PersonMerge.objects.filter(
        person__in=here.values("person"), undone_at=None, forgotten_at=None
    )
    merges = merges.filter(merged_at__gte=since).select_related("person", "into")
    return list(merges.order_by("-merged_at", "-pk"))


def unmatched(cohorts: QuerySet[Cohort]) -> Counter[int]:
    """How many guests of each cohort are still to be matched; one query."""
    places = _unknown().filter(cohort__in=cohorts)
    return Counter(places.values_list("cohort", flat=True))


def _unknown() -> QuerySet[Enrolment]:
    """Who has an account, or a place anywhere, is known already."""
    known = Enrolment.objects.exclude(status=Enrolment.Status.GUEST)
    return (
        Enrolment.objects.guests()
        .filter(person__user=None, person__anonymised_at=None)
        .exclude(person__in=known.values("person"))
    )


def _strangers() -> QuerySet:
    """People who are guests and nothing else."""
    known = Enrolment.objects.exclude(status=Enrolment.Status.GUEST)
    guests = Enrolment.objects.guests().filter(person__user=None)
    return guests.exclude(person__in=known.values("person")).values("person")


def _sessions(cohort: Cohort) -> dict[int, list[Session]]:
    marks = Mark.objects.filter(
        session__cohort=cohort, enrolment__status=Enrolment.Status.GUEST
    )
    seen = defaultdict(list)
    rows = marks.exclude(status=None).select_related("session__cohort", "status")
    for mark in rows.order_by("session__starts_at"):
        seen[mark.enrolment_id].append(mark.session)
    return seen


def _matched_before(cohort: Cohort, user) -> dict[Person, list[str]]:
    """Whom this user may say, with the names under which they came before."""
    names = names_before(cohort.enrolments.values_list("person", flat=True))
    people = may_be(cohort, user).filter(pk__in=names).order_by("pk")
    return {person: names[person.pk] for person in people}


def is_other(person: Person, email: str, phone: str) -> bool:
    """Does what is known of the two besides the name differ?"""
    return any(
        one and other and one.casefold() != other.casefold()
        for one, other in ((person.email, email), (person.phone, phone))
    )


def _suggested(guest: Guest, everybody: list[Person]) -> list[Person]:
    """By the name, and by the telephone number where the name fits at all."""
    found = [
        (alike, person)
        for person in everybody
        if (alike := likeness(guest.person.legal_name, person.legal_name))
        and person != guest.person
        and person not in guest.known
    ]
    found.sort(key=lambda one: (-one[0], by_name(one[1].legal_name)))
    return [person for _alike, person in found[:MOST_SUGGESTED]]
