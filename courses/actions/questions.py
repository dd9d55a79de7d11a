"""Freezing a question: what attempts are marked by."""

from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from courses import clock
from courses.languages import in_order
from courses.models import Question, QuestionVersion

WITH_CHOICES = (Question.Kind.SINGLE, Question.Kind.MULTIPLE)


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
    key = key_of(questions[0])
    same = [q for q in questions if set(key_of(q)["options"]) == set(key["options"])]
    return {
        "key": key,
        "bodies": {q.locale.language_code: body_of(q) for q in same},
    }


def key_of(question: Question) -> dict:
    """What marking needs of this question, without a word of any language."""
    return {
        "kind": str(question.kind),
        "correct": _correct(question),
        "tolerance": _plain(question.tolerance),
        "options": [str(choice.id) for choice in _choices(question)],
    }


def _correct(question: Question) -> list[str] | bool | str | None:
    if question.kind == Question.Kind.TRUE_FALSE:
        return bool(question.is_true)
    if question.kind == Question.Kind.NUMERIC:
        return _plain(question.number)
    return [str(c.id) for c in _choices(question) if c.value["is_correct"]]


def _choices(question: Question) -> list:
    return list(question.choices) if question.kind in WITH_CHOICES else []


def _plain(number: Decimal | None) -> str:
    """The same number is always the same text: 5, 5.0 and 5.000000 are "5"."""
    if number is None:
        return ""
    return format(Decimal(number).normalize(), "f")


def body_of(question: Question) -> dict:
    """The words of this question in its language."""
    choices = _choices(question)
    return {
        "stem": question.stem,
        "options": {str(c.id): c.value["text"] for c in choices},
        "feedback": {str(c.id): c.value["feedback"] or "" for c in choices},
        "accepted": [str(answer.value) for answer in question.accepted],
        "explanation": question.explanation,
    }
