"""Who may study a course, and who may read along: its staff and editors."""

import uuid

from wagtail.models import Page

from courses.models import CoursePage
from courses.outline import edition_of

from . import scoping
from .models import Enrolment, Response


def course_key_of(page: Page) -> uuid.UUID | None:
    """The key of the course this page belongs to."""
    course = CoursePage.objects.ancestor_of(page, inclusive=True)
    return course.values_list("translation_key", flat=True).first()


def enrolment_for(user, course_key: uuid.UUID) -> Enrolment | None:
    """The user's newest place in this course that still lets them study."""
    places = Enrolment.objects.of(user).studying().order_by()
    mine = places.filter(cohort__edition__course_key=course_key)
    # One or two: sorting them here costs less than asking the database for it.
    newest = max(
        mine.select_related("cohort"),
        key=lambda one: (one.active_from or one.created_at, one.pk),
        default=None,
    )
    if newest:
        newest.cohort.edition = edition_of(newest.cohort.edition_id)
    return newest


def is_asked(user, question_key: uuid.UUID) -> bool:
    """Was this question dealt to the user, in any attempt?"""
    mine = Response.objects.filter(attempt__enrolment__person__user=user)
    return mine.filter(question_key=question_key).exists()


def reads_along(user, page: Page, course_key: uuid.UUID | None = None) -> bool:
    """Staff of a cohort of the course and its editors; nothing they do is recorded."""
    if not user.is_authenticated:
        return False
    key = course_key or course_key_of(page)
    if scoping.cohorts_for(user, "see").filter(edition__course_key=key).exists():
        return True
    return page.permissions_for_user(user).can_edit()


def can_study(user, page: Page) -> bool:
    """May the user open this course, module, lesson or quiz page?"""
    if not user.is_authenticated:
        return False
    key = course_key_of(page)
    return enrolment_for(user, key) is not None or reads_along(user, page, key)
