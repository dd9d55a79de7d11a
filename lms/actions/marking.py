"""Marking by hand what no key can mark. Each mark is a new score, the newest counts."""

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from courses import clock
from courses.marking import plain
from lms.answer_sheet import earned_so_far
from lms.models import Attempt, Response, ResponseScore

from .grading import locked_attempt, locked_enrolment, settle
from .refusal import Refused

STEP = Decimal("0.01")


class OutOfBounds(Refused):
    """More than the answer can earn, less than nothing, or finer than a hundredth."""

    field = "score"


class NotByHand(Refused):
    """The answer is not handed in, or its key has marked it."""


class OwnAnswer(Refused):
    """Nobody marks what they wrote themselves."""


class MarkedMeanwhile(Refused):
    """A mark was saved after this one's marker had read the answer."""


@transaction.atomic
def mark(
    response: Response, *, score: Decimal, comment: str, by, read: int
) -> ResponseScore:
    """Say what the answer earns; the same mark sent twice is one (QZ-34).

    `read` is the newest score that the marker saw, 0 for none. With the last answer of
    the attempt marked, it is graded; a pass completes its quiz and stays (QZ-31).
    """
    enrolment = locked_enrolment(response.attempt.enrolment_id)
    attempt = locked_attempt(response.attempt)
    _refuse(attempt, response, by)
    comment = comment.strip()
    newest = response.scores.last()
    if newest and (newest.by, newest.score, newest.comment) == (by, score, comment):
        return newest
    if read != (newest.pk if newest else 0):
        raise MarkedMeanwhile(
            _(
                "This answer has been marked meanwhile. Look at that mark; if yours is "
                "to count, save again."
            )
        )
    _refuse_bounds(score, response.marks)
    given = ResponseScore.objects.create(
        response=response,
        kind=ResponseScore.Kind.MANUAL,
        score=score,
        out_of=response.marks,
        comment=comment,
        by=by,
        created_at=clock.now(),
    )
    log(attempt, "lms.mark_answer", user=by, data={"place": response.place})
    settle(enrolment, attempt, _total(attempt))
    return given


def _refuse(attempt: Attempt, response: Response, by) -> None:
    if not Response.objects.by_hand().filter(pk=response.pk).exists():
        raise NotByHand(_("This answer is not for a person to mark."))
    if by is not None and attempt.enrolment.person.user_id == by.pk:
        raise OwnAnswer(_("This is your own answer. Somebody else marks it."))


def _refuse_bounds(score: Decimal, most: Decimal) -> None:
    """QZ-33."""
    if not 0 <= score <= most:
        text = _("Give from 0 to %(most)s points.")
        raise OutOfBounds(text % {"most": plain(most)})
    if score != score.quantize(STEP):
        raise OutOfBounds(_("Give at most two digits after the point."))


def _total(attempt: Attempt) -> Decimal | None:
    """What the newest scores come to; None while an answer waits for its marker."""
    if attempt.responses.filter(scores__isnull=True).exists():
        return None
    return earned_so_far(attempt)[0]
