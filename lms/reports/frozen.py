"""What a closed period said, for whom the whole of it is asked."""

from django.utils.translation import get_language

from lms.models import ClosedPeriod, FrozenAnswer

from .asker import Asker
from .closing import read
from .dataset import Report, Table
from .question import Question

EVERYTHING = "all"


def scope_of(question: Question) -> str | None:
    """Under which name its answer is frozen; None where such a question is not."""
    if question.region or question.audience or question.sex or question.only:
        return None
    if question.donor and question.project:
        return None
    if question.donor:
        return f"donor:{question.donor.pk}"
    return f"project:{question.project.pk}" if question.project else EVERYTHING


def closed(question: Question) -> ClosedPeriod | None:
    period = question.period
    return ClosedPeriod.objects.filter(first=period.first, last=period.last).first()


def frozen_tables(
    report: Report, question: Question, period: ClosedPeriod, asker: Asker
) -> list[Table] | None:
    """The tables as they were; None where the asker asks only of a part."""
    scope = scope_of(question)
    if scope is None or not asker.asks_of_all:
        return None
    answers = FrozenAnswer.objects.filter(
        period=period, report=report.key, scope=scope, language=get_language()
    )
    found = answers.first()
    return read(found.tables) if found else None
