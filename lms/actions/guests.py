"""People who come without a place: written down at the door, matched later."""

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from courses import clock
from lms import scoping
from lms.attendance import sheet_of, statuses_of
from lms.guests import is_other
from lms.models import Cohort, Enrolment, Mark, Person, PersonMerge, Session
from lms.roster.folding import fold_name
from lms.statuses import full_of

from .enrolment import enrol
from .evidence import Evidence, record
from .merge_plan import KEEP, plan
from .merging import merge
from .people import add_organisation, add_person, change_person
from .places import lock_cohort, place_of, snapshot
from .refusal import Refused
from .sessions import open_session

Status = Enrolment.Status
LONGEST_REMARK = Mark._meta.get_field("remark").max_length


class NoGuest(Refused):
    """This is no guest any more."""


class NameMissing(Refused):
    """A guest needs a name."""

    field = "name"


@transaction.atomic
def add_walk_in(
    session: Session,
    *,
    name: str,
    by,
    email: str = "",
    phone: str = "",
    organisation: str = "",
    reason: str = "",
) -> Enrolment:
    """Write down who came without a place, present at this session.

    Only the name is needed. The same e-mail again finds the first (ATT-46), and so does
    the same name among the cohort's guests. The address of somebody whom `by` does not
    know is kept as a remark, for whoever matches the guest. Takes no seat, so that
    there may be more people than seats (ATT-48). Who has a place here is marked in it,
    unless somebody marked them before. Raises RegisterSigned, SessionCancelled or
    NameMissing; ReasonMissing in a register that was signed off before.
    """
    cohort = lock_cohort(session.cohort)
    session = open_session(session)
    place = find_or_add_guest(
        cohort,
        session,
        by=by,
        name=name,
        email=email,
        phone=phone,
        organisation=organisation,
    )
    is_theirs = place.person.email.casefold() == email.strip().casefold()
    remark = "" if is_theirs else email.strip()[:LONGEST_REMARK]
    _mark_present(session, place, by=by, remark=remark, reason=reason)
    return place


@transaction.atomic
def let_in_again(
    session: Session, place: Enrolment, *, by, reason: str = ""
) -> Enrolment:
    """Mark present who stands in the cohort already, by the word of whoever saw them.

    A guest of an earlier session, or whom the name at the door was said to mean. What
    was marked before stays. Raises as `add_walk_in` does.
    """
    cohort = lock_cohort(session.cohort)
    session = open_session(session)
    place = cohort.enrolments.select_related("person").get(pk=place.pk)
    _mark_present(session, place, by=by, remark="", reason=reason)
    return place


def find_or_add_guest(
    cohort: Cohort, session: Session, *, by, name: str, email="", **details
) -> Enrolment:
    """The place of this guest, the cohort being locked; `session` is their first."""
    name = " ".join(name.split())
    if not name:
        raise NameMissing(_("Write the name of the guest."))
    known = Person.objects.with_email(email).first() if email.strip() else None
    place = known and place_of(known, cohort)
    if place and not (_may_come_as(place) if place.pk else _knows(by, known)):
        place, email = None, ""
    place = place or _guest_named(cohort, name, email, details.get("phone", ""))
    if place is None:
        person = _add_person(cohort, by=by, name=name, email=email, **details)
        place = Enrolment(cohort=cohort, person=person)
    elif email.strip() and not place.person.email:
        place.person = change_person(place.person, by=by, email=email)
    return place if place.pk else _let_in(place, session, by=by)


@transaction.atomic
def match_guest(guest: Enrolment, *, person: Person, by) -> PersonMerge:
    """The guest is this person: what both say is kept, and it can be taken back.

    Where both were marked at a session the stronger evidence counts (ATT-47). What the
    person's own row says stands. Raises NoGuest, or as `merge` and `carry_over` do.
    """
    lock_cohort(guest.cohort)
    guest = Enrolment.objects.select_related("person").get(pk=guest.pk)
    if not guest.is_guest:
        raise NoGuest(_("%(name)s has a place by now.") % {"name": guest.person})
    found = plan(guest.person, person)
    keep = {c.key: KEEP for c in found.clashes if KEEP in dict(c.choices)}
    return merge(guest.person, into=person, by=by, decisions=keep)


@transaction.atomic
def take_in(guest: Enrolment, *, by, reason: str = "") -> Enrolment:
    """Give the guest a seat of their own; what was marked counts from then on."""
    return enrol(guest.person, cohort=guest.cohort, by=by, reason=reason)


def _may_come_as(place: Enrolment) -> bool:
    """Who waits for a seat or gave one up does so still: the guest stands beside."""
    return place.is_studying or place.is_guest


def _knows(user, person: Person) -> bool:
    """Nobody learns whose an address is by writing it down: the guest stands beside."""
    people = Person.objects.filter(pk=person.pk)
    return user is None or scoping.scope(people, user, "teach").exists()


def _guest_named(cohort: Cohort, name: str, email: str, phone: str) -> Enrolment | None:
    """A guest of this name, unless what else is known of the two differs."""
    guests = Enrolment.objects.guests().filter(cohort=cohort)
    for place in guests.select_related("person__organisation").order_by("pk"):
        is_named = fold_name(place.person.legal_name) == fold_name(name)
        if is_named and not is_other(place.person, email, phone):
            place.cohort = cohort
            return place
    return None


def _add_person(
    cohort: Cohort, *, by, name, email, phone="", organisation=""
) -> Person:
    known = add_organisation(by=by, name=organisation) if organisation.strip() else None
    return add_person(
        by=by,
        legal_name=name,
        email=email,
        phone=phone.strip(),
        organisation=known,
        locale=cohort.locale,
    )


def _let_in(place: Enrolment, session: Session, *, by) -> Enrolment:
    place.status = Status.GUEST
    place.active_from = min(session.starts_at, clock.now())
    snapshot(place)
    place.save()
    log(place, "lms.add_guest", user=by, data={"session": session.pk})
    return place


def _mark_present(
    session: Session, place: Enrolment, *, by, remark: str, reason: str
) -> None:
    """Unless there is a mark: whoever made it knew more than a list of names."""
    full = full_of(statuses_of(session).values())
    (line,) = sheet_of(session, only=[place.pk])
    if full and line.is_expected and line.status is None:
        present = Evidence(
            enrolment_id=place.pk,
            source=Mark.Source.TRAINER,
            code=full.code,
            remark=remark or line.remark,
        )
        record(session, [present], by=by, reason=reason)
