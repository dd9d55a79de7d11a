"""Who may study, and who may read along."""

from copy import deepcopy

import pytest
from django.contrib.auth.models import AnonymousUser

from courses import clock
from lms.access import can_study, course_key_of, enrolment_for
from tests.cast import make_cast
from tests.factories import (
    make_cohort,
    make_course,
    make_edition,
    make_enrolment,
    make_lesson,
    make_module,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def scene_once(once):
    course = make_course()
    lesson = make_lesson(make_module(course))
    cast = make_cast()
    edition = make_edition(course, lesson)
    type(cast.cohort).objects.filter(pk=cast.cohort.pk).update(edition=edition)
    cast.course, cast.lesson = course, lesson
    return cast


@pytest.fixture
def scene(scene_once, db):
    return deepcopy(scene_once)


@pytest.mark.parametrize(
    "who",
    ["other_participant", "other_trainer", "other_marker", "observer", "stranger"],
)
def test_who_has_nothing_to_do_with_the_course_may_not_read_its_lessons(scene, who):
    assert not can_study(getattr(scene, who), scene.lesson)


def test_a_signed_out_visitor_may_not_read_a_lesson(scene):
    assert not can_study(AnonymousUser(), scene.lesson)


@pytest.mark.parametrize("status", ["requested", "waitlisted", "offered", "withdrawn"])
def test_a_place_that_is_not_active_opens_nothing(scene, status):
    scene.enrolment.status = status
    scene.enrolment.queued_at = clock.now()
    scene.enrolment.save()

    assert not can_study(scene.participant, scene.lesson)


@pytest.mark.parametrize(
    "who", ["participant", "trainer", "marker", "coordinator", "administrator"]
)
def test_participants_staff_and_editors_may_read(scene, who):
    assert can_study(getattr(scene, who), scene.lesson)


def test_the_course_of_a_lesson_is_found(scene):
    assert course_key_of(scene.lesson) == scene.course.translation_key


def test_the_newest_place_counts(scene):
    newer = make_cohort(make_edition(scene.course))
    place = make_enrolment(scene.person, newer, active_from=newer.created_at)

    assert enrolment_for(scene.participant, scene.course.translation_key) == place


def test_staff_have_no_place(scene):
    """CO-13"""
    assert enrolment_for(scene.trainer, scene.course.translation_key) is None
