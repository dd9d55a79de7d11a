"""For whom a committee agreed, and who may vote. Writes nothing."""

from itertools import chain

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from certificates.due.claim import Claim
from certificates.models import AwardRule, Proposal, ProposedPlace
from lms import scoping
from lms.models import Cohort
from lms.roles import is_administrator


def refusals(claims: list[Claim], rules) -> list[str | None]:
    """Of each claim whose rule asks a committee, that it has not agreed; one query."""
    voted = [rules[claim.cohort.edition.course_key].is_voted for claim in claims]
    if not any(voted):
        return [None] * len(claims)
    agreed = _agreed(claims)
    return [
        not_agreed() if is_voted and _key(claim) not in agreed else None
        for claim, is_voted in zip(claims, voted, strict=True)
    ]


def not_agreed() -> str:
    return _("The committee has not agreed to it yet.")


def asked_about(cohort: Cohort, kind: str) -> set[tuple]:
    """Place and account of everybody on the list that is being voted on."""
    lists = Proposal.objects.open().filter(cohort=cohort, kind=kind)
    rows = ProposedPlace.objects.filter(proposal__in=lists)
    return set(rows.values_list("enrolment", "trainer"))


def may_vote(user, proposal: Proposal) -> bool:
    """Members of the committee and administrators, but not who made the list or is
    on it.
    """
    if not user.is_active or proposal.made_by_id == user.pk:
        return False
    if proposal.places.filter(_is_on(user)).exists():
        return False
    return is_administrator(user) or is_member(user, proposal)


def is_member(user, proposal: Proposal) -> bool:
    key = proposal.cohort.edition.course_key
    rule = AwardRule.objects.for_course(key, proposal.kind)
    return rule.pk is not None and rule.members.filter(pk=user.pk).exists()


def members_of(proposal: Proposal) -> QuerySet:
    """The named members who may vote on this list."""
    key = proposal.cohort.edition.course_key
    rule = AwardRule.objects.for_course(key, proposal.kind)
    users = get_user_model().objects.filter(is_active=True)
    if rule.pk is None:
        return users.none()
    on_it = proposal.places.values_list("trainer", "enrolment__person__user")
    barred = {proposal.made_by_id, *chain.from_iterable(on_it)} - {None}
    return users.filter(pk__in=rule.members.values("pk")).exclude(pk__in=barred)


def proposals_for(user) -> QuerySet[Proposal]:
    """Those of the cohorts the user issues in, and those on which the user votes."""
    rows = Proposal.objects.select_related("cohort__edition", "made_by")
    if not user.is_authenticated or not user.is_active:
        return rows.none()
    if is_administrator(user):
        return rows
    mine = scoping.scope(Proposal.objects.all(), user, "issue").values("pk")
    return rows.filter(Q(pk__in=mine) | _is_voter(user))


def waiting_for(user) -> QuerySet[Proposal]:
    """Open lists on which the user may vote and has not."""
    rows = proposals_for(user).open().exclude(votes__user=user).exclude(made_by=user)
    on_it = ProposedPlace.objects.filter(_is_on(user), proposal=OuterRef("pk"))
    rows = rows.exclude(Exists(on_it))
    if user.is_authenticated and is_administrator(user):
        return rows
    return rows.filter(_is_voter(user))


def _is_on(user) -> Q:
    """Is a row of a list this user's, as who taught or as who took part?"""
    return Q(trainer=user) | Q(enrolment__person__user=user)


def _is_voter(user) -> Q:
    """Does the course's rule, or else the one for all courses, name this user?"""
    rules = AwardRule.objects.filter(kind=OuterRef("kind"))
    own = rules.filter(course_key=OuterRef("cohort__edition__course_key"))
    general = rules.filter(course_key=None, members=user)
    return Q(Exists(own.filter(members=user))) | (~Q(Exists(own)) & Q(Exists(general)))


def _agreed(claims: list[Claim]) -> set[tuple]:
    rows = ProposedPlace.objects.filter(
        Q(enrolment__in=[one.enrolment.pk for one in claims if one.enrolment])
        | Q(
            enrolment=None,
            proposal__cohort__in={one.cohort.pk for one in claims},
        ),
        proposal__in=Proposal.objects.approved().filter(kind=claims[0].kind),
    )
    return set(rows.values_list("proposal__cohort", "enrolment", "trainer"))


def _key(claim: Claim) -> tuple:
    if claim.enrolment:
        return claim.cohort.pk, claim.enrolment.pk, None
    return claim.cohort.pk, None, claim.person.user_id
