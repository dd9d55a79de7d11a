"""One course in one language as pages."""

from collections.abc import Mapping

from wagtail.models import Page

from courses.models import (
    CourseIndexPage,
    CoursePage,
    LessonPage,
    ModulePage,
    Prerequisite,
    Question,
    QuestionCategory,
    QuizPage,
    Slot,
)

from . import reading
from .blocks import body, stream
from .keys import key


def add_course(
    course: reading.Course, index: CourseIndexPage, code: str, terms: Mapping[str, int]
) -> list[Page]:
    """Add the course and all below it; the course comes first, nothing is published."""
    page = index.add_child(instance=_course(course, index, code))
    pages = [page]
    if course.pre_test:
        pages.append(page.add_child(instance=_pre_test(course, page, code)))
    if course.practice:
        pages.append(page.add_child(instance=_practice(course, page, code)))
    for module in course.modules:
        inner = page.add_child(instance=_module(course, module, page, code))
        pages.append(inner)
        for lesson in module.lessons:
            row = _lesson(course, module, lesson, code, terms)
            row.locale = page.locale
            pages.append(inner.add_child(instance=row))
    pages.append(page.add_child(instance=_quiz(course, page, code)))
    return pages


def publish(pages: list[Page]) -> None:
    """Publish each with a revision, what is above last: it freezes what is below."""
    for page in reversed(pages):
        page.save_revision().publish()


def _course(course: reading.Course, index: CourseIndexPage, code: str) -> CoursePage:
    words = course.texts[code]
    page = CoursePage(
        title=words["title"],
        slug=course.slug,
        summary=words["summary"],
        objectives=_objectives(words, "course", course.slug),
        audiences=course.audiences,
        minutes=course.minutes,
        level=course.level,
        attendance_percent=course.attendance_percent,
        indicators=course.indicators,
        locale=index.locale,
        translation_key=key("course", course.slug),
    )
    required = CoursePage.objects.filter(
        locale=index.locale,
        translation_key__in=[key("course", slug) for slug in course.requires],
    )
    page.prerequisites = [
        Prerequisite(course=other, sort_order=place)
        for place, other in enumerate(required)
    ]
    return page


def _module(course, module: reading.Module, parent: Page, code: str) -> ModulePage:
    words = module.texts[code]
    return ModulePage(
        title=words["title"],
        slug=module.slug,
        summary=words["summary"],
        locale=parent.locale,
        translation_key=key("module", course.slug, module.slug),
    )


def _lesson(course, module, lesson: reading.Lesson, code: str, terms) -> LessonPage:
    words = lesson.texts[code]
    path = (course.slug, module.slug, lesson.slug)
    notes = {
        name: words["facilitator_notes"].get(name, "")
        for name in ("timing", "materials", "safety")
    }
    return LessonPage(
        title=words["title"],
        slug=lesson.slug,
        summary=words["summary"],
        objectives=_objectives(words, "lesson", *path),
        minutes=lesson.minutes,
        body=body(words["body"], terms, *path),
        facilitator_notes=stream([("notes", notes)], "notes", *path),
        completes=lesson.completes,
        least_seconds=lesson.least_seconds,
        translation_key=key("lesson", *path),
    )


def _pre_test(course: reading.Course, parent: Page, code: str) -> QuizPage:
    """What people know before; nobody needs it to complete the course."""
    return _questions(
        course.pre_test,
        parent,
        code,
        slug="pre-test",
        purpose=QuizPage.Purpose.PRE_TEST,
        is_required=False,
        translation_key=key("pre-test", course.slug),
    )


def _practice(course: reading.Course, parent: Page, code: str) -> QuizPage:
    """A question of each kind, to get to know them before anything counts."""
    return _questions(
        course.practice,
        parent,
        code,
        slug="practice",
        purpose=QuizPage.Purpose.PRACTICE,
        is_required=False,
        translation_key=key("practice", course.slug),
    )


def _quiz(course: reading.Course, parent: Page, code: str) -> QuizPage:
    """The final quiz; where there is a pre-test, it also says what was learned."""
    purposes = QuizPage.Purpose
    return _questions(
        course.quiz,
        parent,
        code,
        slug="final-quiz",
        purpose=purposes.POST_TEST if course.pre_test else purposes.FINAL,
        translation_key=key("quiz", course.slug),
    )


def _questions(quiz: reading.Quiz, parent: Page, code: str, **fields) -> QuizPage:
    words = quiz.texts[code]
    page = QuizPage(
        title=words["title"],
        intro=words["intro"],
        pass_percent=quiz.pass_percent,
        attempts_allowed=quiz.attempts,
        minutes=quiz.minutes,
        locale=parent.locale,
        **fields,
    )
    keys = [key("question", id) for id in quiz.questions]
    found = Question.objects.filter(locale=parent.locale, translation_key__in=keys)
    by_key = {question.translation_key: question for question in found}
    slots = [Slot(question=by_key[one]) for one in keys if one in by_key]
    if quiz.draw_from:
        category = QuestionCategory.objects.get(path=quiz.draw_from)
        slots.append(Slot(draw_from=category, draw_count=quiz.draw_count))
    for place, slot in enumerate(slots):
        slot.sort_order = place
    page.slots = slots
    return page


def _objectives(words: reading.Words, *path: object) -> str:
    return stream([("objective", text) for text in words["objectives"]], *path)
