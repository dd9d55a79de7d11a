"""A second marker on a sample, who sees no mark; somebody settles what differs.

Until then, and where they do not differ, the first mark counts.
"""

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from courses import clock
from lms.models import MarkingClaim, Response, ResponseScore, SecondMark

from .grading import locked_attempt, locked_enrolment, settle
from .marking import (
    MANUAL,
    MODERATION,
    Given,
    append,
    points,
    refuse_marker,
    refuse_stale,
    total,
)
from .refusal import Refused


class NoSecondMark(Refused):
    """It is not in the sample, not marked yet, or marked twice already."""


class OwnMark(Refused):
    """The second marker is somebody else than the first."""


class NothingToSettle(Refused):
    """The two marks agree, or there are not two."""


@transaction.atomic
def give_second_mark(response: Response, *, given: Given, by) -> SecondMark:
    """Say what the answer earns without knowing the first mark; sent twice it is one.

    It changes no result. What differs from the first mark by more than the quiz allows
    waits to be settled.
    """
    attempt = locked_attempt(response.attempt)
    refuse_marker(attempt, response, by)
    before = SecondMark.objects.filter(response=response).first()
    if before and given.is_of(before, by):
        return before
    if not Response.objects.for_second_mark().filter(pk=response.pk).exists():
        raise NoSecondMark(_("No second mark of this answer is wanted."))
    if response.scores.filter(by=by).exists():
        raise OwnMark(_("You gave the first mark. Somebody else gives the second."))
    first = response.scores.filter(kind=MANUAL).last()
    score = points(response, given)
    MarkingClaim.objects.filter(response=response).delete()
    second = SecondMark.objects.create(
        response=response,
        first=first,
        score=score,
        levels=given.levels,
        comment=given.comment,
        is_apart=_is_apart(first, score, attempt.rules["second_mark_tolerance"]),
        by=by,
        created_at=clock.now(),
    )
    log(attempt, "lms.second_mark", user=by, data={"place": response.place})
    return second


@transaction.atomic
def moderate(response: Response, *, given: Given, by, read: int) -> ResponseScore:
    """Say what counts where two marks differ; it may be said anew later (QZ-34)."""
    enrolment = locked_enrolment(response.attempt.enrolment_id)
    attempt = locked_attempt(response.attempt)
    refuse_marker(attempt, response, by)
    newest = response.scores.last()
    if newest and newest.kind == MODERATION and given.is_of(newest, by):
        return newest
    if not SecondMark.objects.filter(response=response, is_apart=True).exists():
        raise NothingToSettle(_("There is nothing to settle about this answer."))
    refuse_stale(newest, read)
    score = append(response, given, kind=MODERATION, by=by)
    log(attempt, "lms.settle_marks", user=by, data={"place": response.place})
    settle(enrolment, attempt, total(attempt))
    return score


def _is_apart(first: ResponseScore, score: Decimal, tolerance: int) -> bool:
    return abs(first.score - score) * 100 > first.out_of * tolerance
