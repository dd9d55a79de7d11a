"""One door for whatever code somebody was given."""

from dataclasses import dataclass

from courses import clock
from lms.codes import fold
from lms.models import Cohort, Enrolment, Invitation, Nomination

from .invitations import CodeUnknown, claim_invitation
from .nominations import use_nomination


@dataclass(frozen=True)
class Opening:
    """What a code opens: shown before anybody takes it."""

    cohort: Cohort
    is_over: bool
    code: str


def what_opens(code: str) -> Opening | None:
    """The cohort behind a code; None where nobody gave it out."""
    for kind in (Invitation, Nomination):
        rows = kind.objects.select_related("cohort__edition")
        found = rows.filter(code=fold(code)).first()
        if found:
            is_over = found.is_over(clock.now())
            return Opening(found.cohort, is_over, found.spelled_code)
    return None


def enter_by_code(user, *, code: str) -> Enrolment:
    """Claim the invitation or use the nomination that has this code."""
    try:
        return claim_invitation(user, code=code)
    except CodeUnknown:
        return use_nomination(user, code=code)
