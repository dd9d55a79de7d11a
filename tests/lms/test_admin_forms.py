"""The forms of the Training menu go through the verbs and lose nothing."""

from datetime import date, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lms.models import Cohort, Donor, Enrolment, Organisation, Person
from tests.factories import (
    make_course,
    make_donor,
    make_edition,
    make_enrolment,
    make_organisation,
    make_person,
    make_session,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(client, cast):
    client.force_login(cast.coordinator)
    return cast


def url(name, door, *args):
    return reverse(f"lms_{name}:{door}", args=args)


def cohort_form(course_edition, **answers):
    return {
        "edition": course_edition.pk,
        "code": "khujand-1",
        "title": "Khujand in October",
        "status": "planned",
        "mode": "blended",
        "admission": "staff",
        "offer_hours": "72",
        "starts_on": "2026-10-12",
        "ends_on": "2026-10-16",
        "timezone": "Asia/Dushanbe",
        "locale": "tg",
    } | answers


def test_a_cohort_is_planned_and_its_page_opens(client, cast):
    edition, donor = make_edition(make_course()), make_donor()

    response = client.post(
        url("cohorts", "add"), cohort_form(edition, donors=[donor.pk])
    )

    cohort = Cohort.objects.get(code="khujand-1")
    assert response.url == url("cohorts", "inspect", cohort.pk)
    assert list(cohort.donors.all()) == [donor]
    assert cohort.staff.get().user == cast.coordinator


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"ends_on": "2026-10-01"}, "ends_on"),
        ({"timezone": "Mars/Olympus"}, "timezone"),
        ({"code": "not a code"}, "code"),
        ({"starts_on": "soon"}, "starts_on"),
        ({"capacity": "-1"}, "capacity"),
        ({"offer_hours": "0"}, "offer_hours"),
        ({"edition": "99999"}, "edition"),
        ({"status": "cancelled"}, "status"),
    ],
)
def test_a_wrong_answer_is_said_at_its_field_and_the_rest_is_kept(
    client, cast, answers, field
):
    response = client.post(
        url("cohorts", "add"), cohort_form(make_edition(make_course()), **answers)
    )

    assert field in response.context["form"].errors or (
        field == "ends_on" and response.context["form"].non_field_errors()
    )
    assert "Khujand in October" in response.content.decode()
    assert Cohort.objects.count() == 2


def test_the_course_of_an_edition_is_named_in_the_form(client, cast):
    make_edition(make_course(title="Foundations"))

    assert (
        "Foundations, edition 1" in client.get(url("cohorts", "add")).content.decode()
    )


def test_a_refusal_of_the_verb_stands_at_its_field(client, cast):
    make_enrolment(cohort=cast.cohort)

    response = client.post(
        url("cohorts", "edit", cast.cohort.pk),
        cohort_form(cast.cohort.edition, capacity=1),
    )

    assert "capacity" in response.context["form"].errors


def test_a_new_person_is_enrolled_in_the_language_of_the_cohort(client, cast):
    academy = make_organisation()

    response = client.post(
        url("enrolments", "add"),
        {
            "cohort": cast.cohort.pk,
            "legal_name": "Раҳимова Нигина",
            "email": "Nigina@example.org",
            "sex": "f",
            "organisation": academy.pk,
        },
    )

    place = Enrolment.objects.get(person__email="nigina@example.org")
    assert response.url == url("cohorts", "inspect", cast.cohort.pk)
    assert (place.sex, place.organisation, place.audience) == ("f", academy, "police")
    assert place.person.locale == cast.cohort.locale


def test_whoever_is_known_by_the_e_mail_is_enrolled_under_the_known_name(client, cast):
    client.post(
        url("enrolments", "add"),
        {
            "cohort": cast.cohort.pk,
            "legal_name": "Misspelt",
            "email": cast.other_person.email.upper(),
        },
    )

    names = cast.cohort.enrolments.values_list("person__legal_name", flat=True)
    assert set(names) == {cast.person.legal_name, cast.other_person.legal_name}


def test_nobody_is_enrolled_by_an_empty_form(client, cast):
    response = client.post(url("enrolments", "add"), {"cohort": cast.cohort.pk})

    assert "legal_name" in response.context["form"].errors


def test_a_full_cohort_says_so_and_adds_no_person(client, cast):
    Cohort.objects.filter(pk=cast.cohort.pk).update(capacity=1)
    before = Person.objects.count()

    response = client.post(
        url("enrolments", "add"), {"cohort": cast.cohort.pk, "legal_name": "One more"}
    )

    assert "All 1 seats" in response.content.decode()
    assert Person.objects.count() == before


def test_withdrawing_asks_why_and_giving_back_too(client, cast):
    withdraw = url("enrolments", "withdraw", cast.enrolment.pk)
    empty = client.post(withdraw, {"reason": ""})
    client.post(withdraw, {"reason": "Moved away"})
    cast.enrolment.refresh_from_db()
    after = cast.enrolment.status
    client.post(
        url("enrolments", "reactivate", cast.enrolment.pk), {"reason": "Came back"}
    )
    cast.enrolment.refresh_from_db()

    assert "reason" in empty.context["form"].errors
    assert (after, cast.enrolment.status) == ("withdrawn", "active")


def test_a_persons_name_is_corrected_by_who_runs_the_cohort(client, cast):
    client.post(
        url("people", "edit", cast.person.pk),
        {"legal_name": "Раҳимова Нигина", "locale": "tg", "email": cast.person.email},
    )

    cast.person.refresh_from_db()
    assert cast.person.legal_name == "Раҳимова Нигина"


def test_an_e_mail_of_somebody_else_is_refused_at_its_field(client, cast):
    response = client.post(
        url("people", "edit", cast.person.pk),
        {"legal_name": "N", "locale": "tg", "email": make_person().email},
    )

    assert "email" in response.context["form"].errors


def test_staff_are_given_and_taken_a_role(client, cast):
    user = make_user()

    client.post(
        url("staff", "add"),
        {"cohort": cast.cohort.pk, "account": user.email.upper(), "role": "trainer"},
    )
    staff = cast.cohort.staff.get(user=user)
    client.post(url("staff", "remove", staff.pk))

    assert not cast.cohort.staff.filter(user=user).exists()


def test_a_role_for_nobody_known_is_refused_with_a_way_on(client, cast):
    response = client.post(
        url("staff", "add"),
        {"cohort": cast.cohort.pk, "account": "nobody", "role": "trainer"},
    )

    assert "sign up" in response.context["form"].errors["account"][0]


def test_a_session_is_planned_and_cancelled(client, cast):
    client.post(
        url("sessions", "add"),
        {
            "cohort": cast.cohort.pk,
            "title": "Round table",
            "local_date": cast.cohort.ends_on.isoformat(),
            "local_time": "09:00",
            "minutes": 90,
        },
    )
    session = cast.cohort.sessions.get(title="Round table")
    client.post(url("sessions", "cancel", session.pk), {"reason": "Snow"})

    session.refresh_from_db()
    assert (session.local_date, session.status) == (cast.cohort.ends_on, "cancelled")


def test_organisations_and_donors_are_added_once(client, cast):
    for _ in range(2):
        client.post(url("organisations", "add"), {"name": "Academy", "country": "TJ"})
        client.post(url("donors", "add"), {"name": "Fund"})

    assert Organisation.objects.filter(name="Academy").count() == 1
    assert Donor.objects.filter(name="Fund").count() == 1


def test_formulas_in_names_are_harmless_in_the_export(client, cast):
    """RP-05"""
    Person.objects.filter(pk=cast.person.pk).update(legal_name="=1+1")

    response = client.get(url("people", "index") + "?export=csv")

    assert "'=1+1" in b"".join(response.streaming_content).decode()


def test_the_cohorts_page_names_people_sessions_and_staff(client, cast):
    shown = client.get(url("cohorts", "inspect", cast.cohort.pk)).content.decode()

    assert cast.person.legal_name in shown
    assert reverse("lms:register", args=[cast.session.pk]) in shown
    assert cast.trainer.username in shown


def test_a_trainer_sees_no_button_for_what_only_coordinators_do(client, cast):
    client.force_login(cast.trainer)

    shown = client.get(url("cohorts", "inspect", cast.cohort.pk)).content.decode()

    assert url("enrolments", "add") not in shown
    assert url("staff", "add") not in shown
    assert url("sessions", "add") in shown


@pytest.mark.parametrize("page", ["cohort", "dashboard", "teach"])
def test_a_page_asks_as_often_for_three_as_for_one(client, cast, page, at):
    at("2026-10-12T09:00+05:00")
    address = {
        "cohort": url("cohorts", "inspect", cast.cohort.pk),
        "dashboard": reverse("wagtailadmin_home"),
        "teach": reverse("lms:teach"),
    }[page]
    for _ in range(2):  # The frame is kept from the second request on.
        client.get(address)
    with CaptureQueriesContext(connection) as one:
        assert client.get(address).status_code == 200

    for hour in (10, 11):
        make_session(cast.cohort, local_date=date(2026, 10, 12), local_time=time(hour))
        make_enrolment(cohort=cast.cohort)
    with CaptureQueriesContext(connection) as three:
        assert client.get(address).status_code == 200

    assert len(three) == len(one)
