"""What the front page shows: the first courses, and the year in a sentence."""

import re

from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from courses import clock, content_version
from courses.models import CourseIndexPage, CoursePage
from courses.screens.catalogue import cards
from lms.reports.dataset import report
from lms.reports.disclosure import is_small
from lms.reports.observing import observed
from lms.reports.people_trained import total
from lms.reports.period import Period
from lms.reports.question import Question
from lms.reports.trained import said

from .models import HomePage

COVERS = 8
TEN_MINUTES, HOUR = 600, 3600


def front(page: HomePage, request: HttpRequest) -> dict:
    """Nothing here is about the visitor: everybody of one language sees the same."""
    return {"sentence": _sentence(), **_courses(page, request)}


def _courses(page: HomePage, request: HttpRequest) -> dict:
    """The first covers; kept for minutes, as the next cohorts stand on them."""
    name = f"front:{content_version.current()}:{request.get_host()}:{page.pk}"
    found = cache.get(name)
    if found is None:
        index = CourseIndexPage.objects.child_of(page).live().first()
        courses = CoursePage.objects.child_of(index or page).live().public()
        first = courses.select_related("locale", "picture")[:COVERS]
        found = {"cards": cards(list(first), request), "count": courses.count()}
        cache.set(name, found, TEN_MINUTES)
    return found


def _sentence() -> str:
    """This year's, of all cohorts, as those read it who know nobody (RP-04).

    Empty as long as it would speak of fewer than five people.
    """
    year = timezone.localdate(clock.now()).year
    name = f"front:sentence:{year}:{get_language()}"
    found = cache.get(name)
    if found is None:
        question = Question(Period.year(year))
        people = total(question).people
        found = ""
        if people and not is_small(people):
            tables, _notes = observed(report("people-trained"), question)
            found = _stressed(said(question, tables), people)
        cache.set(name, found, HOUR)
    return found


def _stressed(text: str, number: int) -> SafeString:
    """The text with the number in it set in strong letters."""
    before, figure, after = re.split(rf"(?<!\d)({number})(?!\d)", text, maxsplit=1)
    return format_html("{}<strong>{}</strong>{}", before, figure, after)
