"""The address of a session on line: to whom and from when."""

from copy import deepcopy
from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from courses import clock
from lms.actions.conferences import set_online_rules
from lms.joining import joining_of
from lms.models import Enrolment, Mark
from tests.cast import make_cast

pytestmark = pytest.mark.django_db
ADDRESS = "https://meet.example.org/secret-room"


@pytest.fixture(scope="module")
def scene_once(once, at_once):
    now = at_once("2026-10-12T08:00+05:00")
    cast = make_cast()
    type(cast.cohort).objects.update(timezone="Asia/Dushanbe")
    cast.cohort.refresh_from_db()
    cast.session.link = ADDRESS
    cast.session.save()
    Enrolment.objects.update(active_from=now - timedelta(days=5))
    cast.enrolment.refresh_from_db()
    return cast


@pytest.fixture
def scene(scene_once, db):
    return deepcopy(scene_once)


def shown(scene, time: str) -> str | None:
    now = datetime.fromisoformat(f"2026-10-12T{time}+05:00")
    joining = joining_of(scene.session, scene.enrolment, now)
    return joining and joining.url


def test_the_address_is_shown_from_minutes_before_until_the_end(scene):
    times = ["08:44:59", "08:45:00", "10:29:59", "10:30:00"]

    assert [shown(scene, time) for time in times] == ["", ADDRESS, ADDRESS, None]


def test_the_cohort_says_how_many_minutes_before(scene):
    set_online_rules(
        scene.cohort, by=None, present_percent=80, partly_percent=40, link_minutes=5
    )
    scene.session.cohort.refresh_from_db()

    assert [shown(scene, time) for time in ("08:54:59", "08:55:00")] == ["", ADDRESS]


@pytest.mark.parametrize("status", ["withdrawn", "completed", "requested", "guest"])
def test_only_an_active_place_sees_it(scene, status):
    scene.enrolment.status = status

    assert shown(scene, "09:00:00") is None


def test_no_address_and_a_cancelled_session_offer_nothing(scene):
    scene.session.status = "cancelled"
    cancelled = shown(scene, "09:00:00")
    scene.session.status, scene.session.link = "planned", ""

    assert (cancelled, shown(scene, "09:00:00")) == (None, None)


@pytest.mark.parametrize("page", ["my_courses", "my_attendance"])
def test_the_page_says_when_it_appears_and_then_is_a_plain_link(
    scene, client, at, page
):
    client.force_login(scene.participant)
    args = [scene.enrolment.pk] if page == "my_attendance" else []
    url = reverse(f"lms:{page}", args=args)

    early = client.get(url).content.decode()
    at(clock.now() + timedelta(minutes=45))
    open_now = client.get(url).content.decode()

    assert "The link to join appears at 08:45" in early
    assert ADDRESS not in early
    assert f'href="{ADDRESS}"' in open_now
    assert not Mark.objects.exists()
