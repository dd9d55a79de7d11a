"""ATT-44: what else takes place at the time of a session is said before it is saved."""

from copy import deepcopy
from datetime import date, time
from types import SimpleNamespace

import pytest
from django.urls import reverse

from lms.actions import attendance
from lms.actions.cohorts import add_staff
from lms.models import Cohort, Message, Session, Staff
from lms.overlaps import Slot, in_words, overlaps
from tests.cast import make_cast
from tests.factories import make_cohort, make_enrolment, make_session

pytestmark = pytest.mark.django_db

DAYS = {"starts_on": date(2026, 10, 1), "ends_on": date(2026, 12, 31)}
MONDAY = date(2026, 10, 19)
ANSWERS = {
    "title": "Referral",
    "local_date": "2026-10-19",
    "local_time": "09:00",
    "minutes": "90",
    "place": "Hall 1",
    "is_required": "on",
}


@pytest.fixture(scope="module")
def scene_once(once, at_once) -> SimpleNamespace:
    """In the other cohort a session from ten to half past eleven, in Hall 1."""
    at_once("2026-10-12T09:00+05:00")
    cast = make_cast()
    Session.objects.all().delete()
    Cohort.objects.update(**DAYS)
    cast.cohort.refresh_from_db()
    cast.other_session = make_session(
        cast.other_cohort, local_date=MONDAY, local_time=time(10), place="hall  1"
    )
    return cast


@pytest.fixture
def scene(scene_once, db) -> SimpleNamespace:
    return deepcopy(scene_once)


def wanted(scene, at=time(9), place="", minutes=90):
    session = Session(
        cohort=scene.cohort,
        local_date=MONDAY,
        local_time=at,
        minutes=minutes,
        place=place,
    )
    return overlaps(scene.cohort, [Slot.of(session)])


def test_the_same_trainer_place_or_participant_at_the_same_time_is_found(scene):
    """ATT-44"""
    add_staff(scene.other_cohort, user=scene.trainer, role="trainer", by=None)
    make_enrolment(scene.person, scene.other_cohort)

    [found] = wanted(scene, place="Hall 1")

    assert (found.session, found.trainers, found.is_same_place, found.participants) == (
        scene.other_session,
        (scene.trainer.username,),
        True,
        1,
    )
    assert wanted(scene, at=time(8, 30), place="Hall 1") == []
    assert wanted(scene, at=time(11, 30), place="Hall 1") == []
    attendance.cancel(scene.other_session, by=None, reason="x")
    assert wanted(scene, place="Hall 1") == []


def test_two_strange_cohorts_in_two_places_are_no_overlap(scene):
    """ATT-44"""
    assert wanted(scene, place="Hall 2") == []
    assert wanted(scene) == []


def test_a_session_of_the_same_cohort_overlaps_with_all_its_people(scene):
    """ATT-44"""
    make_session(scene.cohort, local_date=MONDAY, local_time=time(14))

    [found] = wanted(scene, at=time(15))

    assert (found.participants, found.is_same_place) == (1, False)


def test_a_cohort_of_others_is_not_named(scene):
    found = wanted(scene, place="Hall 1")

    assert in_words(found, scene.trainer) == [
        "19 October, 10:00, another cohort: the same place (hall  1)."
    ]
    assert scene.other_cohort.title in in_words(found, scene.administrator)[0]


def test_an_overlap_is_saved_only_once_it_was_seen(client, scene):
    """ATT-44: A warning on saving, allowed with a tick."""
    client.force_login(scene.trainer)
    address = reverse("lms:session_add", args=[scene.cohort.code])

    asked = client.post(address, ANSWERS)
    html = asked.content.decode()
    assert 'action="#asked"' in html
    assert 'id="asked"' in html
    without = client.post(address, ANSWERS | {"confirm": "on"})
    done = client.post(address, ANSWERS | {"confirm": asked.context["form"].box})

    assert "the same place (hall  1)" in asked.content.decode()
    assert "Yes, do it" in asked.content.decode()
    assert [asked.status_code, without.status_code, done.status_code] == [200, 200, 302]
    assert scene.cohort.sessions.count() == 1


def test_a_series_says_which_of_its_days_overlap(client, scene):
    """ATT-44"""
    client.force_login(scene.trainer)
    answers = ANSWERS | {"repeat": "daily", "first_on": "2026-10-18", "times": "3"}

    address = reverse("lms:series_add", args=[scene.cohort.code])
    shown = client.post(address, answers)
    days = ["2026-10-18", "2026-10-19", "2026-10-20"]
    plan = answers | {"plan": "1", "shown": shown.context["key"]}
    refused = client.post(address, plan | {"on": days})
    without = client.post(address, plan | {"on": [days[0], days[2]]})

    assert len(shown.context["form"].consequences) == 1
    assert (refused.status_code, without.status_code) == (200, 302)
    assert scene.cohort.sessions.count() == 2


def test_the_admins_form_warns_and_allows_what_is_meant(client, scene):
    """ATT-44"""
    client.force_login(scene.coordinator)
    address = reverse("lms_sessions:add")
    answers = ANSWERS | {"cohort": scene.cohort.pk}

    asked = client.post(address, answers)
    before = scene.cohort.sessions.count()
    client.post(address, answers | {"is_meant": "on"})

    assert "the same place" in str(asked.context["form"].errors["is_meant"])
    assert (before, scene.cohort.sessions.count()) == (0, 1)


def test_who_is_told_and_which_marks_there_are_stands_on_the_page(client, scene):
    session = make_session(scene.cohort, local_date=MONDAY, local_time=time(14))
    attendance.mark(
        session, enrolment=scene.enrolment, status_code="excused", by=scene.trainer
    )
    client.force_login(scene.trainer)
    address = reverse("lms:session_edit", args=[session.pk])

    asked = client.post(address, ANSWERS | {"place": "Hall 9"})
    cancelling = client.get(reverse("lms:session_cancel", args=[session.pk]))

    assert asked.context["form"].consequences == [
        "2 people are told by a letter.",
        "1 mark is made already; a trainer's mark stays as it is.",
        "The time to check in oneself moves with it, for 1 participant.",
    ]
    assert cancelling.context["consequences"] == [
        "1 mark stays in history and counts nowhere.",
        "2 people are told by a letter.",
    ]
    assert not Message.objects.exists()


def test_a_new_title_alone_asks_for_nothing(client, scene):
    session = make_session(
        scene.cohort, local_date=MONDAY, local_time=time(9), place="Hall 9"
    )
    client.force_login(scene.trainer)
    address = reverse("lms:session_edit", args=[session.pk])

    client.post(address, ANSWERS | {"place": "Hall 9", "title": "New"})

    session.refresh_from_db()
    assert session.title == "New"


def test_overlaps_of_many_sessions_cost_as_much_as_of_one(
    scene, django_assert_num_queries
):
    Staff.objects.filter(cohort=scene.other_cohort).delete()
    for hour in (9, 10, 11):
        make_session(make_cohort(**DAYS), local_date=MONDAY, local_time=time(hour))
    slots = [Slot(one.starts_at, 90, "x") for one in Session.objects.all()]

    for count in (1, 4):
        with django_assert_num_queries(3):
            overlaps(scene.cohort, slots[:count])
