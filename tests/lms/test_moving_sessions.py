"""A session that was at another time after all: what its marks become."""

from copy import deepcopy
from datetime import date, time, timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse

from lms.actions import attendance, reviewing
from lms.actions.evidence import Evidence, record
from lms.models import Cohort, Mark, MarkEvent, Message, Session
from lms.to_look_at import to_look_at
from tests.cast import make_cast
from tests.factories import make_enrolment, make_session

pytestmark = pytest.mark.django_db

DAYS = {"starts_on": date(2026, 10, 1), "ends_on": date(2026, 12, 31)}
MONDAY = date(2026, 10, 19)


@pytest.fixture(scope="module")
def scene_once(once, at_once) -> SimpleNamespace:
    """A session at nine; one came at five past, one was marked by the trainer."""
    at_once("2026-10-12T09:00+05:00")
    cast = make_cast()
    Session.objects.all().delete()
    Cohort.objects.update(**DAYS)
    cast.cohort.refresh_from_db()
    cast.second = make_enrolment(cohort=cast.cohort)
    cast.session = make_session(cast.cohort, local_date=MONDAY, local_time=time(9))
    return cast


@pytest.fixture
def scene(scene_once, at, db) -> SimpleNamespace:
    scene = deepcopy(scene_once)
    now = at("2026-10-19T09:05+05:00")
    arrival = Evidence(
        enrolment_id=scene.enrolment.pk,
        source="personal_code",
        kind="entry",
        code="present",
        happened_at=now,
    )
    at("2026-10-19T09:20+05:00")
    record(scene.session, [arrival], by=scene.trainer)
    attendance.mark(
        scene.session, enrolment=scene.second, status_code="present", by=scene.trainer
    )
    at("2026-10-19T12:00+05:00")
    return scene


def marks(scene):
    rows = Mark.objects.filter(session=scene.session).order_by("enrolment_id")
    return [(mark.status.code, mark.source, mark.minutes) for mark in rows]


def test_an_arrival_is_late_by_the_new_time_and_a_trainers_mark_stays(scene):
    """ATT-40: Only what came from a code follows the clock; every event is kept."""
    before = MarkEvent.objects.count()

    attendance.change_session(scene.session, by=scene.trainer, local_time=time(8, 30))
    late = marks(scene)
    attendance.change_session(scene.session, by=scene.trainer, local_time=time(9))

    assert late == [("late", "personal_code", 55), ("present", "trainer", None)]
    assert marks(scene) == [
        ("present", "personal_code", 85),
        ("present", "trainer", None),
    ]
    assert MarkEvent.objects.count() == before + 4
    arrivals = MarkEvent.objects.filter(kind="entry")
    assert {event.happened_at for event in arrivals} == {
        scene.session.starts_at + timedelta(minutes=5)
    }


def test_an_arrival_said_anew_is_told_as_such_and_closes_nobody_out(client, scene):
    """ATT-02, ATT-40: who scanned it then is not who moves the session now."""
    attendance.change_session(scene.session, by=scene.trainer, local_time=time(8, 30))
    client.force_login(scene.participant)
    own = reverse("lms:my_attendance", args=[scene.enrolment.pk])

    html = client.get(own).content.decode()

    assert "Arrival by the new time of the session: Late." in html
    assert "<q>The session was moved.</q>" in html
    assert html.count("Came in, scanned by") == 2  # the step and its taking back
    assert "Nobody noted when the person left" not in html
    assert to_look_at([scene.session.pk]).closed == 0


@pytest.mark.parametrize("is_accepted", [True, False])
def test_a_flag_that_was_accepted_is_not_asked_about_again(scene, is_accepted):
    """ATT-40: and one that was not still is."""
    event = MarkEvent.objects.get(kind="entry")
    event.flags = ["late_upload"]
    event.save()
    if is_accepted:
        reviewing.accept(event, by=scene.trainer)

    attendance.change_session(scene.session, by=scene.trainer, local_time=time(8, 30))

    odd = [one.event.flags for one in to_look_at([scene.session.pk]).odd]
    assert odd == ([] if is_accepted else [["late_upload", "auto"]])


def test_who_came_long_before_or_after_the_new_time_has_the_first_or_the_last(scene):
    """ATT-40"""
    attendance.change_session(scene.session, by=scene.trainer, local_time=time(7))
    assert marks(scene)[0][0] == "late"

    attendance.change_session(scene.session, by=scene.trainer, local_time=time(11))
    assert marks(scene)[0][0] == "present"


def test_another_place_says_nothing_of_marks_anew(scene):
    before = MarkEvent.objects.count()

    attendance.change_session(scene.session, by=scene.trainer, place="Hall 2")

    assert MarkEvent.objects.count() == before


def signed(scene):
    attendance.sign_off_register(scene.session, by=scene.trainer)
    return scene.session


def correct(client, scene, **answers):
    address = reverse("lms:session_correct_time", args=[scene.session.pk])
    times = {"local_date": "2026-10-19", "local_time": "08:30", "minutes": "90"}
    return client.post(address, times | answers)


def test_a_signed_register_keeps_its_marks_and_says_time_changed_later(client, scene):
    """ATT-40"""
    signed(scene)
    before = marks(scene)
    client.force_login(scene.coordinator)

    asked = correct(client, scene)
    correct(client, scene, confirm=asked.context["form"].box)

    scene.session.refresh_from_db()
    assert asked.context["form"].consequences[0] == (
        "The register is signed off: its 2 marks stay as they are."
    )
    assert scene.session.local_time == time(8, 30)
    assert marks(scene) == before
    assert not Message.objects.exists()
    register = client.get(reverse("lms:register", args=[scene.session.pk]))
    client.force_login(scene.participant)
    mine = client.get(reverse("lms:my_attendance", args=[scene.enrolment.pk]))
    for page in (register, mine):
        assert "time changed later, on 19 October 2026" in page.content.decode()


@pytest.mark.parametrize("who", ["trainer", "marker", "observer", "other_coordinator"])
def test_only_a_coordinator_corrects_the_time_of_a_signed_session(client, scene, who):
    """ATT-40"""
    signed(scene)
    client.force_login(getattr(scene, who))

    assert correct(client, scene).status_code == 404
    with pytest.raises(attendance.RegisterSigned):
        attendance.change_session(scene.session, by=scene.trainer, minutes=30)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("local_date", "2027-10-19", "while the cohort runs"),
        ("local_time", "25:00", "Enter a valid time."),
        ("local_time", "14:00", "session at this time already"),
    ],
)
def test_a_wrong_time_is_said_beside_its_field(client, scene, field, value, said):
    make_session(scene.cohort, local_date=MONDAY, local_time=time(14))
    signed(scene)
    client.force_login(scene.coordinator)

    answer = correct(client, scene, **{field: value})

    assert said in str(answer.context["form"].errors[field])


def test_the_time_of_an_open_register_is_changed_in_the_usual_way(client, scene):
    client.force_login(scene.coordinator)

    assert "This register is open" in correct(client, scene).content.decode()


def test_the_page_says_that_codes_follow_the_new_time(client, scene):
    client.force_login(scene.trainer)
    address = reverse("lms:session_edit", args=[scene.session.pk])

    answers = {"local_date": "2026-10-19", "local_time": "08:30", "minutes": "90"}
    asked = client.post(address, answers | {"title": scene.session.title})

    assert asked.context["form"].consequences[:2] == [
        "2 marks are made already; a trainer's marks stay as they are.",
        "1 came from a code: what the arrival counts as follows the new time.",
    ]
