"""Marking by hand what no key can mark. Each mark is a new score, the newest counts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from courses import clock, kinds
from courses.marking import plain
from lms.answer_sheet import earned_so_far
from lms.models import Attempt, MarkingClaim, Response, ResponseScore

from .grading import locked_attempt, locked_enrolment, settle
from .refusal import Refused

STEP = Decimal("0.01")
MANUAL, MODERATION = ResponseScore.Kind.MANUAL, ResponseScore.Kind.MODERATION


class OutOfBounds(Refused):
    """More than the answer can earn, less than nothing, or finer than a hundredth."""

    field = "score"


class LevelMissing(Refused):
    """The criteria decide, and not each has one of its levels."""


class NotByHand(Refused):
    """The answer is not handed in, or its key has marked it."""


class OwnAnswer(Refused):
    """Nobody marks what they wrote themselves."""


class MarkedMeanwhile(Refused):
    """A mark was saved after this one's marker had read the answer."""


class SecondMarkWanted(Refused):
    """Another marker has to mark it first, without knowing this one's mark."""


class Settled(Refused):
    """Of two marks that differed it was said what counts; markers change it no more."""


@dataclass(frozen=True)
class Given:
    """What a marker says. `levels` is {criterion id: place}; else points are typed."""

    score: Decimal | None = None
    levels: Mapping[str, int] = field(default_factory=dict)
    comment: str = ""

    def is_of(self, row, by) -> bool:
        """Is this row the same mark by the same marker, sent before?"""
        same = (row.by, row.levels, row.comment) == (by, self.levels, self.comment)
        return same and (bool(self.levels) or row.score == self.score)


@transaction.atomic
def mark(response: Response, *, given: Given, by, read: int) -> ResponseScore:
    """Say what the answer earns; the same mark sent twice is one (QZ-34).

    `read` is the newest score that the marker saw, 0 for none (QZ-32). With the last
    answer of the attempt marked, it is graded; a pass completes its quiz and stays
    (QZ-31).
    """
    enrolment = locked_enrolment(response.attempt.enrolment_id)
    attempt = locked_attempt(response.attempt)
    refuse_marker(attempt, response, by)
    newest = response.scores.last()
    if newest and given.is_of(newest, by):
        return newest
    _refuse_over(response, newest, by)
    refuse_stale(newest, read)
    score = append(response, given, kind=MANUAL, by=by)
    log(attempt, "lms.mark_answer", user=by, data={"place": response.place})
    settle(enrolment, attempt, total(attempt))
    return score


def append(response: Response, given: Given, *, kind: str, by) -> ResponseScore:
    """A new score of a response whose attempt is locked; it is nobody's work now."""
    MarkingClaim.objects.filter(response=response).delete()
    return ResponseScore.objects.create(
        response=response,
        kind=kind,
        score=points(response, given),
        out_of=response.marks,
        levels=given.levels,
        comment=given.comment,
        by=by,
        created_at=clock.now(),
    )


def points(response: Response, given: Given) -> Decimal:
    """By the levels where there are criteria, else as typed (QZ-33)."""
    try:
        score = kinds.mark_by_levels(response.version.key, given.levels, response.marks)
    except kinds.NotAnAnswer:
        raise LevelMissing(_("Choose one level of each criterion.")) from None
    if score is None:
        score = given.score
    if score is None or not 0 <= score <= response.marks:
        text = _("Give from 0 to %(most)s points.")
        raise OutOfBounds(text % {"most": plain(response.marks)})
    if score != score.quantize(STEP):
        raise OutOfBounds(_("Give at most two digits after the point."))
    return score


def refuse_marker(attempt: Attempt, response: Response, by) -> None:
    if not Response.objects.by_hand().filter(pk=response.pk).exists():
        raise NotByHand(_("This answer is not for a person to mark."))
    if by is not None and attempt.enrolment.person.user_id == by.pk:
        raise OwnAnswer(_("This is your own answer. Somebody else marks it."))


def refuse_stale(newest: ResponseScore | None, read: int) -> None:
    if read != (newest.pk if newest else 0):
        raise MarkedMeanwhile(
            _(
                "This answer has been marked meanwhile. Look at that mark; if yours is "
                "to count, save again."
            )
        )


def _refuse_over(response: Response, newest: ResponseScore | None, by) -> None:
    if newest is None:
        return
    if response.scores.filter(kind=MODERATION).exists():
        raise Settled(
            _("Two marks of this answer differed, and what counts has been settled.")
        )
    waiting = Response.objects.for_second_mark().not_marked_by(by)
    if waiting.filter(pk=response.pk).exists():
        raise SecondMarkWanted(
            _(
                "Somebody has marked this answer, and a second mark is wanted. Give "
                "yours without seeing the first."
            )
        )


def total(attempt: Attempt) -> Decimal | None:
    """What the newest scores come to; None while an answer waits for its marker."""
    if attempt.responses.filter(scores__isnull=True).exists():
        return None
    return earned_so_far(attempt)[0]
