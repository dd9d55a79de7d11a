"""A module, a lesson or a quiz: its place in the course, what is before and after."""

from dataclasses import dataclass

from django.http import HttpRequest
from wagtail.models import Page

from courses.bodies import body_of, fresh_body_of
from courses.models import CoursePage, LessonPage, ModulePage, QuizPage
from courses.outline import Activity, Outline, outline_of_newest

from . import words
from .outlines import modules
from .quiz_rules import rules_of


@dataclass
class Place:
    """Where in the course this page stands; 0 when the reader's edition lacks it."""

    number: int
    of: int
    previous: Activity | None
    next: Activity | None


def activity(page: LessonPage | QuizPage, request: HttpRequest) -> dict:
    study = getattr(request, "study", None)
    outline = study.outline if study else _outline_around(page)
    key = str(page.translation_key)
    return {
        "study": study,
        "foot": getattr(study, "foot", None),
        "bar": getattr(study, "bar", None),
        "is_done": key in {str(done) for done in getattr(study, "done", ())},
        "place": _place(outline, key),
        "modules": modules(outline, study, may_open=True, here=key),
        "course": outline.course,
        "minutes": words.duration(page.minutes) if page.minutes else "",
    }


def lesson(page: LessonPage, request: HttpRequest) -> dict:
    is_draft = getattr(request, "is_preview", False)
    return activity(page, request) | {
        "body": fresh_body_of(page) if is_draft else body_of(page)
    }


def quiz(page: QuizPage, request: HttpRequest) -> dict:
    return activity(page, request) | {"rules": rules_of(page)}


def module(page: ModulePage, request: HttpRequest) -> dict:
    """Only this module's part of the outline, without its title again."""
    study = getattr(request, "study", None)
    outline = study.outline if study else _outline_around(page)
    key = str(page.translation_key)
    listed = modules(outline, study, may_open=True)
    return {
        "modules": [one | {"title": ""} for one in listed if one["key"] == key],
        "course": outline.course,
    }


def _outline_around(page: Page) -> Outline:
    course = CoursePage.objects.ancestor_of(page).select_related("locale").first()
    if course is None:
        return Outline([])
    return outline_of_newest(course, page.locale.language_code)


def _place(outline: Outline, key: str) -> Place:
    keys = [activity.key for activity in outline.live]
    previous, following = outline.neighbours(key)
    number = keys.index(key) + 1 if key in keys else 0
    return Place(number, len(keys), previous, following)
