"""The cohort's home: the session at hand first, then who and what waits."""

from copy import deepcopy
from datetime import date, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import make_cast
from tests.factories import make_enrolment, make_session

from .groups import make_mark

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 10, 12)


@pytest.fixture(scope="module")
def scene_once(once, at_once):
    """A Monday morning, and no session yet."""
    at_once("2026-10-12T09:00+05:00")
    cast = make_cast()
    type(cast.session).objects.all().delete()
    cast.address = reverse("lms:cohort", args=[cast.cohort.code])
    return cast


@pytest.fixture
def scene(scene_once, db):
    return deepcopy(scene_once)


def home(client, scene, who="trainer"):
    client.force_login(getattr(scene, who))
    return client.get(scene.address)


def test_a_signed_out_visitor_is_sent_to_sign_in(client, scene):
    assert client.get(scene.address).status_code == 302


def test_only_looking_is_possible(client, scene):
    client.force_login(scene.trainer)

    assert client.post(scene.address).status_code == 405


def test_the_session_of_today_stands_first_with_its_register(client, scene):
    make_session(scene.cohort, local_date=date(2026, 10, 19))
    session = make_session(scene.cohort, local_date=MONDAY)
    make_mark(scene.enrolment, session)

    answer = home(client, scene)

    assert answer.context["sessions"] == [session]
    text = answer.content.decode()
    assert "Register open, 1 person marked" in text
    assert reverse("lms:register", args=[session.pk]) in text
    assert text.index("Open the register") < text.index("in the cohort")


def test_of_two_today_the_one_to_sign_off_stands_first(client, scene):
    signed = make_session(
        scene.cohort,
        local_date=MONDAY,
        register="signed",
        signed_by=scene.trainer,
        signed_at="2026-10-12T08:00Z",
    )
    open_one = make_session(scene.cohort, local_date=MONDAY, local_time=time(14))

    assert home(client, scene).context["sessions"] == [open_one, signed]


def test_without_a_session_today_it_is_the_next_one(client, scene):
    make_session(scene.cohort, local_date=date(2026, 10, 5))
    make_session(scene.cohort, local_date=date(2026, 10, 13), status="cancelled")
    soon = make_session(scene.cohort, local_date=date(2026, 10, 14))
    make_session(scene.cohort, local_date=date(2026, 10, 15))

    assert home(client, scene).context["sessions"] == [soon]


def test_when_nothing_is_planned_the_way_to_plan_is_shown(client, scene):
    text = home(client, scene).content.decode()

    assert reverse("lms:session_add", args=[scene.cohort.code]) in text


def test_a_marker_sees_no_register(client, scene):
    session = make_session(scene.cohort, local_date=MONDAY)
    answer = home(client, scene, "marker")

    assert answer.status_code == 200
    assert reverse("lms:register", args=[session.pk]) not in answer.content.decode()


def test_what_waits_in_this_cohort_is_shown_and_nothing_of_another(client, scene):
    make_session(scene.cohort, local_date=date(2026, 10, 5))
    make_session(scene.other_cohort, local_date=date(2026, 10, 5))

    waiting = home(client, scene).context["waiting"]

    assert [(panel.key, len(tasks)) for panel, tasks in waiting] == [("registers", 1)]


def test_a_cohort_without_people_says_so(client, scene):
    scene.cohort.enrolments.all().delete()

    assert "Nobody is enrolled yet" in home(client, scene).content.decode()


def test_the_trainers_front_page_leads_here(client, scene):
    client.force_login(scene.trainer)

    assert scene.address in client.get(reverse("lms:teach")).content.decode()


def test_as_many_queries_for_three_people_as_for_one(client, scene):
    make_session(scene.cohort, local_date=MONDAY)

    def queries():
        client.get(scene.address)
        with CaptureQueriesContext(connection) as seen:
            client.get(scene.address)
        return len(seen)

    client.force_login(scene.coordinator)
    one = queries()
    for _ in range(2):
        make_enrolment(cohort=scene.cohort)
    make_session(scene.cohort, local_date=MONDAY, local_time=time(14))

    assert queries() == one
