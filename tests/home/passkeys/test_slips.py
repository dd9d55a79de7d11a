"""A slip makes an account that a passkey opens; what is none makes nothing."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from home import passkeys
from lms.actions import slips
from lms.models import SignInSlip
from tests.factories import make_enrolment, make_person
from tests.phone import Phone

from .steps import (
    SLIP_PASSKEY,
    asked,
    made,
    nothing_is_made,
    open_slip,
    send,
    sign_in,
    tampered,
    who,
)

pytestmark = pytest.mark.django_db

PASSWORD = "a-long-enough-sentence"


def test_without_an_opened_slip_no_passkey_is_made(here):
    assert here.get(reverse(SLIP_PASSKEY)).url == reverse("lms:enter_slip")
    assert send(here, SLIP_PASSKEY, {}).url == reverse("lms:enter_slip")


def test_a_slip_makes_an_account_that_a_passkey_opens(here, cast):
    """EN-10: an account claims the person that staff wrote down, once."""
    options = open_slip(here, cast)
    assert nothing_is_made(cast)

    phone = Phone()
    done = send(here, SLIP_PASSKEY, phone.create(options))

    assert done.url == reverse("lms:my_courses")
    cast.nigina.refresh_from_db()
    user = cast.nigina.user
    assert who(here) == user.pk
    assert (user.username, user.has_usable_password()) == ("nigina.rahimova", False)
    assert SignInSlip.objects.get().used_at
    assert str(Authenticator.objects.get()) == "Passkey 1"
    here.logout()
    assert sign_in(here, phone).url == reverse("lms:my_courses")
    assert who(here) == user.pk


def test_a_phone_is_asked_for_a_passkey_that_signs_in_alone_and_is_locked(here, cast):
    options = open_slip(here, cast)["publicKey"]

    asked_of = options["authenticatorSelection"]
    assert asked_of["residentKey"] == asked_of["userVerification"] == "required"
    assert options["rp"] == {"id": "localhost", "name": "Ustod"}
    assert options["user"]["displayName"] == "Раҳимова Нигина"
    assert options["user"]["name"] == "nigina.rahimova"


def test_a_slip_used_in_the_meantime_makes_no_second_account(here, cast):
    credential = Phone().create(open_slip(here, cast))
    slips.use_slip(cast.slip, username="other", password=PASSWORD)

    response = send(here, SLIP_PASSKEY, credential)

    assert response.url == reverse("lms:enter_slip")
    assert not who(here)
    assert not Authenticator.objects.exists()


def test_the_verb_itself_uses_a_slip_once(here, cast):
    credential = Phone().create(open_slip(here, cast))
    passkeys.use_slip(cast.slip, credential=credential)

    with pytest.raises(slips.SlipRefused):
        passkeys.use_slip(cast.slip, credential=credential)

    assert Authenticator.objects.count() == 1


def test_an_expired_slip_makes_no_account(here, cast, at):
    at("2026-10-26T08:59+05:00")
    credential = Phone().create(open_slip(here, cast))
    at("2026-10-26T09:01+05:00")

    assert send(here, SLIP_PASSKEY, credential).url == reverse("lms:enter_slip")
    assert nothing_is_made(cast)


SPOILT_NEW = [
    lambda sent: None,
    lambda sent: [],
    lambda sent: "text",
    lambda sent: 7,
    lambda sent: {},
    lambda sent: {"response": {}},
    lambda sent: sent | {"id": "AAAA"},
    lambda sent: sent | {"rawId": 5, "id": 5},
    lambda sent: sent | {"response": []},
    lambda sent: sent | {"clientExtensionResults": 3},
    lambda sent: tampered(sent, attestationObject=""),
    lambda sent: tampered(sent, attestationObject="AAAA"),
    lambda sent: tampered(sent, attestationObject="☃"),
    lambda sent: tampered(
        sent, attestationObject=sent["response"]["attestationObject"][:-40]
    ),
    lambda sent: tampered(sent, clientDataJSON="e30"),
    lambda sent: tampered(sent, clientDataJSON="AAAA"),
    lambda sent: tampered(sent, clientDataJSON=None),
]


def test_what_is_no_passkey_makes_nothing_and_the_slip_still_works(here, cast):
    phone = Phone()
    open_slip(here, cast)

    for spoil in SPOILT_NEW:
        credential = phone.create(asked(here, SLIP_PASSKEY))
        response = send(here, SLIP_PASSKEY, spoil(credential))
        assert response.url == reverse("lms:slip_account")
    page = here.get(response.url).content.decode()

    assert "The slip still works" in page
    assert nothing_is_made(cast)
    made(here, cast)
    assert cast.nigina.user


@pytest.mark.parametrize(
    "phone",
    [Phone(is_unlocked=False), Phone(origin="https://evil.example")],
    ids=["not unlocked", "another site"],
)
def test_a_passkey_made_unlocked_or_elsewhere_is_refused(here, cast, phone):
    send(here, SLIP_PASSKEY, phone.create(open_slip(here, cast)))

    assert nothing_is_made(cast)


def test_an_answer_to_an_earlier_question_is_refused(here, cast):
    earlier = Phone().create(open_slip(here, cast))
    asked(here, SLIP_PASSKEY)

    send(here, SLIP_PASSKEY, earlier)
    send(here, SLIP_PASSKEY, earlier)

    assert nothing_is_made(cast)


def test_a_passkey_made_for_one_slip_does_not_serve_another(here, cast):
    farrukh = make_person(legal_name="Мирзоев Фаррух", email="")
    make_enrolment(farrukh, cast.cohort)
    ((_slip, code),) = slips.print_slips(cast.cohort, people=[farrukh], by=None)
    credential = Phone().create(open_slip(here, cast))

    here.post(reverse("lms:enter_slip"), {"code": code})
    send(here, SLIP_PASSKEY, credential)

    farrukh.refresh_from_db()
    assert farrukh.user is None
    assert nothing_is_made(cast)


def test_who_is_signed_in_makes_no_account_by_a_slip(here, cast):
    here.force_login(cast.participant)
    here.post(reverse("lms:enter_slip"), {"code": cast.code})

    assert send(here, SLIP_PASSKEY, {}).status_code == 302
    assert nothing_is_made(cast)
