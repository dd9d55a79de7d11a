"""The personal code: what it is, who sees it, and how it is renewed."""

from copy import deepcopy
from types import SimpleNamespace

import pytest
from django.test import override_settings
from django.urls import reverse
from wagtail.models import ModelLogEntry

from lms import codes
from lms.actions.personal_codes import renew_personal_code
from lms.models import Enrolment
from lms.personal_codes import codes_of, in_groups, personal_code
from tests.cast import make_cast


@pytest.fixture(scope="module")
def cast_once(once):
    return make_cast()


@pytest.fixture
def cast(cast_once, db):
    return deepcopy(cast_once)


def place(pk: int, code_number: int = 1) -> SimpleNamespace:
    return SimpleNamespace(pk=pk, code_number=code_number)


def test_a_code_is_the_same_each_time_and_everybodys_is_their_own():
    found = {personal_code(place(pk, number)) for pk in range(500) for number in (1, 2)}

    assert len(found) == 1000
    assert personal_code(place(7)) == personal_code(place(7))
    assert all(code == codes.fold(in_groups(code).lower()) for code in found)


def test_who_lacks_the_secret_of_the_site_finds_no_code():
    here = personal_code(place(7))

    with override_settings(SECRET_KEY="another"):
        assert personal_code(place(7)) != here


def test_the_codes_a_place_ever_had_end_with_the_one_that_counts():
    renewed = place(7, 3)

    assert codes_of(renewed) == [personal_code(place(7, n)) for n in (1, 2, 3)]


def test_pressed_twice_a_code_is_renewed_once_and_the_log_says_it(cast):
    before = personal_code(cast.enrolment)

    for _turn in range(2):
        renew_personal_code(cast.enrolment, number=1, by=cast.person.user)

    renewed = Enrolment.objects.get(pk=cast.enrolment.pk)
    assert codes_of(renewed) == [before, personal_code(renewed)]
    logged = ModelLogEntry.objects.filter(action="lms.renew_personal_code")
    assert [entry.user for entry in logged] == [cast.person.user]


def test_my_page_shows_my_code_and_to_nobody_else(client, cast):
    address = reverse("lms:my_code", args=[cast.enrolment.pk])
    code = in_groups(personal_code(cast.enrolment))
    seen = {}

    for name in ("stranger", "trainer", "administrator"):
        client.force_login(getattr(cast, name))
        seen[name] = client.get(address).status_code
    client.force_login(cast.person.user)
    page = client.get(address)

    assert seen == dict.fromkeys(("stranger", "trainer", "administrator"), 404)
    assert code in page.content.decode()
    assert "<svg" in page.content.decode()


def test_a_button_gives_me_a_new_code_and_what_no_page_sends_changes_nothing(
    client, cast
):
    client.force_login(cast.person.user)
    address = reverse("lms:renew_my_code", args=[cast.enrolment.pk])

    for number in ("", "0", "x", "2", "1", "1"):
        client.post(address, {"number": number})

    assert Enrolment.objects.get(pk=cast.enrolment.pk).code_number == 2


def test_the_page_of_my_attendance_leads_to_my_code(client, cast):
    client.force_login(cast.person.user)
    page = client.get(reverse("lms:my_attendance", args=[cast.enrolment.pk]))

    assert reverse("lms:my_code", args=[cast.enrolment.pk]) in page.content.decode()


def test_a_trainer_renews_the_code_of_who_lost_the_badge(client, cast):
    address = reverse("lms:renew_code", args=[cast.cohort.code, cast.enrolment.pk])
    person = reverse("lms:cohort_person", args=[cast.cohort.code, cast.enrolment.pk])
    answers = []

    for name in ("participant", "other_trainer", "observer", "marker"):
        client.force_login(getattr(cast, name))
        answers.append(client.post(address, {"number": "1"}).status_code)
    client.force_login(cast.trainer)
    assert address in client.get(person).content.decode()
    for _turn in range(2):
        answers.append(client.post(address, {"number": "1"}).url)

    assert answers == [404] * 4 + [person] * 2
    assert Enrolment.objects.get(pk=cast.enrolment.pk).code_number == 2
