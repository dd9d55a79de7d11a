"""Lists for a committee: proposed, voted on, approved or refused, issued."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from certificates.due import committee, readiness
from certificates.letters import DECIDED, VOTE
from certificates.models import AwardRule, Proposal, ProposedPlace
from courses import clock
from lms.actions.messages import Draft, queue_all
from lms.actions.refusal import ReasonMissing, Refused
from lms.letters.composing import language_of
from lms.models import Cohort

State = Proposal.State


class NothingProposed(Refused):
    """A list without anybody, or with somebody who cannot be on it."""

    field = "places"


class NoCommittee(Refused):
    """The rule of the course does not ask a committee."""


class ListIsOpen(Refused):
    """The cohort has a list of this kind that is not decided yet."""


class AlreadyDecided(Refused):
    """The committee has decided; nothing of this list changes any more."""


class MayNotVote(Refused):
    """Only members vote, and nobody on a list of their own."""


@transaction.atomic
def propose(cohort: Cohort, *, kind: str, chosen: Iterable[str], by) -> Proposal:
    """Ask the committee about these candidates, by their keys (`Candidate.key`).

    A second call with the same list gives the one that is open.
    """
    cohort = Cohort.objects.select_for_update().get(pk=cohort.pk)
    rule = AwardRule.objects.for_course(cohort.edition.course_key, kind)
    if not rule.is_voted:
        raise NoCommittee(_("No committee decides this kind in this course."))
    rows = _rows(cohort, kind, chosen)
    undecided = Proposal.objects.filter(
        cohort=cohort, kind=kind, state__in=[State.OPEN, State.REFUSED]
    ).first()
    if undecided:
        if _keys(undecided.places.all()) == _keys(rows):
            return undecided
        raise ListIsOpen(_("There is a list already. Change that one."))
    proposal = Proposal.objects.create(
        cohort=cohort,
        kind=kind,
        made_by=by,
        made_at=clock.now(),
        approvals=rule.approvals,
    )
    _write(proposal, rows)
    log(proposal, "certificates.propose", user=by, data={"people": len(rows)})
    _ask(proposal)
    return proposal


@transaction.atomic
def change_list(proposal: Proposal, *, chosen: Iterable[str], by) -> Proposal:
    """Put others on it; the votes given so far count no more, all are asked again.

    The one who changes it has made it from now on. The same list changes nothing.
    """
    proposal = _lock(proposal)
    if not proposal.is_changeable:
        raise AlreadyDecided(_("The committee has decided about this list already."))
    rows = _rows(proposal.cohort, proposal.kind, chosen)
    if _keys(proposal.places.all()) == _keys(rows):
        return proposal
    data = {"people": len(rows), "votes": proposal.votes.count()}
    proposal.votes.all().delete()
    proposal.places.all().delete()
    _write(proposal, rows)
    proposal.state, proposal.decided_at, proposal.made_by = State.OPEN, None, by
    proposal.save(update_fields=["state", "decided_at", "made_by"])
    log(proposal, "certificates.change_list", user=by, data=data)
    _ask(proposal)
    return proposal


@transaction.atomic
def vote(proposal: Proposal, *, agrees: bool, note: str, by) -> Proposal:
    """Say yes or, with a note, no. The same vote again changes nothing.

    So many yeses of different people as the rule asked for approve the list; one no
    refuses it until it is changed.
    """
    proposal = _lock(proposal)
    if not committee.may_vote(by, proposal):
        raise MayNotVote(_("You do not vote on this list."))
    note = note.replace("\x00", "").strip()
    mine = proposal.votes.filter(user=by).first()
    if mine and (mine.agrees, mine.note) == (agrees, note):
        return proposal
    if proposal.state != State.OPEN:
        raise AlreadyDecided(_("The committee has decided about this list already."))
    if not agrees and not note:
        raise NoteMissing(_("Write why."))
    given = {"agrees": agrees, "note": note, "voted_at": clock.now()}
    proposal.votes.update_or_create(user=by, defaults=given)
    action = "certificates.agree" if agrees else "certificates.disagree"
    log(proposal, action, user=by, data={} if agrees else {"reason": note})
    _decide(proposal)
    return proposal


class NoteMissing(ReasonMissing):
    """Who says no says why."""

    field = "note"


def _lock(proposal: Proposal) -> Proposal:
    rows = Proposal.objects.select_for_update(of=("self",))
    return rows.select_related("cohort__edition", "made_by").get(pk=proposal.pk)


def _rows(cohort: Cohort, kind: str, chosen: Iterable[str]) -> list[ProposedPlace]:
    """Only who has earned it may be proposed."""
    candidates = readiness.ready_for(cohort, kind, is_voted=True)
    wanted = set(chosen)
    found = [one for one in candidates if one.key in wanted and one.is_ready]
    if not found or len(found) < len(wanted):
        raise NothingProposed(_("Choose people who have earned it."))
    return [
        ProposedPlace(
            enrolment=one.enrolment,
            trainer=None if one.enrolment else one.person.user,
        )
        for one in found
    ]


def _keys(rows: Iterable[ProposedPlace]) -> set[str]:
    return {
        readiness.key_of(place=row.enrolment_id, trainer=row.trainer_id) for row in rows
    }


def _write(proposal: Proposal, rows: list[ProposedPlace]) -> None:
    for row in rows:
        row.proposal = proposal
    ProposedPlace.objects.bulk_create(rows)


def _decide(proposal: Proposal) -> None:
    votes = list(proposal.votes.values_list("agrees", flat=True))
    if not all(votes):
        state = State.REFUSED
    elif len(votes) >= proposal.approvals:
        state = State.APPROVED
    else:
        return
    proposal.state, proposal.decided_at = state, clock.now()
    proposal.save(update_fields=["state", "decided_at"])
    _write_to(proposal, [proposal.made_by], DECIDED.key)


def _ask(proposal: Proposal) -> None:
    members = committee.members_of(proposal)
    readers = members.select_related("person", "wagtail_userprofile")
    _write_to(proposal, readers, VOTE.key)


def _write_to(proposal: Proposal, users, template: str) -> None:
    """A letter each in their language, once for each state of the list."""
    now = clock.now().isoformat()
    queue_all(
        Draft(
            key=f"proposal:{proposal.pk}:{template}:{user.pk}:{now}",
            template=template,
            to=user.email,
            locale=language_of(user, otherwise=proposal.cohort.locale),
            context={
                "name": str(user),
                "cohort": proposal.cohort_id,
                "proposal": proposal.pk,
            },
            cohort=proposal.cohort_id,
        )
        for user in users
        if user.email
    )
