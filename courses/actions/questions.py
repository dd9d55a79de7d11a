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
    ones is left out: its readers see the first language instead. It changes the meaning
    unless its author calls it a small fix and what is right stays the same.
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
        changes_meaning=newest is None
        or not question.is_small_fix
        or right_answers(**content) != right_answers(newest.key, newest.bodies),
        **content,
    )
    log(question, "courses.freeze_question", user=by, data={"number": version.number})
    return version


def right_answers(key: dict, bodies: dict) -> dict:
    """What decides which answers are right: the key, and the typed ones by language."""
    accepted = {language: body["accepted"] for language, body in bodies.items()}
    return {"key": key, "accepted": accepted}


def changes_what_is_right(question: Question) -> bool:
    """Would publishing it as it stands here mark anybody otherwise than before?"""
    key = question.translation_key
    newest = QuestionVersion.objects.filter(question_key=key).order_by("-number")
    before, kind = newest.first(), question.its_kind
    if before is None:
        return False
    language, body = question.locale.language_code, kind.body_of(question)
    twins = Question.objects.filter(translation_key=key, live=True).exclude(
        pk=question.pk
    )
    others = twins.select_related("locale")
    is_first = in_order([*others, question])[0] is question
    now = kind.key_of(question) if is_first else before.key
    accepted = before.bodies.get(language, body)["accepted"]
    return now != before.key or body["accepted"] != accepted


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
