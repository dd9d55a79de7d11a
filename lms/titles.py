"""What a course is called in the reader's language."""

import uuid

from django.utils.translation import get_language

from courses.languages import in_order
from courses.models import CoursePage

from .alphabet import by_name


def course_titles() -> dict[uuid.UUID, str]:
    """The title of every course by its key, in the nearest language there is."""
    pages = CoursePage.objects.select_related("locale").defer_streamfields()
    titles: dict[uuid.UUID, str] = {}
    for page in in_order(pages, get_language()):
        titles.setdefault(page.translation_key, page.title)
    return titles


def courses_to_choose() -> list[tuple[str, str]]:
    """Keys as text and titles, in the order of the alphabet."""
    found = [(str(key), title) for key, title in course_titles().items()]
    return sorted(found, key=lambda one: by_name(one[1]))
