"""Certificates of who taught: for an account, which may be no person here yet."""

from django.db import transaction

from certificates.due.claim import Claim
from certificates.due.readiness import of_trainer, rule_of
from certificates.models import Certificate
from lms.actions.people import add_person, claim_by_email
from lms.confirmed import confirmed_email
from lms.models import Cohort, Person

from .issuing import award, refuse_unready


def issue_to_trainer(user, *, cohort: Cohort, by) -> Certificate:
    """Give who taught in this cohort their certificate; a second call the same one."""
    return award_trainer(of_trainer(cohort, user), by=by)[0]


def award_trainer(claim: Claim, *, by) -> tuple[Certificate, bool]:
    """As `award`; the account becomes a person here first, where it is none."""
    if claim.person.pk is None:
        refuse_unready(claim, None, rule_of(claim))
        claim = claim._replace(person=_person_of(claim.person, by=by))
    return award(claim, by=by)


@transaction.atomic
def _person_of(new: Person, *, by) -> Person:
    """Who is known by the account's own address, or else a new one to write to there.

    An address that somebody else is known by reaches them, not the trainer.
    """
    known = claim_by_email(new.user, email=confirmed_email(new.user))
    if known:
        return known
    email = new.user.email
    is_taken = email and Person.objects.with_email(email).exists()
    return add_person(
        by=by,
        user=new.user,
        legal_name=new.legal_name,
        locale=new.locale,
        email="" if is_taken else email,
    )
