"""The wall of a session: what a whole room reads, and what no browser gets."""

from copy import deepcopy
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import ModelLogEntry

from courses import clock
from lms import room_code
from lms.actions import attendance
from lms.actions.check_in_rules import set_check_in_rules
from lms.actions.sessions import cancel
from lms.check_in_site import site_of
from lms.models import CheckInRules
from lms.paper_codes import square
from lms.views.slips import whole_address
from tests.factories import make_staff

from .checking_in import at_nine, come, make_scene, wall

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def scene_once(once):
    return make_scene()


@pytest.fixture
def scene(scene_once, db, at):
    at(at_nine("09:00:10"))
    return deepcopy(scene_once)


@pytest.fixture
def trainer(client, scene):
    client.force_login(scene.trainer)
    return client


def address(scene, name="check_in_wall") -> str:
    return reverse(f"lms:{name}", args=[scene.session.pk])


def read(client, scene, name="check_in_wall") -> str:
    return client.get(address(scene, name)).content.decode()


def on_wall(code: str) -> str:
    return f"<bdi>{code[:4]}</bdi> <bdi>{code[4:]}</bdi>"


@pytest.mark.parametrize("name", ["check_in_wall", "check_in_wall_now"])
def test_the_code_of_now_is_all_that_reaches_the_browser(trainer, scene, name):
    """ATT-22: neither the secret nor a code to come, in letters or in the square."""
    secret = scene.session.secret
    now = clock.now()
    codes = [room_code.code_at(secret, now + n * room_code.STEP) for n in range(-2, 50)]

    page = trainer.get(address(scene, name))
    shown = page.content.decode()

    assert on_wall(codes[2]) in shown
    with override(scene.cohort.locale):
        path = reverse("lms:scan", args=[scene.session.pk, codes[2]])
    assert page.context["square"] == square(whole_address(path))
    assert secret not in shown
    others = set(codes) - {codes[2]}
    assert not [code for code in others if code in shown or on_wall(code) in shown]


@pytest.mark.parametrize("name", ["check_in_wall", "check_in_wall_now"])
@pytest.mark.parametrize("who", ["participant", "marker", "observer", "nobody"])
def test_nobody_but_who_teaches_sees_the_wall(client, scene, name, who):
    """ATT-22: staff of the cohort only."""
    if who == "participant":
        client.force_login(scene.places[0].person.user)
    elif who != "nobody":
        client.force_login(make_staff(scene.cohort, who).user)

    answer = client.get(address(scene, name))

    assert answer.status_code in (302, 404)
    assert wall(scene.session) not in answer.content.decode()


def test_the_wall_tells_the_seconds_and_who_is_in(trainer, scene, at):
    one, two, three = scene.places
    come(one, scene.session)
    attendance.mark(scene.session, enrolment=two, status_code="late", by=scene.trainer)
    attendance.mark(
        scene.session, enrolment=three, status_code="absent", by=scene.trainer
    )

    context = trainer.get(address(scene)).context

    assert (context["seconds"], context["again_in"], context["came"]) == (20, 20, 2)


def test_the_wall_renews_itself_without_scripts(trainer, scene):
    shown = read(trainer, scene)

    assert '<noscript><meta http-equiv="refresh" content="20"></noscript>' in shown


@pytest.mark.parametrize(
    ("moment", "said", "renews"),
    [
        ("08:44:59", "12 October 2026", True),
        ("08:44:59", "Checking in opens at 08:45.", True),
        ("09:45:01", "Ask the trainer to mark you.", False),
        ("10:30:00", "Ask the trainer to mark you.", False),
    ],
)
def test_outside_the_window_there_is_no_code(trainer, scene, at, moment, said, renews):
    at(at_nine(moment))

    shown = read(trainer, scene)

    assert said in shown
    assert ("refresh" in shown) is renews
    assert wall(scene.session)[:4] not in shown
    assert site_of(scene.session.pk) == []


def test_the_wall_is_open_as_long_as_a_status_is_given_by_the_time(trainer, scene, at):
    """ATT-17: no code is shown that would be refused."""
    at(at_nine("09:45:00"))

    assert "open until 09:45" in read(trainer, scene)
    assert come(scene.places[0], scene.session).mark.status.code == "late"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda scene: cancel(scene.session, by=None, reason="Flood"), "cancelled"),
        (
            lambda scene: set_check_in_rules(scene.cohort, by=None, is_open=False),
            "only the trainer marks",
        ),
    ],
)
def test_what_never_opens_is_not_announced(trainer, scene, at, change, said):
    at(at_nine("08:00:00"))
    change(scene)

    shown = read(trainer, scene)

    assert said in shown
    assert "Checking in opens" not in shown


def test_the_network_of_the_wall_is_the_rooms(trainer, scene):
    """ATT-24: for as long as one may check in."""
    trainer.get(address(scene), REMOTE_ADDR="203.0.113.7")

    assert site_of(scene.session.pk) == ["203.0.113.0/24"]


def test_the_square_leads_to_the_language_of_the_cohort(trainer, scene):
    scene.cohort.locale = "tg"
    scene.cohort.save()
    tajik = trainer.get(address(scene)).context["square"]
    scene.cohort.locale = "ru"
    scene.cohort.save()

    assert trainer.get(address(scene)).context["square"] != tajik


def test_the_wall_asks_as_often_for_three_people_as_for_none(trainer, scene):
    trainer.get(address(scene))
    with CaptureQueriesContext(connection) as none:
        trainer.get(address(scene, "check_in_wall_now"))
    for place in scene.places:
        come(place, scene.session)
    with CaptureQueriesContext(connection) as three:
        trainer.get(address(scene, "check_in_wall_now"))

    assert len(three) == len(none)


def test_the_register_leads_to_the_wall(trainer, scene):
    shown = read(trainer, scene, "register")

    assert address(scene) in shown


def test_the_rules_of_a_cohort_are_set_on_its_page(trainer, scene):
    url = reverse("lms:check_in_rules", args=[scene.cohort.code])
    fields = {"is_open": "on", "early_minutes": "30", "limit_minutes": "20"}

    trainer.post(url, fields | {"off_site": "refuse"})
    trainer.post(url, fields | {"off_site": "refuse"})

    rules = CheckInRules.objects.get(cohort=scene.cohort)
    assert (rules.is_open, rules.early_minutes, rules.limit_minutes) == (True, 30, 20)
    assert rules.off_site == "refuse"
    [entry] = ModelLogEntry.objects.filter(action="lms.check_in_rules")
    assert entry.user == scene.trainer
    assert entry.data["changed"] == ["early_minutes", "limit_minutes", "off_site"]


@pytest.mark.parametrize("typed", ["", "-1", "721", "x"])
def test_bad_rules_are_said_beside_their_field(trainer, scene, typed):
    url = reverse("lms:check_in_rules", args=[scene.cohort.code])

    answer = trainer.post(url, {"early_minutes": typed, "off_site": "flag"})

    assert list(answer.context["form"].errors) == ["early_minutes"]
    assert not CheckInRules.objects.exists()


def test_a_short_step_later_there_is_another_code(trainer, scene, at):
    """ATT-19"""
    first = wall(scene.session)
    at(clock.now() + timedelta(seconds=20))

    assert first[:4] not in read(trainer, scene)
