"""Invitations: one person, one code, one use."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from courses import clock
from lms.codes import fold, random_code
from lms.confirmed import confirmed_emails
from lms.models import CODE_LENGTH, Cohort, Enrolment, Invitation, Person

from .admission import check_may_enter, person_behind
from .messages import queue
from .places import (
    CohortClosed,
    PersonGone,
    address,
    admit,
    lock_cohort,
    place_of,
    refuse_ended,
)
from .refusal import Refused

# More than any training room holds; a stolen account cannot fill the world's boxes.
MOST_A_DAY = 200


class CodeUnknown(Refused):
    """No invitation or nomination has this code."""

    field = "code"


class CodeOver(Refused):
    """The code was taken back, or its time is over."""

    field = "code"


class CodeUsed(Refused):
    """Somebody came in with this code (EN-10)."""

    field = "code"


class NotForYou(Refused):
    """The invitation names somebody else who has an account."""

    field = "code"


class TooManyInvitations(Refused):
    """No more go out today (CM-10)."""


class ExpiryPast(Refused):
    """It would be over before anybody could use it."""

    field = "expires_at"


class NobodyInvited(Refused):
    """Neither a person nor an address."""

    field = "email"


class AlreadyIn(Refused):
    """The person has a place in the cohort."""

    field = "person"


@transaction.atomic
def invite(
    cohort: Cohort, *, expires_at: datetime, by, person=None, email: str = ""
) -> Invitation:
    """Ask somebody in; an invitation that still waits for them is returned instead.

    They get a letter, in the cohort's language where only an address is known.
    """
    cohort = lock_cohort(cohort)
    person, email = _who(person, email)
    _check_invitation(cohort, person, expires_at)
    waiting = Invitation.objects.filter(cohort=cohort).unclaimed(clock.now())
    same = {"person": person} if person else {"email": email}
    known = waiting.filter(**same).first()
    if known:
        return known
    invitation = Invitation.objects.create(
        cohort=cohort,
        person=person,
        email=email,
        expires_at=expires_at,
        code=random_code(CODE_LENGTH),
        created_at=clock.now(),
    )
    log(invitation, "lms.invite", user=by)
    _write_to(invitation, by=by)
    return invitation


@transaction.atomic
def revoke_invitation(invitation: Invitation, *, by) -> Invitation:
    """Its code opens nothing any more; a place taken with it stays."""
    lock_cohort(invitation.cohort)
    invitation = Invitation.objects.select_for_update(of=["self"]).get(pk=invitation.pk)
    if invitation.claimed_at:
        raise CodeUsed(_("The invitation was used; withdraw the participant instead."))
    if invitation.revoked_at is None:
        invitation.revoked_at = clock.now()
        invitation.save(update_fields=["revoked_at"])
        log(invitation, "lms.revoke_invitation", user=by)
    return invitation


@transaction.atomic
def claim_invitation(user, *, code: str) -> Enrolment:
    """Come in with the code, whatever e-mail one registered with; once (EN-10).

    A second call by the same person returns the place.
    """
    person = person_behind(user)
    found = Invitation.objects.filter(code=fold(code)).first()
    if found is None:
        raise CodeUnknown(_("Nobody gave out this code. Compare it letter by letter."))
    place = place_of(person, lock_cohort(found.cohort))
    invitation = Invitation.objects.select_for_update(of=["self"]).get(pk=found.pk)
    if invitation.claimed_at:
        return _claimed_before(invitation, place)
    if invitation.is_over(clock.now()):
        raise CodeOver(_("This code is not valid any more. Ask for a new one."))
    _refuse_another(invitation, user)
    return _claim(invitation, place, by=user)


def claim_mine(user, place: Enrolment) -> Enrolment | None:
    """Use an invitation in the person's name or to an e-mail they confirmed (EN-07)."""
    mine = Invitation.objects.filter(cohort=place.cohort).unclaimed(clock.now())
    invitation = mine.meant_for(place.person, confirmed_emails(user)).first()
    return _claim(invitation, place, by=user) if invitation else None


def _claim(invitation: Invitation, place: Enrolment, *, by) -> Enrolment:
    waits = place.status in (Enrolment.Status.WAITLISTED, Enrolment.Status.OFFERED)
    if not place.is_studying and not waits:
        check_may_enter(place.person, place.cohort)
        refuse_ended(place)
        place = admit(place, by=by, action="lms.claim_invitation")
    invitation.enrolment, invitation.claimed_at = place, clock.now()
    invitation.save(update_fields=["enrolment", "claimed_at"])
    return place


def _claimed_before(invitation: Invitation, place: Enrolment) -> Enrolment:
    if place.pk is None or invitation.enrolment_id != place.pk:
        raise CodeUsed(_("This code was used already; each works once."))
    return place


def _refuse_another(invitation: Invitation, user) -> None:
    """A code passed on by somebody who has an account seats nobody else."""
    meant = invitation.person
    if meant and meant.user_id and meant.user_id != user.pk:
        raise NotForYou(_("This invitation is for somebody else."))


def _who(person: Person | None, email: str) -> tuple[Person | None, str]:
    """The person, found by the address where only that is given."""
    email = email.strip().lower()
    if person is None and not email:
        raise NobodyInvited(_("Say who is invited."))
    person = person or Person.objects.with_email(email).first()
    if person and (person.merged_into_id or person.anonymised_at):
        raise PersonGone(
            _("%(person)s is no longer a person of their own here.")
            % {"person": person}
        )
    return person, email or person.email


def _check_invitation(cohort: Cohort, person, expires_at: datetime) -> None:
    now = clock.now()
    if not cohort.takes_people(now):
        raise CohortClosed(_("This cohort takes nobody any more."))
    if expires_at <= now:
        raise ExpiryPast(_("Choose a day that is still to come."))
    seated = Enrolment.objects.filter(cohort=cohort, person=person).seated()
    if person and seated.exists():
        raise AlreadyIn(_("%(person)s has a place already.") % {"person": person})
    today = Invitation.objects.filter(created_at__gt=now - timedelta(days=1))
    if today.filter(cohort=cohort).count() >= MOST_A_DAY:
        raise TooManyInvitations(
            _("%(most)s people were invited within a day. Go on tomorrow.")
            % {"most": MOST_A_DAY}
        )


def _write_to(invitation: Invitation, *, by) -> None:
    person, to = invitation.person, invitation.email
    language = person.locale if person else invitation.cohort.locale
    url = address(language, "claim", code=invitation.code)
    context = {
        "cohort": invitation.cohort_id,
        "invitation": invitation.pk,
        "url": url,
    }
    about_nobody = {"to": to, "locale": language}
    queue(
        person,
        key=f"invited:{invitation.pk}",
        template="lms/mail/invited",
        context=context if person else context | {"name": to},
        by=by,
        **({} if person else about_nobody),
    )
