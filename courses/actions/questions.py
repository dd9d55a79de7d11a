"""Freezing a question: what attempts are marked by."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from courses import clock
from courses.languages import in_order
from courses.models import Question, QuestionVersion


class QuestionNotPublished(Exception):
    """Nobody has published it, so nobody may be asked it."""

    def __init__(self):
        super().__init__(_("This question is not published."))


@transaction.atomic
def freeze_question(question: Question, *, by) -> QuestionVersion:
    """Freeze the key and the words of every live language; the newest if none changed.

    The first language decides what is right. A language whose choices are not the same
    ones is left out: its readers see the first language instead.
    """
    questions = _live(question.translation_key)
    if not questions:
        raise QuestionNotPublished
    content = _content(questions)
    versions = QuestionVersion.objects.filter(question_key=question.translation_key)
    newest = versions.order_by("-number").first()
    if newest and {name: getattr(newest, name) for name in content} == content:
        return newest
    version = QuestionVersion.objects.create(
        question_key=question.translation_key,
        number=newest.number + 1 if newest else 1,
        created_at=clock.now(),
        **content,
    )
    log(question, "courses.freeze_question", user=by, data={"number": version.number})
    return version


def _live(question_key: UUID) -> list[Question]:
    """Locked, so that of two people who publish at once one follows the other."""
    questions = Question.objects.filter(translation_key=question_key, live=True)
    return in_order(questions.select_for_update(of=("self",)).select_related("locale"))


def _content(questions: list[Question]) -> dict:
    first, kind = questions[0], questions[0].its_kind
    same = [
        q
        for q in questions
        if q.kind == first.kind and q.shared_ids() == first.shared_ids()
    ]
    return {
        "key": kind.key_of(first),
        "bodies": {q.locale.language_code: kind.body_of(q) for q in same},
    }
