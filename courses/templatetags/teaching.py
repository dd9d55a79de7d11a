"""What a page of the course tree shows: `{% screen as it %}`."""

from django import template

from courses.models import CourseIndexPage, CoursePage, LessonPage, ModulePage, QuizPage
from courses.screens.activity import lesson, module, quiz
from courses.screens.catalogue import catalogue
from courses.screens.course import course
from courses.screens.quiz_notes import draw_notes, stale_questions

register = template.Library()

SCREENS = {
    CourseIndexPage: catalogue,
    CoursePage: course,
    ModulePage: module,
    LessonPage: lesson,
    QuizPage: quiz,
}


@register.simple_tag(takes_context=True)
def screen(context) -> dict:
    """Gather what the template of this page type shows, for this request."""
    page = context["page"]
    return SCREENS[type(page)](page, context["request"])


@register.simple_tag
def staff_notes(page: QuizPage) -> list[str]:
    """What the editors of a quiz should know of its questions."""
    return [*stale_questions(page), *draw_notes(page)] if page.pk else []
