"""The trainers' front page, what waits for them, signing off lessons."""

from copy import deepcopy
from datetime import date, time

import pytest
from django.urls import reverse

from lms.models import Progress
from lms.panels import waiting
from tests.cast import make_cast
from tests.factories import (
    make_course,
    make_edition,
    make_lesson,
    make_module,
    make_session,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def scene_once(once, at_once):
    """A cohort whose one lesson is signed off by a trainer, on a Monday morning."""
    at_once("2026-10-12T09:00+05:00")
    cast = make_cast()
    course = make_course()
    cast.lesson = make_lesson(make_module(course), completes="sign_off")
    cast.cohort.edition = make_edition(course, cast.lesson)
    cast.cohort.save()
    type(cast.session).objects.all().delete()
    return cast


@pytest.fixture
def scene(scene_once, db):
    return deepcopy(scene_once)


@pytest.mark.parametrize(
    ("who", "status"), [("participant", 403), ("stranger", 403), ("observer", 302)]
)
def test_who_does_not_teach_has_no_such_page(client, scene, who, status):
    client.force_login(getattr(scene, who))

    assert client.get(reverse("lms:teach")).status_code == status
    address = reverse("lms:sign_off", args=[scene.cohort.pk])
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("who", ["other_trainer", "other_coordinator"])
def test_staff_of_another_cohort_sign_nothing_off_here(client, scene, who):
    client.force_login(getattr(scene, who))
    address = reverse("lms:sign_off", args=[scene.cohort.pk])

    data = {str(scene.lesson.translation_key): scene.enrolment.pk}
    assert client.post(address, data).status_code == 404
    assert not Progress.objects.exists()


def test_a_marker_signs_nothing_off(client, scene):
    client.force_login(scene.marker)

    address = reverse("lms:sign_off", args=[scene.cohort.pk])
    assert client.post(address).status_code == 403


def test_a_signed_out_visitor_is_sent_to_sign_in(client):
    assert client.get(reverse("lms:teach")).status_code == 302


def test_a_place_of_another_cohort_is_not_signed_off_through_mine(client, scene):
    client.force_login(scene.trainer)

    client.post(
        reverse("lms:sign_off", args=[scene.cohort.pk]),
        {str(scene.lesson.translation_key): [scene.other_enrolment.pk, "x"]},
    )

    assert not Progress.objects.exists()


def test_today_is_what_the_clock_shows_in_the_cohorts_place(client, scene, at):
    late = make_session(
        scene.cohort,
        local_date=date(2026, 10, 12),
        local_time=time(23),
        title="Late talk",
    )
    at("2026-10-12T23:30+05:00")
    client.force_login(scene.trainer)
    today = client.get(reverse("lms:teach"))
    at("2026-10-13T00:30+05:00")
    tomorrow = client.get(reverse("lms:teach"))

    assert today.context["today"] == [late]
    assert tomorrow.context["today"] == []


def test_a_session_of_another_cohort_is_not_mine_today(client, scene):
    make_session(scene.other_cohort, local_date=date(2026, 10, 12), local_time=time(10))
    client.force_login(scene.trainer)

    page = client.get(reverse("lms:teach"))

    assert (page.context["today"], page.context["next_sessions"]) == ([], [])


def test_ticked_people_are_signed_off_once(client, scene):
    client.force_login(scene.trainer)
    address = reverse("lms:sign_off", args=[scene.cohort.pk])
    data = {str(scene.lesson.translation_key): scene.enrolment.pk}

    assert [task.count for _, tasks in waiting(scene.trainer) for task in tasks] == [1]
    client.post(address, data)
    client.post(address, data)

    signed = Progress.objects.values_list("enrolment", "state", "source")
    assert list(signed) == [(scene.enrolment.pk, "completed", "trainer")]
    scene.trainer.refresh_from_db()
    assert waiting(scene.trainer) == []


def test_a_register_left_open_waits_for_its_trainer_only(scene, at):
    make_session(scene.cohort, local_date=date(2026, 10, 12), local_time=time(10))
    at("2026-10-12T12:00+05:00")

    keys = [panel.key for panel, _ in waiting(scene.trainer)]
    assert keys == ["registers", "lessons"]
    assert waiting(scene.other_trainer) == []
    assert waiting(scene.observer) == []
    assert waiting(scene.marker) == []
