"""What a page of the course tree shows: `{% screen as it %}`."""

from django import template

from courses.models import CourseIndexPage, CoursePage, LessonPage, ModulePage, QuizPage
from courses.screens.activity import lesson, module, quiz
from courses.screens.catalogue import catalogue
from courses.screens.course import course

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
