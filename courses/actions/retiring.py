"""Taking questions out of use: what was asked once is retired, never deleted."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from courses import clock, records
from courses.models import Question, Slot


class QuestionInUse(Exception):
    """A quiz names it or somebody was asked it (QZ-49)."""

    def __init__(self):
        super().__init__(
            _(
                "This question is in a quiz or was asked already, and cannot be"
                " deleted. Retire it instead: then nobody new is asked it."
            )
        )


def check_deletable(question: Question) -> None:
    """Raises QuestionInUse where a deletion would take something with it."""
    key = question.translation_key
    slots = Slot.objects.filter(question__translation_key=key)
    if slots.exists() or records.is_dealt(key):
        raise QuestionInUse


@transaction.atomic
def retire_question(question: Question, *, by) -> None:
    """Deal it to nobody any more, in no language; attempts that hold it go on."""
    rows = Question.objects.filter(translation_key=question.translation_key)
    if rows.filter(retired_at=None).update(retired_at=clock.now()):
        log(question, "courses.retire_question", user=by)


@transaction.atomic
def restore_question(question: Question, *, by) -> None:
    """Let quizzes ask it again."""
    rows = Question.objects.filter(translation_key=question.translation_key)
    if rows.exclude(retired_at=None).update(retired_at=None):
        log(question, "courses.restore_question", user=by)
