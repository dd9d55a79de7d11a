"""Groups, the page rights of authors, and the flag that shows the way to the admin."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import GroupPagePermission

from lms import roles
from lms.actions.cohorts import add_staff, remove_staff
from tests.cast import make_cast
from tests.factories import (
    make_cohort,
    make_course,
    make_edition,
    make_lesson,
    make_module,
    make_user,
)

pytestmark = pytest.mark.django_db


def permissions_on(page, user):
    tester = page.permissions_for_user(type(user).objects.get(pk=user.pk))
    return {
        "add": tester.can_add_subpage(),
        "edit": tester.can_edit(),
        "publish": tester.can_publish(),
    }


def test_participants_and_observers_may_not_touch_a_page():
    lesson = make_lesson()
    cast = make_cast()

    nothing = {"add": False, "edit": False, "publish": False}
    assert permissions_on(lesson, cast.participant) == nothing
    assert permissions_on(lesson, cast.observer) == nothing
    assert permissions_on(lesson, cast.stranger) == nothing


def test_a_trainer_writes_the_own_course_and_publishes_nothing():
    course, other_course = make_course(), make_course()
    cohort = make_cohort(make_edition(course))
    user = make_user()
    add_staff(cohort, user=user, role="trainer", by=None)

    own = permissions_on(make_module(course), user)
    other = permissions_on(make_module(other_course), user)

    assert own == {"add": True, "edit": True, "publish": False}
    assert other == {"add": False, "edit": False, "publish": False}


def test_a_trainer_writes_every_language_of_the_own_course():
    course = make_course()
    tajik = make_course("tg", translation_key=course.translation_key)
    user = make_user()
    cohort = make_cohort(make_edition(course))

    add_staff(cohort, user=user, role="trainer", by=None)

    assert permissions_on(tajik, user)["edit"]


def test_a_translation_made_later_belongs_to_the_same_authors():
    course, user = make_course(), make_user()
    add_staff(make_cohort(make_edition(course)), user=user, role="trainer", by=None)

    tajik = make_course("tg", translation_key=course.translation_key)

    assert permissions_on(tajik, user)["edit"]


def test_a_catalogue_made_later_belongs_to_the_coordinators():
    cast = make_cast()
    tajik = make_course("tg")

    assert permissions_on(tajik, cast.coordinator)["publish"]
    assert not permissions_on(tajik, cast.trainer)["edit"]


def test_a_coordinator_publishes_courses():
    course = make_course()
    cast = make_cast()

    everything = {"add": True, "edit": True, "publish": True}
    assert permissions_on(course, cast.coordinator) == everything


def test_who_loses_the_last_role_loses_group_course_and_flag():
    course = make_course()
    user = make_user()
    cohort = make_cohort(make_edition(course))
    staff = add_staff(cohort, user=user, role="trainer", by=None)
    assert user.is_staff

    remove_staff(staff, by=None)

    user.refresh_from_db()
    assert (list(user.groups.all()), user.is_staff) == ([], False)
    assert not permissions_on(course, user)["edit"]


def test_a_role_in_another_cohort_keeps_the_group():
    user = make_user()
    first = add_staff(make_cohort(), user=user, role="marker", by=None)
    add_staff(make_cohort(), user=user, role="marker", by=None)

    remove_staff(first, by=None)

    assert [group.name for group in user.groups.all()] == [roles.MARKERS]


def test_roles_made_twice_are_the_same():
    make_course()
    roles.ensure_roles()
    before = GroupPagePermission.objects.count(), Group.objects.count()

    roles.ensure_roles()

    assert (GroupPagePermission.objects.count(), Group.objects.count()) == before
