"""A lesson with its quiz in one go."""

from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import translation
from django.utils.html import escape, linebreaks
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.permissions import policy_registry

from courses.models import (
    CoursePage,
    LessonPage,
    ModulePage,
    Question,
    QuestionCategory,
    QuizPage,
    Slot,
)

from .editions import publish_edition
from .releasing import publish, submit
from .slugs import free_slug


@dataclass
class NewQuestion:
    """A question with one right choice, `right` being its place from zero."""

    stem: str
    choices: list[str] = field(default_factory=list)
    right: int = 0


@dataclass
class Made:
    lesson: LessonPage
    quiz: QuizPage
    is_live: bool


def may_publish(module: ModulePage, user) -> bool:
    """Both pages in this module and questions of the bank."""
    questions = policy_registry.get_by_type(Question)
    return module.permissions_for_user(
        user
    ).can_publish_subpage() and questions.user_has_permission(user, "publish")


@transaction.atomic
def add_lesson_with_quiz(
    module: ModulePage, *, title: str, text: str, questions: list[NewQuestion], by
) -> Made:
    """Make all of it live, or send all of it to review when `by` may not publish.

    Made live, it enters the course's next edition; running cohorts keep theirs.
    """
    if not module.permissions_for_user(by).can_add_subpage():
        raise PermissionDenied
    is_live = may_publish(module, by)
    release = publish if is_live else submit
    bank = shelf_of(module)
    asked = [release(bank_question(new, module, bank), by) for new in questions]
    lesson = release(_lesson(module, title, text, by), by)
    with translation.override(module.locale.language_code):
        name = _("Quiz: %(title)s") % {"title": title}
    quiz = release(quiz_of(module, name, asked, by), by)
    if is_live:
        renew_edition(module, by)
    data = {"quiz": quiz.title, "questions": len(asked), "is_live": is_live}
    log(lesson, "courses.add_lesson_with_quiz", user=by, data=data)
    return Made(lesson, quiz, is_live)


def _lesson(module: ModulePage, title: str, text: str, by) -> LessonPage:
    lesson = LessonPage(
        title=title,
        slug=free_slug(module, title, "lesson"),
        body=[("text", linebreaks(escape(text)))],
        locale=module.locale,
        owner=by,
        live=False,
    )
    return module.add_child(instance=lesson)


def quiz_of(
    module: ModulePage, title: str, questions: list[Question], by, **rules
) -> QuizPage:
    """A draft that asks these; for practice unless its rules say otherwise."""
    quiz = QuizPage(
        title=title[:255],
        slug=free_slug(module, title, "quiz"),
        locale=module.locale,
        owner=by,
        live=False,
        **{"purpose": QuizPage.Purpose.PRACTICE} | rules,
    )
    quiz.slots = [
        Slot(question=question, sort_order=place)
        for place, question in enumerate(questions)
    ]
    return module.add_child(instance=quiz)


def bank_question(
    new: NewQuestion, module: ModulePage, category: QuestionCategory | None
) -> Question:
    choices = [
        ("choice", {"text": text, "is_correct": place == new.right, "feedback": ""})
        for place, text in enumerate(new.choices)
    ]
    return Question.objects.create(
        stem=linebreaks(escape(new.stem)),
        choices=choices,
        category=category,
        locale=module.locale,
        live=False,
    )


def shelf_of(module: ModulePage) -> QuestionCategory | None:
    """The shelf named after the course, made when it is not there."""
    path = shelf_path(module)
    return QuestionCategory.objects.get_or_create(path=path)[0] if path else None


def shelf_path(module: ModulePage) -> str:
    course = CoursePage.objects.ancestor_of(module).first()
    return course.slug if course else ""


def renew_edition(module: ModulePage, by) -> None:
    course = CoursePage.objects.ancestor_of(module).live().first()
    if course and module.live and course.permissions_for_user(by).can_publish():
        publish_edition(course, by=by)
