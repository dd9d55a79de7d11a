"""What coordinators do about admission in the admin."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses import clock
from lms.models import Cohort, Enrolment, Invitation, Nomination, Project
from lms.panels import waiting
from tests.factories import (
    make_cohort,
    make_enrolment,
    make_invitation,
    make_nomination,
    make_organisation,
)

from .test_admission import letters

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(client, cast):
    client.force_login(cast.coordinator)
    return cast


def url(name, *args):
    return reverse(f"lms_{name}", args=args)


def asked(cohort, count=1):
    return [make_enrolment(cohort=cohort, status="requested") for _ in range(count)]


@pytest.mark.parametrize("who", ["trainer", "marker", "observer", "other_coordinator"])
@pytest.mark.parametrize("door", ["admission", "cancel"])
def test_who_does_not_run_the_cohort_does_not_answer_for_it(client, cast, who, door):
    """PR-11"""
    place = asked(cast.cohort)[0]
    client.force_login(getattr(cast, who))

    data = {"places": [place.pk], "answer": "approve", "reason": "x"}
    answer = client.post(url(f"cohorts:{door}", cast.cohort.pk), data)

    assert answer.status_code in (302, 403, 404)
    place.refresh_from_db()
    assert place.status == "requested"
    assert Cohort.objects.get(pk=cast.cohort.pk).status != "cancelled"


@pytest.mark.parametrize("door", ["approve", "refuse", "offer", "priority", "move"])
def test_a_place_of_another_cohort_is_not_there(client, cast, door):
    """PR-11"""
    place = asked(cast.other_cohort)[0]

    answer = client.get(url(f"enrolments:{door}", place.pk), follow=True)

    assert answer.status_code == 404


@pytest.mark.parametrize("who", ["trainer", "marker", "other_coordinator"])
def test_codes_are_shown_to_who_may_let_people_in_only(client, cast, who):
    """PR-11"""
    invitation, nomination = make_invitation(cast.cohort), make_nomination(cast.cohort)
    client.force_login(getattr(cast, who))

    for door in (
        url("invitations:inspect", invitation.pk),
        url("nominations:inspect", nomination.pk),
    ):
        assert client.get(door, follow=True).status_code in (403, 404)


def test_many_requests_are_approved_by_one_post(client, cast):
    places = asked(cast.cohort, 3)
    page = url("cohorts:admission", cast.cohort.pk)

    client.post(page, {"places": [one.pk for one in places[:2]], "answer": "approve"})

    found = Enrolment.objects.in_bulk([one.pk for one in places])
    assert [found[one.pk].status for one in places] == ["active", "active", "requested"]


def test_a_refusal_needs_its_reason_and_says_it_in_the_letter(client, cast):
    place = asked(cast.cohort)[0]
    page = url("cohorts:admission", cast.cohort.pk)
    data = {"places": [place.pk], "answer": "refuse"}

    first = client.post(page, data)
    client.post(page, data | {"reason": "For judges only."})

    assert "Write why." in first.content.decode()
    assert f'value="{place.pk}" checked' in first.content.decode()
    place.refresh_from_db()
    assert place.status == "refused"
    assert letters("request_refused").get().context["reason"] == "For judges only."


def test_requests_of_another_cohort_and_none_at_all_change_nothing(client, cast):
    place = asked(cast.other_cohort)[0]
    page = url("cohorts:admission", cast.cohort.pk)
    asked(cast.cohort)

    other = client.post(page, {"places": [place.pk], "answer": "approve"})
    none = client.post(page, {"answer": "approve"})

    assert "was answered meanwhile" in other.content.decode()
    assert "Choose who is answered." in none.content.decode()
    place.refresh_from_db()
    assert place.status == "requested"


def test_the_admission_page_asks_the_same_number_of_queries_for_many(client, cast):
    page, counts = url("cohorts:admission", cast.cohort.pk), []
    for _more in range(3):
        for status in ("requested", "waitlisted", "offered"):
            make_enrolment(cohort=cast.cohort, status=status)
        with CaptureQueriesContext(connection) as queries:
            client.get(page)
        counts.append(len(queries))

    assert counts[1:] == [counts[1]] * 2


def test_requests_wait_on_the_dashboard_of_who_may_answer(cast):
    asked(cast.cohort, 2)
    asked(cast.other_cohort)

    ((_panel, tasks),) = [
        found for found in waiting(cast.coordinator) if found[0].key == "requests"
    ]

    assert [(task.cohort, task.count) for task in tasks] == [(cast.cohort, 2)]
    assert "requests" not in [panel.key for panel, _tasks in waiting(cast.trainer)]


def test_a_priority_is_set_and_a_seat_offered_by_hand(client, cast):
    place = make_enrolment(cohort=cast.cohort, status="waitlisted")

    client.post(url("enrolments:priority", place.pk), {"priority": "7"})
    wrong = client.post(url("enrolments:priority", place.pk), {"priority": "-1"})
    client.post(url("enrolments:offer", place.pk))

    place.refresh_from_db()
    assert (place.priority, place.status, wrong.status_code) == (7, "offered", 200)


def test_somebody_is_invited_with_a_name_and_gets_a_letter(client, cast):
    day = (clock.now() + timedelta(days=5)).date()
    data = {
        "cohort": cast.cohort.pk,
        "legal_name": "Зарина Раҳимова",
        "email": "Zarina@Example.org",
        "until": day.isoformat(),
    }

    answer = client.post(url("invitations:add"), data)

    invitation = Invitation.objects.get()
    assert answer.url == url("invitations:inspect", invitation.pk)
    assert invitation.person.legal_name == "Зарина Раҳимова"
    local = invitation.expires_at.astimezone(cast.cohort.zone)
    assert (local.date(), local.hour) == (day + timedelta(days=1), 0)
    assert letters("invited").count() == 1
    shown = client.get(answer.url).content.decode()
    assert invitation.spelled_code in shown
    assert client.get(url("invitations:index")).status_code == 200
    client.post(url("invitations:revoke", invitation.pk))
    invitation.refresh_from_db()
    assert invitation.revoked_at is not None


def test_an_invitation_to_nobody_keeps_what_was_typed(client, cast):
    data = {"cohort": cast.cohort.pk, "legal_name": "Зарина", "until": "2020-01-01"}

    answer = client.post(url("invitations:add"), data)

    assert "Find somebody or write an e-mail." in answer.content.decode()
    assert "Зарина" in answer.content.decode()


def test_an_organisation_gets_seats_and_a_page(client, cast):
    data = {
        "cohort": cast.cohort.pk,
        "organisation": make_organisation().pk,
        "seats": "3",
        "contact_name": "Colonel",
        "contact_email": "colonel@example.org",
        "until": (clock.now() + timedelta(days=5)).date().isoformat(),
    }

    answer = client.post(url("nominations:add"), data)
    again = client.post(url("nominations:add"), data)

    nomination = Nomination.objects.get()
    shown = client.get(answer.url).content.decode()
    assert nomination.spelled_code in shown
    assert nomination.key in shown
    assert "has a nomination here" in again.content.decode()
    assert client.get(url("nominations:index")).status_code == 200


def test_a_participant_is_moved_to_another_cohort_of_the_coordinator(client, cast):
    """EN-14"""
    same = make_cohort(cast.cohort.edition)
    page = url("enrolments:move", cast.enrolment.pk)

    refused = client.post(page, {"to": same.pk, "reason": "Lives there"})
    same.staff.create(user=cast.coordinator, role="coordinator")
    client.post(page, {"to": same.pk, "reason": "Lives there"})

    assert refused.status_code == 200
    moved = Enrolment.objects.get(person=cast.person, cohort=same)
    assert moved.status == "active"


def test_a_cohort_is_cancelled_with_a_reason(client, cast):
    """EN-13"""
    page = url("cohorts:cancel", cast.cohort.pk)

    assert client.get(page).status_code == 200
    client.post(page, {"reason": ""})
    client.post(page, {"reason": "The road is closed."})

    cast.enrolment.refresh_from_db()
    assert cast.enrolment.status == "cancelled"
    assert letters("cohort_cancelled").count() == 1


def test_a_project_is_added_once_and_changed(client, cast):
    for _try in range(2):
        client.post(url("projects:add"), {"name": "Safe migration", "short_name": ""})
    project = Project.objects.get()

    client.post(url("projects:edit", project.pk), {"name": "Safe", "short_name": "S"})

    project.refresh_from_db()
    assert (project.name, project.short_name) == ("Safe", "S")
