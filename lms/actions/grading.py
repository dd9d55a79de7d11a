"""Marking what was handed in, by the keys frozen with each question."""

from decimal import Decimal
from fractions import Fraction

from django.db import transaction

from courses import clock, kinds, marking
from lms.models import Attempt, Enrolment, Progress, Response, ResponseScore

from .progress import complete_activity


@transaction.atomic
def grade(attempt: Attempt) -> Attempt:
    """Mark what was handed in; the quiz is completed when the result is a pass."""
    enrolment = locked_enrolment(attempt.enrolment_id)
    attempt = locked_attempt(attempt)
    if attempt.status != Attempt.Status.SUBMITTED:
        return attempt
    scores = [
        _score(response) for response in attempt.responses.select_related("version")
    ]
    ResponseScore.objects.bulk_create(scores)
    attempt.score = sum((score.score for score in scores), Decimal(0))
    attempt.status = Attempt.Status.GRADED
    attempt.save(update_fields=["score", "status"])
    if enrolment.is_studying and _passes(attempt):
        complete_activity(
            enrolment, activity=attempt.quiz_key, source=Progress.Source.QUIZ, by=None
        )
    return attempt


def _score(response: Response) -> ResponseScore:
    version = response.version
    accepted = {
        language: body.get("accepted") or []
        for language, body in version.bodies.items()
    }
    return ResponseScore(
        response=response,
        score=kinds.mark(version.key, response.answer, response.marks, accepted),
        out_of=response.marks,
        created_at=clock.now(),
    )


def _passes(attempt: Attempt) -> bool:
    """By the attempt that counts under the rules this one was started with."""
    graded = Attempt.objects.filter(
        enrolment=attempt.enrolment_id, quiz_key=attempt.quiz_key, score__isnull=False
    )
    shares = [
        Fraction(score) / Fraction(out_of)
        for score, out_of in graded.order_by("number").values_list("score", "out_of")
    ]
    share = marking.counted(attempt.rules["grading"], shares)
    needed = Fraction(attempt.rules["pass_percent"])
    return share is not None and share * 100 >= needed


def locked_enrolment(pk: int) -> Enrolment:
    rows = Enrolment.objects.select_for_update(of=("self",))
    return rows.select_related("cohort__edition").get(pk=pk)


def locked_attempt(attempt: Attempt) -> Attempt:
    rows = Attempt.objects.select_for_update(of=("self",))
    return rows.select_related("enrolment__person__user").get(pk=attempt.pk)
