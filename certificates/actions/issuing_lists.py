"""Issuing what a committee approved."""

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from certificates.due.readiness import of_trainer
from certificates.models import IssueRun, Proposal
from lms.actions.refusal import Refused

from .runs import start_run
from .trainers import award_trainer

State = Proposal.State


class NotApproved(Refused):
    """The committee has not agreed to this list."""


def issue_list(proposal: Proposal, *, by) -> tuple[IssueRun | None, list[str]]:
    """Begin a run for the places of the list, and issue to who taught at once.

    Gives the run, where there are places, and why trainers were refused. Safe to call
    again: nobody gets two.
    """
    proposal.refresh_from_db()
    if proposal.state not in (State.APPROVED, State.ISSUED):
        raise NotApproved(_("The committee has not agreed to this list."))
    rows = list(proposal.places.select_related("enrolment__person", "trainer"))
    refused = [
        f"{row.trainer}: {refusal}"
        for row in rows
        if row.trainer and (refusal := _issue_to_trainer(proposal, row.trainer, by=by))
    ]
    places = [row.enrolment for row in rows if row.enrolment]
    with transaction.atomic():
        log(proposal, "certificates.issue_list", user=by)
        if not places:
            return None, refused
        run = start_run(places, cohort=proposal.cohort, kind=proposal.kind, by=by)
    return run, refused


def _issue_to_trainer(proposal: Proposal, user, *, by) -> str:
    """Why it was refused, if it was."""
    try:
        award_trainer(of_trainer(proposal.cohort, user), by=by)
    except Refused as refusal:
        return str(refusal)
    return ""
