"""Nominations: an organisation fills so many seats with people of its own choice."""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from courses import clock
from lms.codes import fold, random_code
from lms.confirmed import confirmed_emails
from lms.models import CODE_LENGTH, Cohort, Enrolment, Nomination, Nominee, Person

from .admission import check_may_enter, person_behind
from .attempt_ends import withdraw_running
from .invitations import CodeOver, CodeUnknown, ExpiryPast
from .people import add_person
from .places import (
    CohortClosed,
    admit,
    end,
    lock_cohort,
    lock_place,
    place_of,
    refuse_ended,
)
from .refusal import Refused
from .waiting_list import offer

Status = Enrolment.Status


class NominationExists(Refused):
    """One organisation has one nomination for a cohort."""

    field = "organisation"


class NoSeatGiven(Refused):
    """A nomination is for at least one person."""

    field = "seats"


class NominationFull(Refused):
    """Every seat of the organisation is used or named."""


class NominationOver(Refused):
    """Nothing can be changed any more: taken back, too late, or the cohort began."""


class NomineeTwice(Refused):
    """The organisation has named this address already, or they have a place."""

    field = "email"


class EmailMissing(Refused):
    """A seat is passed on by letter."""

    field = "email"


class NomineeUnnamed(Refused):
    """A nominee needs a name."""

    field = "name"


class NomineeReplaced(Refused):
    """The organisation sends somebody else instead of this person."""


@transaction.atomic
def nominate(
    cohort: Cohort, *, organisation, seats: int, expires_at: datetime, by, **contact
) -> Nomination:
    """Let an organisation send so many people; `contact` is who answers for it."""
    cohort = lock_cohort(cohort)
    if not cohort.takes_people(clock.now()):
        raise CohortClosed(_("This cohort takes nobody any more."))
    if expires_at <= clock.now():
        raise ExpiryPast(_("Choose a day that is still to come."))
    if seats < 1:
        raise NoSeatGiven(_("Give at least one seat."))
    live = Nomination.objects.filter(cohort=cohort, revoked_at=None)
    if live.filter(organisation=organisation).exists():
        raise NominationExists(
            _("%(organisation)s has a nomination here. Take it back first.")
            % {"organisation": organisation}
        )
    nomination = Nomination.objects.create(
        cohort=cohort,
        organisation=organisation,
        seats=seats,
        expires_at=expires_at,
        code=random_code(CODE_LENGTH),
        key=secrets.token_urlsafe(32),
        created_at=clock.now(),
        **contact,
    )
    log(nomination, "lms.nominate", user=by, data={"seats": seats})
    return nomination


@transaction.atomic
def revoke_nomination(nomination: Nomination, *, by) -> Nomination:
    """Neither its code nor its page changes anything any more; places taken stay."""
    nomination = _lock(nomination)
    if nomination.revoked_at is None:
        nomination.revoked_at = clock.now()
        nomination.save(update_fields=["revoked_at"])
        log(nomination, "lms.revoke_nomination", user=by)
    return nomination


@transaction.atomic
def name_nominee(nomination: Nomination, *, name: str, email: str) -> Nominee:
    """The organisation says who will come; a second call returns the nominee.

    The person takes the seat with the code, or just joins with this address.
    """
    nomination = _open(nomination)
    name, email = _tidy(name, email)
    known = nomination.nominees.current().filter(email__iexact=email).first()
    if known and email:
        return known
    _check_left(nomination)
    return _add(nomination, name=name, email=email)


@transaction.atomic
def replace_nominee(nominee: Nominee, *, name: str, email: str) -> Nominee:
    """Send somebody else, before the start; a seat taken goes over as an offer (EN-08).

    The replaced person's place ends; who waits in the queue is not passed over by
    this, for the seat never becomes free.
    """
    nomination = _open(nominee.nomination)
    nominee = Nominee.objects.select_for_update(of=["self"]).get(pk=nominee.pk)
    name, email = _tidy(name, email)
    if nominee.replaced_at:
        raise NomineeReplaced(_("This person was replaced already."))
    if not email:
        raise EmailMissing(_("Write the e-mail: the seat is offered by letter."))
    if nomination.nominees.current().filter(email__iexact=email).exists():
        raise NomineeTwice(_("You have named this address already."))
    had_seat = _end_place(nominee)
    nominee.replaced_at = clock.now()
    nominee.save(update_fields=["replaced_at"])
    successor = _add(nomination, name=name, email=email, replaces=nominee)
    if had_seat:
        _pass_on(nomination, successor)
    return successor


@transaction.atomic
def use_nomination(user, *, code: str) -> Enrolment:
    """Come in with an organisation's code; a second call returns the place (EN-08)."""
    person = person_behind(user)
    found = Nomination.objects.filter(code=fold(code)).first()
    if found is None:
        raise CodeUnknown(_("Nobody gave out this code. Compare it letter by letter."))
    nomination = _lock(found)
    place = place_of(person, nomination.cohort)
    nominee = _nominee_of(user, place, nomination)
    if nominee and nominee.enrolment_id:
        return place
    if nomination.is_over(clock.now()):
        raise CodeOver(_("This code is not valid any more. Ask for a new one."))
    if nominee is None:
        _check_left(nomination)
    return _use(nomination, nominee, place, by=user)


def use_mine(user, place: Enrolment) -> Enrolment | None:
    """Take the seat of a nominee named with an e-mail of the user's (EN-07)."""
    named = Nominee.objects.current().filter(
        nomination__cohort=place.cohort,
        nomination__revoked_at=None,
        nomination__expires_at__gt=clock.now(),
        enrolment=None,
    )
    nominee = named.naming(place.person, confirmed_emails(user)).first()
    return _use(nominee.nomination, nominee, place, by=user) if nominee else None


def _use(nomination, nominee: Nominee | None, place: Enrolment, *, by) -> Enrolment:
    waits = place.status in (Status.WAITLISTED, Status.OFFERED)
    if not place.is_studying and not waits:
        check_may_enter(place.person, place.cohort)
        refuse_ended(place)
        place = admit(place, by=by, action="lms.use_nomination")
    if Nominee.objects.filter(enrolment=place).exists():
        return place
    if nominee is None:
        name = place.person.legal_name
        nominee = _add(nomination, name=name, email=place.person.email)
    nominee.enrolment, nominee.used_at = place, clock.now()
    nominee.save(update_fields=["enrolment", "used_at"])
    return place


def _nominee_of(user, place: Enrolment, nomination: Nomination) -> Nominee | None:
    """Raises NomineeReplaced."""
    theirs = nomination.nominees.naming(place.person, confirmed_emails(user))
    current = theirs.current().first()
    if current is None and theirs.exists():
        raise NomineeReplaced(
            _("Your organisation sends somebody else instead. Ask there.")
        )
    return current


def _add(nomination: Nomination, *, name: str, email: str, replaces=None) -> Nominee:
    nominee = Nominee.objects.create(
        nomination=nomination,
        name=name,
        email=email,
        replaces=replaces,
        created_at=clock.now(),
    )
    log(nomination, "lms.replace_nominee" if replaces else "lms.name_nominee")
    return nominee


def _end_place(nominee: Nominee) -> bool:
    """Whether a seat came free; nothing is offered yet."""
    if nominee.enrolment is None:
        return False
    place = lock_place(nominee.enrolment)
    had_seat = place.status in Enrolment.SEATED
    if had_seat or place.status == Status.WAITLISTED:
        withdraw_running(place, by=None)
        end(place, Status.WITHDRAWN, by=None, action="lms.replaced")
    return had_seat


def _pass_on(nomination: Nomination, nominee: Nominee) -> None:
    """Offer the seat to the successor, who hears of it by letter."""
    cohort = nomination.cohort
    person = Person.objects.with_email(nominee.email).first() or add_person(
        by=None,
        legal_name=nominee.name,
        email=nominee.email,
        organisation=nomination.organisation,
        locale=cohort.locale,
    )
    place = place_of(person, cohort)
    if place.pk and (place.is_studying or place.status == Status.OFFERED):
        raise NomineeTwice(_("This person has a place already."))
    refuse_ended(place)
    nominee.enrolment, nominee.used_at = offer(place, cohort, by=None), clock.now()
    nominee.save(update_fields=["enrolment", "used_at"])


def _lock(nomination: Nomination) -> Nomination:
    cohort = lock_cohort(nomination.cohort)
    rows = Nomination.objects.select_for_update(of=["self"])
    nomination = rows.select_related("organisation").get(pk=nomination.pk)
    nomination.cohort = cohort
    return nomination


def _open(nomination: Nomination) -> Nomination:
    """Locked, and its people may still be chosen. Raises NominationOver."""
    nomination, now = _lock(nomination), clock.now()
    if nomination.is_over(now) or not nomination.cohort.takes_people(now):
        raise NominationOver(_("The time to name people is over."))
    if nomination.cohort.has_begun(now):
        raise NominationOver(_("The cohort has begun; its people stay as they are."))
    return nomination


def _check_left(nomination: Nomination) -> None:
    if not nomination.seats_left:
        raise NominationFull(
            _("All %(seats)s seats of %(organisation)s are used or named.")
            % {"seats": nomination.seats, "organisation": nomination.organisation}
        )


def _tidy(name: str, email: str) -> tuple[str, str]:
    name = " ".join(name.split())
    if not name:
        raise NomineeUnnamed(_("Write the name."))
    return name, email.strip().lower()
