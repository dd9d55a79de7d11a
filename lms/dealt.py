"""What attempts hold of the bank and its quizzes: what `courses.records` asks."""

import uuid

from .models import Attempt, Response


def is_dealt(question_key: uuid.UUID) -> bool:
    return Response.objects.filter(question_key=question_key).exists()


def is_sat(quiz_key: uuid.UUID) -> bool:
    """Handed in, be it marked or still to be marked by a person (QZ-45)."""
    handed_in = [Attempt.Status.MARKING, Attempt.Status.GRADED]
    return Attempt.objects.filter(quiz_key=quiz_key, status__in=handed_in).exists()
