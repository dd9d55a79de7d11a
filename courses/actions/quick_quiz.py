"""A quiz in one go: questions written for it, and questions brought along in a file."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.log_actions import log

from courses.models import ModulePage, Question, QuestionUpload, QuizPage

from .import_plan import plan_import
from .importing import import_questions
from .quick import (
    NewQuestion,
    bank_question,
    may_publish,
    quiz_of,
    renew_edition,
    shelf_of,
)
from .releasing import publish, submit


@dataclass(frozen=True)
class MadeQuiz:
    quiz: QuizPage
    questions: int
    is_live: bool


@transaction.atomic
def add_quiz(
    module: ModulePage,
    *,
    title: str,
    purpose: str,
    questions: list[NewQuestion],
    upload: QuestionUpload | None = None,
    by,
) -> MadeQuiz:
    """Make all of it live, or send all of it to review when `by` may not publish.

    What the file holds comes first, in its order; what is refused in it, or is in
    another language than the module, is not asked. Made live, the quiz enters the
    course's next edition.
    """
    if not module.permissions_for_user(by).can_add_subpage():
        raise PermissionDenied
    is_live, shelf = may_publish(module, by), shelf_of(module)
    release = publish if is_live else submit
    asked = _brought(upload, module, by) if upload else []
    asked += [release(bank_question(new, module, shelf), by) for new in questions]
    quiz = release(quiz_of(module, title, asked, by, purpose=purpose), by)
    if is_live:
        renew_edition(module, by)
    data = {"questions": len(asked), "is_live": is_live}
    log(quiz, "courses.add_quiz", user=by, data=data)
    return MadeQuiz(quiz, len(asked), is_live)


def _brought(upload: QuestionUpload, module: ModulePage, by) -> list[Question]:
    """The file's questions as the bank has them once they are imported."""
    content = bytes(upload.content)
    import_questions(upload, by=by)
    plan = plan_import(content, category=upload.category, language=upload.language)
    code = module.locale.language_code
    lines = [line for line in plan.lines if line.language == code and line.question]
    return list({line.question.pk: line.question for line in lines}.values())
