"""The pages of runs: who may, what they show, what they ask the database."""

from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from certificates.actions import runs
from certificates.actions.run_work import turn
from certificates.models import Certificate, IssueRun
from tests.cast import make_cast
from tests.factories import make_cohort, make_organisation, make_participant

from .builders import make_completed

pytestmark = pytest.mark.django_db

FORBIDDEN = ["participant", "stranger", "trainer", "observer", "other_coordinator"]


@pytest.fixture(scope="module")
def cast_once(once) -> SimpleNamespace:
    """Everybody, and two who are ready in the cohort."""
    cast = make_cast()
    cast.ready = [
        make_completed(make_participant(legal_name=name), cast.cohort)
        for name in ("Азизов Карим", "Бобоева Мавзуна")
    ]
    return cast


@pytest.fixture
def run(cast) -> IssueRun:
    return runs.start_run(cast.ready, cohort=cast.cohort, by=cast.coordinator)


def address(name, row) -> str:
    return reverse(f"certificates:{name}", args=[row.pk])


@pytest.mark.parametrize("who", FORBIDDEN)
def test_nobody_else_sees_a_run_or_takes_a_step(client, cast, run, who):
    """PR-11"""
    client.force_login(getattr(cast, who))

    answers = [
        client.get(address("run", run)),
        client.post(address("run", run), {"step": "stop"}),
        client.get(address("run_now", run)),
        client.post(address("run_files", run), {"format": "zip", "purpose": "x"}),
        client.get(address("cohort_files", cast.cohort)),
    ]

    assert {answer.status_code for answer in answers} == {404}
    run.refresh_from_db()
    assert run.state == "waiting"


@pytest.mark.parametrize("who", [*FORBIDDEN, "coordinator"])
def test_a_query_over_all_cohorts_is_for_administrators(client, cast, who):
    """PR-11"""
    client.force_login(getattr(cast, who))

    response = client.post(reverse("certificates:issue_query"))

    assert response.status_code == 403
    assert not IssueRun.objects.exists()


def test_a_run_of_a_query_is_for_administrators(client, cast):
    """PR-11: it names people of every cohort."""
    run = runs.start_run(cast.ready, query={}, by=cast.administrator)
    client.force_login(cast.coordinator)

    assert client.get(address("run", run)).status_code == 404


def test_a_run_is_paused_gone_on_with_and_stopped_on_its_page(client, cast, run):
    client.force_login(cast.coordinator)
    page, states = address("run", run), []

    for step in ["pause", "resume", "stop", "resume", "nonsense", ""]:
        client.post(page, {"step": step})
        states.append(IssueRun.objects.get().state)

    assert states == ["paused", "running", "stopped", "stopped", "stopped", "stopped"]
    assert "This run has ended: Stopped." in client.get(page).content.decode()


def test_the_list_says_first_that_its_certificates_are_being_issued(client, cast, run):
    """Who comes back to the list does not begin anew what is under way."""
    client.force_login(cast.coordinator)
    page = reverse("certificates:issue_cohort", args=[cast.cohort.pk])

    def said():
        html = client.get(page).content.decode()
        head, _button, _rest = html.partition('name="enrolment"')
        words = ("Certificates are being issued", "The run is paused")
        return [word for word in words if word in head], address("run", run) in head

    assert said() == (["Certificates are being issued"], True)
    runs.pause(run, by=cast.coordinator)
    assert said() == (["The run is paused"], True)
    runs.stop(run, by=cast.coordinator)
    assert said() == ([], False)


def test_without_a_worker_the_page_says_so_and_goes_on_by_hand(client, cast, run):
    client.force_login(cast.coordinator)
    page = address("run", run)
    assert "No worker has taken it up." in client.get(page).content.decode()

    html = client.post(page, {"step": "here"}, follow=True).content.decode()

    assert "2 certificates are issued" in html
    assert Certificate.objects.count() == 2


def test_the_list_narrows_by_what_came_of_people(client, cast, run):
    odd = make_completed(make_participant(legal_name="Kim 김"), cast.cohort)
    runs.start_run([odd], cohort=cast.cohort, by=cast.coordinator)
    turn(run.pk)
    client.force_login(cast.coordinator)

    everybody = client.get(address("run", run)).content.decode()
    refused = client.get(address("run", run), {"show": "refused"}).content.decode()
    odd_page = client.get(address("run", run), {"show": "x", "page": "x"})

    assert "Kim 김" in everybody
    assert "Азизов Карим" in everybody
    assert "Kim 김" in refused
    assert "Азизов Карим" not in refused
    assert "Азизов Карим" in odd_page.content.decode()


def test_what_the_script_asks_for_is_only_how_far_it_is(client, cast, run):
    client.force_login(cast.coordinator)

    html = client.get(address("run_now", run)).content.decode()

    assert 'data-state="waiting"' in html
    assert "Азизов" not in html
    assert "<html" not in html


@pytest.mark.parametrize("number", [3, 40])
def test_the_pages_ask_as_much_for_one_row_as_for_many(client, cast, number):
    client.force_login(cast.coordinator)

    def queries(address) -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        return len(found)

    one = runs.start_run(cast.ready[:1], cohort=cast.cohort, by=cast.coordinator)
    issuing = address("issue_cohort", cast.cohort)
    queries(issuing)
    few = queries(address("run", one)), queries(issuing)
    more = [make_completed(cohort=cast.cohort) for _ in range(number)]
    runs.start_run(more, cohort=cast.cohort, by=cast.coordinator)

    assert (queries(address("run", one)), queries(issuing)) == few


def test_a_query_finds_who_has_completed_and_never_had_one(
    client, cast, django_capture_on_commit_callbacks
):
    office = make_organisation()
    far = make_completed(
        make_participant(legal_name="Ватанов Далер"),
        make_cohort(),
        region="khatlon",
        organisation=office,
    )
    client.force_login(cast.administrator)
    page = reverse("certificates:issue_query")
    everybody = client.get(page).content.decode()
    query = {"region": "khatlon", "organisation": office.pk, "ended_from": "2020-01-01"}
    found = client.get(page, query).content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(page, query)

    run = IssueRun.objects.get()
    assert "Азизов Карим" in everybody
    assert "Азизов Карим" not in found
    assert "Issue 1 certificate" in found
    assert response["Location"] == address("run", run)
    assert run.query == query
    assert list(run.places.values_list("enrolment", "state")) == [(far.pk, "issued")]
    assert "Nobody is left without one." in client.get(page, query).content.decode()


@pytest.mark.parametrize(
    "query",
    [
        {"region": "atlantis"},
        {"course": "x"},
        {"organisation": "0"},
        {"ended_from": "2026-13-01"},
        {"ended_from": "2026-02-02", "ended_to": "2026-01-01"},
    ],
)
def test_a_query_that_makes_no_sense_issues_nothing(client, cast, query):
    client.force_login(cast.administrator)

    response = client.post(reverse("certificates:issue_query"), query)

    assert response.status_code == 200
    assert not IssueRun.objects.exists()


@pytest.mark.parametrize(("who", "is_led"), [("administrator", 1), ("coordinator", 0)])
def test_the_list_of_certificates_leads_administrators_there(client, cast, who, is_led):
    client.force_login(getattr(cast, who))

    html = client.get(reverse("certificates_list:index")).content.decode()

    assert html.count(f'href="{reverse("certificates:issue_query")}"') == is_led
