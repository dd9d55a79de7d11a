"""Marking what was handed in, by the keys frozen with each question."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from django.db import transaction

from courses import clock, kinds, marking
from courses.models import QuestionVersion
from lms.answer_sheet import earned_so_far
from lms.models import Attempt, Enrolment, Progress, Response, ResponseScore

from .progress import complete_activity


@transaction.atomic
def grade(attempt: Attempt) -> Attempt:
    """Mark what was handed in; the quiz is completed when the result is a pass.

    With an answer that a person has to mark it awaits marking instead: neither passed
    nor failed, unless what is marked already decides (QZ-31).
    """
    enrolment = locked_enrolment(attempt.enrolment_id)
    attempt = locked_attempt(attempt)
    if attempt.status != Attempt.Status.SUBMITTED:
        return attempt
    responses = list(attempt.responses.select_related("version"))
    scores = [one for one in map(_score, responses) if one]
    ResponseScore.objects.bulk_create(scores)
    is_marked = len(scores) == len(responses)
    total = sum((score.score for score in scores), Decimal(0)) if is_marked else None
    settle(enrolment, attempt, total)
    return attempt


def mark_again(changed: Iterable[Response], *, by) -> None:
    """A newer score, by its key, for each answer that was changed (QZ-34)."""
    scores = [one for one in map(_score, changed) if one]
    for score in scores:
        score.by = by
    ResponseScore.objects.bulk_create(scores)


def settle(enrolment: Enrolment, attempt: Attempt, total: Decimal | None) -> None:
    """Keep the total, None while an answer waits; a pass completes the quiz for good.

    Both rows are locked by the caller.
    """
    waits, marked = Attempt.Status.MARKING, Attempt.Status.GRADED
    attempt.score = total
    attempt.status = waits if total is None else marked
    attempt.save(update_fields=["score", "status"])
    if enrolment.is_studying and _passes(attempt):
        complete_activity(
            enrolment, activity=attempt.quiz_key, source=Progress.Source.QUIZ, by=None
        )


def _score(response: Response) -> ResponseScore | None:
    """What the key says it earned; None where a person has to say it."""
    earned = marked_by(response.version, response.answer, response.marks)
    if earned is None:
        return None
    return ResponseScore(
        response=response,
        score=less_tries(response, earned),
        out_of=response.marks,
        created_at=clock.now(),
    )


def less_tries(response: Response, earned: Decimal) -> Decimal:
    """What wrong tries leave of it, in practice."""
    if not response.wrong_tries:
        return earned
    penalty = response.attempt.rules["try_penalty"]
    return marking.after_tries(earned, response.wrong_tries, penalty)


def marked_by(
    version: QuestionVersion, answer: dict | None, marks: Decimal
) -> Decimal | None:
    """What the key of this version says; None where a person has to say it."""
    accepted = {
        language: body.get("accepted") or []
        for language, body in version.bodies.items()
    }
    return kinds.mark(version.key, answer, marks, accepted)


def _passes(attempt: Attempt) -> bool:
    """By the attempt that counts under the rules this one was started with.

    An attempt that awaits marking counts with what it has earned so far, which it
    cannot lose: no pass that this gives is taken away later.
    """
    ended = Attempt.Status.GRADED, Attempt.Status.MARKING
    attempts = Attempt.objects.filter(
        enrolment=attempt.enrolment_id, quiz_key=attempt.quiz_key, status__in=ended
    )
    shares = [
        Fraction(_floor(one)) / Fraction(one.out_of)
        for one in attempts.order_by("number")
    ]
    share = marking.counted(attempt.rules["grading"], shares)
    needed = Fraction(attempt.rules["pass_percent"])
    return share is not None and share * 100 >= needed


def _floor(attempt: Attempt) -> Decimal:
    if attempt.score is not None:
        return attempt.score
    return earned_so_far(attempt)[0]


def locked_enrolment(pk: int) -> Enrolment:
    rows = Enrolment.objects.select_for_update(of=("self",))
    return rows.select_related("cohort__edition").get(pk=pk)


def locked_attempt(attempt: Attempt) -> Attempt:
    rows = Attempt.objects.select_for_update(of=("self",))
    return rows.select_related("enrolment__person__user").get(pk=attempt.pk)
