"""What a trainer is shown beside who checked in, and what it never changes."""

from copy import deepcopy
from datetime import timedelta

import pytest

from courses import clock
from lms import standing
from lms.actions.check_in_refusals import OffSite
from lms.actions.check_in_rules import set_check_in_rules
from lms.check_in_site import note_site, site_of
from lms.networks import is_elsewhere, neighbourhood
from tests.factories import make_enrolment, make_participant

from .checking_in import LONG_AGO, at_nine, come, flags, make_scene, marked, refused

pytestmark = pytest.mark.django_db

ROOM, ELSEWHERE = "203.0.113.7", "198.51.100.9"


@pytest.fixture(scope="module")
def scene_once(once):
    return make_scene()


@pytest.fixture
def scene(scene_once, db, at):
    at(at_nine("09:00:00"))
    return deepcopy(scene_once)


@pytest.fixture
def site(scene):
    """The room's page is open at ROOM."""
    note_site(scene.session.pk, ROOM, scene.session.ends_at)


def crowd(scene, count: int):
    return [
        make_enrolment(make_participant(), scene.cohort, active_from=LONG_AGO)
        for _ in range(count)
    ]


def test_one_network_for_a_whole_room_is_no_flag(scene, site):
    """ATT-23: one router, one classroom."""
    for number, place in enumerate(crowd(scene, 8)):
        come(place, scene.session, device=f"phone {number}", network=ROOM)

    assert flags(scene.session) == [[]] * 8


def test_one_device_for_two_people_is_accepted_and_flagged_on_both(scene):
    """ATT-23"""
    one, two, three = scene.places
    come(one, scene.session, device="tablet")
    come(three, scene.session, device="phone")
    come(two, scene.session, device="tablet")

    assert [status for _place, status, _source in marked(scene.session)] == [
        "present"
    ] * 3
    assert flags(scene.session) == [["same_device"], [], ["same_device"]]


def test_the_same_person_on_one_device_twice_is_nobody_elses(scene):
    """ATT-23"""
    one = scene.places[0]
    come(one, scene.session, device="phone")
    come(one, scene.session, device="phone")

    assert all("same_device" not in each for each in flags(scene.session))


def test_without_a_device_nobody_is_the_same(scene):
    for place in scene.places:
        come(place, scene.session)

    assert flags(scene.session) == [[]] * 3


def test_many_people_within_a_minute_from_one_device_are_a_burst(scene, at):
    places = crowd(scene, 5)
    for place in places[:4]:
        come(place, scene.session, device="tablet")
    at(clock.now() + timedelta(seconds=60))
    come(places[4], scene.session, device="tablet")

    same = ["same_device"]
    assert flags(scene.session) == [same, same, same, [*same, "burst"], same]


def test_many_people_within_a_minute_from_one_place_elsewhere_are_a_burst(scene, site):
    for number, place in enumerate(crowd(scene, 4)):
        come(place, scene.session, device=f"phone {number}", network=ELSEWHERE)

    off = ["off_site"]
    assert flags(scene.session) == [off, off, off, [*off, "burst"]]


def test_a_code_from_elsewhere_is_accepted_and_flagged(scene, site):
    """ATT-24: no flag changes a figure."""
    one, two, _three = scene.places
    come(one, scene.session, network=ELSEWHERE)
    come(two, scene.session, network="203.0.113.200")

    assert flags(scene.session) == [["off_site"], []]
    assert standing.attendance_of(one) == standing.attendance_of(two)


def test_a_cohort_may_refuse_codes_from_elsewhere(scene, site):
    """ATT-24"""
    set_check_in_rules(scene.cohort, by=None, off_site="refuse")
    one, two, _three = scene.places

    with pytest.raises(OffSite):
        come(one, scene.session, network=ELSEWHERE)
    come(two, scene.session, network=ROOM)

    assert marked(scene.session) == [(two.pk, "present", "room_code")]
    assert refused() == ["off_site"]


def test_nowhere_is_elsewhere_before_the_rooms_page_was_opened(scene):
    """ATT-24: nothing to compare with is nothing against anybody."""
    set_check_in_rules(scene.cohort, by=None, off_site="refuse")

    come(scene.places[0], scene.session, network=ELSEWHERE)

    assert flags(scene.session) == [[]]


def test_the_network_of_the_room_is_known_while_one_may_check_in(scene):
    note_site(scene.session.pk, ROOM, clock.now() + timedelta(minutes=5))
    note_site(scene.session.pk, ROOM, clock.now() + timedelta(minutes=5))
    note_site(scene.session.pk, ELSEWHERE, clock.now())

    assert site_of(scene.session.pk) == ["203.0.113.0/24"]


@pytest.mark.parametrize(
    ("address", "site", "found"),
    [
        (ROOM, [], False),
        ("", ["203.0.113.0/24"], False),
        (ROOM, ["203.0.113.0/24"], False),
        (ELSEWHERE, ["203.0.113.0/24"], True),
        (ELSEWHERE, ["203.0.113.0/24", "198.51.100.0/24"], False),
        ("2001:db8::7", ["203.0.113.0/24"], False),
        ("2001:db8:0:1::7", ["2001:db8::/64"], True),
        ("2001:db8::ffff:7", ["2001:db8::/64", "203.0.113.0/24"], False),
    ],
)
def test_elsewhere_is_another_network_of_the_same_kind(address, site, found):
    """ATT-24"""
    assert is_elsewhere(address, site) is found


def test_a_neighbourhood_is_told_in_one_way():
    addresses = (ROOM, f"::ffff:{ROOM}", "2001:db8::7")

    assert [neighbourhood(one) for one in addresses] == [
        "203.0.113.0/24",
        "203.0.113.0/24",
        "2001:db8::/64",
    ]
