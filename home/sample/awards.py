"""Other kinds of certificates in one cohort: statements, trainers, a list to vote."""

from certificates.actions.awards import save_rule
from certificates.actions.issuing import issue_all
from certificates.actions.proposals import propose, vote
from certificates.actions.trainers import issue_to_trainer
from certificates.due.readiness import ready_for
from certificates.models import AwardRule
from home.models import User
from lms.actions.refusal import Refused
from lms.models import Cohort, Staff

# Each paper takes a moment to draw: a few show what there is to see.
FEW = 3
RULES = {
    "attendance": {"least_attendance": 70},
    "distinction": {"least_score": 85, "decided_by": "committee", "approvals": 2},
    "trainer": {},
}


def award_more(cohort: Cohort, *, by: User) -> None:
    """The rules of its course, and what came of them; the list waits for one vote."""
    key = cohort.edition.course_key
    coordinator = _staff(cohort, Staff.Role.COORDINATOR)
    trainer = _staff(cohort, Staff.Role.TRAINER)
    for kind, fields in RULES.items():
        if not AwardRule.objects.filter(course_key=key, kind=kind).exists():
            members = [trainer] if trainer and kind == "distinction" else []
            save_rule(None, course_key=key, kind=kind, members=members, by=by, **fields)
    ready = [one.enrolment for one in ready_for(cohort, "attendance") if one.is_ready]
    issue_all(ready[:FEW], kind="attendance", by=by)
    if trainer:
        _issue_to(trainer, cohort, by=by)
    if trainer and coordinator:
        _propose(cohort, by=coordinator, member=trainer)


def _issue_to(trainer: User, cohort: Cohort, *, by: User) -> None:
    try:
        issue_to_trainer(trainer, cohort=cohort, by=by)
    except Refused:
        # The story of this cohort held no session yet.
        return


def _propose(cohort: Cohort, *, by: User, member: User) -> None:
    found = ready_for(cohort, "distinction", is_voted=True)
    chosen = [one.key for one in found if one.is_ready]
    if chosen:
        proposal = propose(cohort, kind="distinction", chosen=chosen, by=by)
        vote(proposal, agrees=True, note="", by=member)


def _staff(cohort: Cohort, role: str) -> User | None:
    row = cohort.staff.filter(role=role).select_related("user").first()
    return row.user if row else None
