"""Freezing a course's outline and what completing it takes."""

from itertools import chain, groupby
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail.models import Page

from courses import clock
from courses.languages import in_order
from courses.models import CoursePage, Edition, LessonPage, ModulePage, QuizPage


class CourseHasNoLessons(Exception):
    """There is nothing to complete in it."""

    def __init__(self):
        super().__init__(
            _("This course has no published lesson and no published quiz yet.")
        )


@transaction.atomic
def publish_edition(course: CoursePage, *, by) -> Edition:
    """Freeze what is live in any language; the newest edition if nothing changed.

    What one language lacks stands where another has it; what they disagree about is
    taken from the language that comes first. A quiz that a new version replaces is left
    to the editions before.
    """
    courses = _live_courses(course.translation_key) or [course]
    content = _content(courses)
    newest = Edition.objects.newest(course.translation_key)
    if newest and all(getattr(newest, name) == content[name] for name in content):
        return newest
    edition = Edition.objects.create(
        course_key=course.translation_key,
        number=newest.number + 1 if newest else 1,
        created_at=clock.now(),
        **content,
    )
    log(course, "courses.publish_edition", user=by, data={"number": edition.number})
    return edition


def _live_courses(course_key: UUID) -> list[CoursePage]:
    """Locked, so that of two people who publish at once one follows the other."""
    courses = CoursePage.objects.live().filter(translation_key=course_key)
    return in_order(courses.select_for_update(of=("self",)).select_related("locale"))


def _content(courses: list[CoursePage]) -> dict:
    first = courses[0]
    pages = [list(c.get_descendants().live().specific()) for c in courses]
    replaced = {page.replaces for page in chain(*pages) if isinstance(page, QuizPage)}
    trees = [
        _tree(course, [page for page in own if page.translation_key not in replaced])
        for course, own in zip(courses, pages, strict=True)
    ]
    modules = _modules(_merged(trees))
    if not modules:
        raise CourseHasNoLessons
    required = first.prerequisites.values_list("course__translation_key", "kind")
    return {
        "outline": {"modules": modules},
        "policy": first.attendance_policy(),
        "prerequisites": [{"course": str(key), "kind": kind} for key, kind in required],
    }


def _tree(course: CoursePage, pages: list[Page]) -> list[dict]:
    """What stands directly under the course, each with its live activities.

    A quiz outside every module is its own only activity; its module is the course.
    """
    tops = [page for page in pages if page.depth == course.depth + 1]
    return [
        {
            "key": str(top.translation_key),
            "module": str((top if _is_module(top) else course).translation_key),
            "activities": [
                _activity(page)
                for page in pages
                if page.path.startswith(top.path) and not _is_module(page)
            ],
        }
        for top in tops
    ]


def _is_module(page) -> bool:
    return isinstance(page, ModulePage)


def _activity(page: LessonPage | QuizPage) -> dict:
    is_quiz = isinstance(page, QuizPage)
    return {
        "key": str(page.translation_key),
        "kind": "quiz" if is_quiz else "lesson",
        "is_required": page.is_required,
        "completes": "" if is_quiz else page.completes,
        "least_seconds": 0 if is_quiz else page.least_seconds,
        "minutes": page.minutes or 0,
    }


def _merged(trees: list[list[dict]]) -> list[dict]:
    """One tree; what only a later one has stands behind its neighbour from there."""
    merged: list[dict] = []
    for tree in trees:
        place = 0
        for node in tree:
            keys = [known["key"] for known in merged]
            if node["key"] in keys:
                place = keys.index(node["key"])
                merged[place] = _joined(merged[place], node)
            else:
                merged.insert(place, node)
            place += 1
    return merged


def _joined(known: dict, twin: dict) -> dict:
    if "activities" not in known:
        return known
    both = [known["activities"], twin["activities"]]
    return known | {"activities": _merged(both)}


def _modules(tops: list[dict]) -> list[dict]:
    """Neighbours of one module together; a module with nothing to do is left out."""
    groups = [
        {"key": key, "activities": [a for top in group for a in top["activities"]]}
        for key, group in groupby(tops, lambda top: top["module"])
    ]
    return [module for module in groups if module["activities"]]
