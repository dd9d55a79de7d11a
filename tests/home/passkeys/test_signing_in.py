"""Whom a passkey signs in, and whom it does not."""

import pytest
from django.urls import reverse

from lms.actions.merging import merge
from tests.factories import make_person
from tests.phone import Phone

from .steps import asked, made, send, sign_in, tampered, who

pytestmark = pytest.mark.django_db

PASSWORD = "a-long-enough-sentence"


def test_signing_in_goes_on_where_one_was_going(here, cast):
    phone = made(here, cast)
    here.logout()

    assert sign_in(here, phone, next="/en/my/profile/").url == "/en/my/profile/"


SPOILT_SHOWN = [
    lambda sent: None,
    lambda sent: [],
    lambda sent: {},
    lambda sent: {"response": "x"},
    lambda sent: sent | {"rawId": 7, "id": 7},
    lambda sent: tampered(sent, userHandle=None),
    lambda sent: tampered(sent, userHandle="☃"),
    lambda sent: tampered(sent, userHandle=["x"]),
    lambda sent: tampered(sent, userHandle="cGVyc29uLTk5OTk5OTk5OQ"),
    lambda sent: tampered(sent, signature="AAAA"),
    lambda sent: tampered(sent, authenticatorData="AAAA"),
    lambda sent: tampered(sent, clientDataJSON="e30"),
]


def test_a_spoilt_passkey_signs_nobody_in(here, cast):
    phone = made(here, cast)
    here.logout()

    for spoil in SPOILT_SHOWN:
        options = asked(here, "mfa_login_webauthn")["request_options"]
        response = send(here, "mfa_login_webauthn", spoil(phone.get(options)))
        assert response.url == reverse("account_login")

    assert not who(here)
    assert sign_in(here, phone).url == reverse("lms:my_courses")


def test_a_stolen_answer_signs_in_nobody_a_second_time(here, cast):
    phone = made(here, cast)
    here.logout()
    answer = phone.get(asked(here, "mfa_login_webauthn")["request_options"])
    assert send(here, "mfa_login_webauthn", answer).url == reverse("lms:my_courses")
    here.logout()

    send(here, "mfa_login_webauthn", answer)
    asked(here, "mfa_login_webauthn")
    send(here, "mfa_login_webauthn", answer)

    assert not who(here)


def test_a_found_phone_that_stays_locked_signs_nobody_in(here, cast):
    phone = made(here, cast)
    here.logout()
    phone.is_unlocked = False

    sign_in(here, phone)

    assert not who(here)


def test_a_key_of_ones_own_under_the_name_of_another_opens_nothing(here, cast):
    phone = made(here, cast)
    here.logout()
    forged = Phone(credential_id=phone.credential_id, handle=phone.handle)

    sign_in(here, forged)

    assert not who(here)


def test_a_closed_account_is_not_opened_by_its_passkey(here, cast):
    phone = made(here, cast)
    here.logout()
    cast.nigina.user.is_active = False
    cast.nigina.user.save()

    assert sign_in(here, phone).url == reverse("account_inactive")
    assert not who(here)


def test_a_passkey_opens_the_account_after_two_rows_became_one(here, cast):
    phone = made(here, cast)
    user = cast.nigina.user
    here.logout()
    other = make_person(legal_name="Рахимова Нигина", email="")

    merge(cast.nigina, into=other, by=cast.administrator)

    assert sign_in(here, phone).url == reverse("lms:my_courses")
    assert who(here) == user.pk
