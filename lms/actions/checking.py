"""Checking one answer of a practice attempt while it runs."""

from django.db import transaction
from django.utils.translation import gettext as _

from courses import clock
from courses.kinds import kind_of
from lms.models import Attempt, Response
from lms.releasing import kept_back
from lms.sitting import is_over

from .attempt_refusals import AttemptEnded, AttemptRefused
from .grading import locked_attempt, marked_by


class CannotCheck(AttemptRefused):
    """An exam, a question that a person marks, or one without an answer yet."""


@transaction.atomic
def check(attempt: Attempt, *, place: int) -> Response:
    """Mark the stored answer and say what it is worth, before the attempt ends.

    It is locked when it is right or its tries are used up; a wrong one may be changed
    until then. The same answer is checked once. Raises CannotCheck or AttemptEnded.
    """
    attempt = locked_attempt(attempt)
    if not attempt.is_running or is_over(attempt.deadline_at, clock.now()):
        raise AttemptEnded(_("This attempt is handed in; its answers are final."))
    rows = attempt.responses.select_related("version")
    response = rows.filter(place=place).first()
    if response is None or not attempt.tries_allowed:
        raise CannotCheck(_("This question is not checked before handing in."))
    if response.is_locked or response.is_checked:
        return response
    _check(response, attempt)
    response.save(update_fields=["tries", "checked_score", "is_locked"])
    return response


def _check(response: Response, attempt: Attempt) -> None:
    if response.answer is None:
        raise CannotCheck(_("Answer the question first, then check it."))
    earned = marked_by(response.version, response.answer, response.marks)
    if earned is None or not kind_of(response.version.key["kind"]).is_scored:
        raise CannotCheck(_("This question is not checked before handing in."))
    response.tries += 1
    response.checked_score = earned
    is_final = earned == response.marks or response.tries >= attempt.tries_allowed
    # Another try would tell that the first was wrong (QZ-04).
    response.is_locked = is_final or response.question_key in kept_back(attempt)
