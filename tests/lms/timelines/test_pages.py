"""The pages of histories: who reads which, how far back, narrowed to what."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from lms.actions import enrolment as places
from lms.actions import erasure
from lms.actions.invitations import invite
from lms.actions.sessions import cancel
from lms.timelines import telling
from tests.factories import (
    make_enrolment,
    make_invitation,
    make_person,
    make_user,
)

from .reading import at_hour, filled, history, read, sentences

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "who",
    [
        "participant",
        "stranger",
        "observer",
        "marker",
        "other_trainer",
        "other_coordinator",
        "other_observer",
    ],
)
@pytest.mark.parametrize("what", ["person", "cohort", "site"])
def test_who_may_not_read_a_history_reads_no_name(client, scene, who, what):
    """PR-11"""
    places.withdraw(scene.enrolment, by=None, reason="Moved away")
    client.force_login(getattr(scene, who))

    answer = client.get(history(scene, what))

    assert answer.status_code in (302, 403, 404)
    assert scene.person.legal_name not in answer.content.decode()
    assert "Moved away" not in answer.content.decode()


def test_a_signed_out_visitor_is_sent_to_sign_in(client, scene):
    assert client.get(history(scene, "site")).status_code == 302
    assert client.get(history(scene, "person")).status_code == 302


def test_a_history_is_only_looked_at(client, scene):
    client.force_login(scene.coordinator)

    for what in ("site", "person", "cohort"):
        assert client.post(history(scene, what)).status_code == 405


def test_a_coordinator_reads_nothing_of_the_persons_other_cohorts(client, scene):
    """PR-11"""
    elsewhere = make_enrolment(scene.person, scene.other_cohort)
    places.withdraw(elsewhere, by=scene.other_coordinator, reason="Ill")
    places.withdraw(scene.enrolment, by=scene.coordinator, reason="Moved away")

    own = read(client, scene, "person")
    every = read(client, scene, "person", "administrator")

    name, cohort = scene.person.legal_name, scene.cohort.title
    assert sentences(own) == [f"Withdrew {name} from {cohort}."]
    assert "Ill" not in own.content.decode()
    assert len(sentences(every)) == 2


def test_only_administrators_read_of_wishes_to_be_forgotten(client, scene):
    erasure.ask(scene.person, by=None, certificates="register")

    assert sentences(read(client, scene, "person")) == []
    assert sentences(read(client, scene, "person", "administrator")) == [
        f"Asked to erase the data of {scene.person.legal_name}."
    ]


def test_trainers_read_of_places_and_sessions_but_not_who_is_asked_in(client, scene):
    until = make_invitation().expires_at
    ModelLogEntry.objects.all().delete()
    guest = make_person(legal_name="Gulnora")
    invite(scene.cohort, person=guest, expires_at=until, by=scene.coordinator)
    cancel(scene.session, by=scene.trainer, reason="No heating")

    told = read(client, scene, "site", "trainer")
    known = sentences(read(client, scene, "site"))

    assert [one.partition(":")[0] for one in sentences(told)] == ["Cancelled a session"]
    assert "No heating" in told.content.decode()
    assert "Gulnora" not in told.content.decode()
    assert f"Invited Gulnora to {scene.cohort.code}." in known


def test_the_newest_comes_first_and_the_rest_on_further_pages(client, scene):
    for _ in range(telling.LINES_A_PAGE):
        log(scene.enrolment, "lms.wait")
    log(scene.session, "lms.schedule")

    first = read(client, scene, "cohort")
    last = read(client, scene, "cohort", page=2)

    assert sentences(first)[0].startswith("Planned a session")
    assert len(sentences(first)) == telling.LINES_A_PAGE
    assert len(sentences(last)) == 1
    assert "?page=2" in first.content.decode()


@pytest.mark.parametrize("page", ["0", "-1", "999", "x", ""])
def test_an_impossible_page_gives_a_possible_one(client, scene, page):
    log(scene.enrolment, "lms.wait")

    assert len(sentences(read(client, scene, "cohort", page=page))) == 1
    assert len(sentences(read(client, scene, "site", "trainer", page=page))) == 1


def test_a_history_is_narrowed_to_a_kind_of_step(client, scene):
    log(scene.enrolment, "lms.wait")
    log(scene.session, "lms.schedule")

    (told,) = sentences(read(client, scene, "cohort", kind="sessions"))

    assert told.startswith("Planned a session")
    empty = read(client, scene, "cohort", kind="letters").content.decode()
    assert "Nothing like this is written down." in empty


def test_days_are_those_of_the_cohorts_clock(client, scene):
    """Half past one in Dushanbe is still the day before in Greenwich."""
    log(scene.enrolment, "lms.wait")
    at_hour(1, day=12)

    def on(day):
        return len(sentences(read(client, scene, "cohort", first=day, last=day)))

    assert [on("2026-10-11"), on("2026-10-12"), on("2026-10-13")] == [0, 1, 0]


@pytest.mark.parametrize("what", ["person", "cohort", "site"])
@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"kind": "nonsense"}, "nonsense"),
        ({"first": "yesterday"}, "Enter a valid date"),
        ({"last": "2026-02-31"}, "Enter a valid date"),
        (
            {"first": "2026-10-12", "last": "2026-10-11"},
            "The last day is before the first.",
        ),
        ({"kind": "\x00", "page": "\x00"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_read_is_said_at_its_field(client, scene, what, asked, said):
    log(scene.enrolment, "lms.wait")

    answer = read(client, scene, what, **asked)

    page = answer.content.decode()
    assert said in page
    for name, text in asked.items():
        if name in ("first", "last"):
            assert f'value="{text}"' in page


@pytest.mark.parametrize("what", ["cohort", "site"])
def test_a_long_history_costs_as_many_queries_as_a_short_one(client, scene, what):
    def queries(number):
        filled(scene.cohort, number)
        with CaptureQueriesContext(connection) as seen:
            assert sentences(read(client, scene, what))
        return len(seen)

    read(client, scene, what)
    assert queries(1) == queries(2) == queries(27)


def test_a_persons_long_history_costs_as_many_queries_as_a_short_one(client, scene):
    def queries(number):
        for _ in range(number):
            place = make_enrolment(scene.person)
            log(place, "lms.waive", user=make_user(), data={"requirement": "x"})
        with CaptureQueriesContext(connection) as seen:
            assert sentences(read(client, scene, "person", "administrator"))
        return len(seen)

    read(client, scene, "person", "administrator")
    assert queries(1) == queries(2) == queries(27)


def test_trainers_come_from_the_cohorts_home_and_go_on_to_people(client, scene):
    places.withdraw(scene.enrolment, by=None, reason="Moved away")
    client.force_login(scene.trainer)
    home = client.get(reverse("lms:cohort", args=[scene.cohort.code]))

    page = read(client, scene, "site", "trainer").content.decode()

    assert history(scene, "site") in home.content.decode()
    args = [scene.cohort.code, scene.enrolment.pk]
    assert reverse("lms:cohort_person", args=args) in page
