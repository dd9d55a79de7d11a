"""Passkeys: made with a slip or added later, shown to sign in, the last kept."""

import json

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from home import passkeys
from lms.actions import slips
from lms.actions.merging import merge
from lms.models import SignInSlip
from tests.cast import make_cast
from tests.factories import make_enrolment, make_participant, make_person
from tests.phone import Phone

pytestmark = pytest.mark.django_db

PASSWORD = "a-long-enough-sentence"
START = "2026-10-12T09:00+05:00"
SLIP_PASSKEY = "account_pages:slip_passkey"


@pytest.fixture
def cast(at):
    at(START)
    cast = make_cast()
    cast.nigina = make_person(legal_name="Раҳимова Нигина", email="")
    make_enrolment(cast.nigina, cast.cohort)
    ((cast.slip, cast.code),) = slips.print_slips(
        cast.cohort, people=[cast.nigina], by=cast.trainer
    )
    return cast


@pytest.fixture
def here():
    """A browser at an address for which it keeps passkeys."""
    return Client(SERVER_NAME="localhost")


def asked(here, name):
    return here.get(reverse(name), headers={"accept": "application/json"}).json()


def send(here, where, credential, **more):
    sent = {"credential": json.dumps(credential)} | more
    return here.post(reverse(where), sent)


def open_slip(here, cast):
    here.post(reverse("lms:enter_slip"), {"code": cast.code})
    return asked(here, SLIP_PASSKEY)


def made(here, cast, phone=None):
    """Nigina's phone after she used her slip with it."""
    phone = phone or Phone()
    send(here, SLIP_PASSKEY, phone.create(open_slip(here, cast)))
    cast.nigina.refresh_from_db()
    return phone


def sign_in(here, phone, **more):
    options = asked(here, "mfa_login_webauthn")["request_options"]
    return send(here, "mfa_login_webauthn", phone.get(options), **more)


def confirm(here, phone):
    options = here.get(reverse("mfa_reauthenticate_webauthn")).context["js_data"]
    credential = phone.get(options["request_options"])
    return send(here, "mfa_reauthenticate_webauthn", credential)


def nothing_is_made(cast):
    cast.nigina.refresh_from_db()
    slip = SignInSlip.objects.get(pk=cast.slip.pk)
    return not (cast.nigina.user or slip.used_at or Authenticator.objects.exists())


def who(here):
    return int(here.session.get("_auth_user_id", 0))


PLACES = [
    ("localhost", False, True),
    ("localhost:8000", False, True),
    ("training.example.org", True, True),
    ("training.example.org", False, False),
    ("127.0.0.1:8000", False, False),
    ("192.168.1.7", True, False),
    ("[::1]:8000", True, False),
]


@pytest.mark.parametrize(("host", "is_secure", "offered"), PLACES)
def test_a_passkey_is_offered_where_a_browser_keeps_one(rf, host, is_secure, offered):
    request = rf.get("/", secure=is_secure, headers={"host": host})

    assert passkeys.are_offered(request) is offered


def test_where_none_is_offered_none_is_made(client, cast):
    client.post(reverse("lms:enter_slip"), {"code": cast.code})

    account = reverse("lms:slip_account")
    assert client.get(reverse(SLIP_PASSKEY)).url == account
    assert send(client, SLIP_PASSKEY, {}).url == account
    assert nothing_is_made(cast)
    page = client.get(reverse("lms:slip_account")).content.decode()
    assert "data-passkey" not in page


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


def tampered(credential, **response):
    return credential | {"response": credential["response"] | response}


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


def test_the_only_way_in_is_not_removed_before_there_is_a_password(here, cast):
    phone = made(here, cast)
    passkey = Authenticator.objects.get()
    url = reverse("mfa_remove_webauthn", args=[passkey.pk])
    assert here.get(url).url.startswith(reverse("mfa_reauthenticate_webauthn"))
    confirm(here, phone)

    page = here.get(url).content.decode()
    here.post(url)
    assert "Set a password first" in page
    assert Authenticator.objects.filter(pk=passkey.pk).exists()

    new = {"password1": PASSWORD, "password2": PASSWORD}
    here.post(reverse("account_set_password"), new)
    here.post(url)
    assert not Authenticator.objects.exists()
    noted = ModelLogEntry.objects.for_instance(cast.nigina.user)
    assert noted.filter(action="home.remove_passkey").count() == 1


def test_a_screen_left_open_gets_no_password_from_somebody_else(here, cast):
    made(here, cast)
    new = {"password1": PASSWORD, "password2": PASSWORD}

    response = here.post(reverse("account_set_password"), new)

    assert response.url.startswith(reverse("mfa_reauthenticate_webauthn"))
    cast.nigina.user.refresh_from_db()
    assert not cast.nigina.user.has_usable_password()


def test_a_passkey_is_added_listed_renamed_and_removed(here):
    user = make_participant().user
    EmailAddress.objects.create(user=user, email="n@example.org", verified=True)
    user.set_password(PASSWORD)
    user.save()
    here.force_login(user)
    here.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    phone = Phone()

    page = here.get(reverse("mfa_add_webauthn"))
    options = page.context["js_data"]["creation_options"]
    send(here, "mfa_add_webauthn", phone.create(options), name="My phone")
    passkey = Authenticator.objects.get(type="webauthn")
    edit = reverse("mfa_edit_webauthn", args=[passkey.pk])
    assert here.post(edit, {"name": "x" * 61}).context["form"].errors
    here.post(edit, {"name": "Мой телефон"})
    listed = here.get(reverse("mfa_list_webauthn")).content.decode()
    here.logout()
    sign_in(here, phone)

    assert options["publicKey"]["authenticatorSelection"]["residentKey"] == "required"
    assert "Мой телефон" in listed
    assert who(here) == user.pk
    confirm(here, phone)
    here.post(reverse("mfa_remove_webauthn", args=[passkey.pk]))
    assert not Authenticator.objects.exists()


def test_a_passkey_of_somebody_else_is_neither_renamed_nor_removed(here, cast):
    made(here, cast)
    passkey = Authenticator.objects.get()
    here.logout()
    here.force_login(cast.participant)
    cast.participant.set_password(PASSWORD)
    cast.participant.save()
    here.force_login(cast.participant)
    here.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        url = reverse(name, args=[passkey.pk])
        assert here.post(url, {"name": "Mine"}).status_code == 404

    passkey.refresh_from_db()
    assert str(passkey) == "Passkey 1"


def test_a_spoilt_passkey_is_not_added_and_the_page_says_so(here):
    user = make_participant().user
    user.set_password(PASSWORD)
    user.save()
    here.force_login(user)
    here.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    here.get(reverse("mfa_add_webauthn"))

    page = send(here, "mfa_add_webauthn", {"response": {}}, name="My phone")

    assert "could not be checked" in page.content.decode()
    assert "My phone" in page.content.decode()
    assert not Authenticator.objects.exists()


def test_after_the_password_a_passkey_is_the_second_step(here, cast):
    phone = made(here, cast)
    user = cast.nigina.user
    user.set_password(PASSWORD)
    user.save()
    here.logout()

    asked_for = here.post(
        reverse("account_login"), {"login": user.username, "password": PASSWORD}
    )
    assert asked_for.url.startswith(reverse("mfa_authenticate"))
    assert not who(here)
    page = here.get(asked_for.url)
    phone.is_unlocked = False
    options = page.context["js_data"]["request_options"]
    send(here, "mfa_authenticate", phone.get(options))
    assert not who(here)
    phone.is_unlocked = True
    options = here.get(asked_for.url).context["js_data"]["request_options"]
    send(here, "mfa_authenticate", phone.get(options))
    assert who(here) == user.pk


def test_a_passkey_is_the_second_step_staff_need(here, settings):
    settings.USTOD_STAFF_MFA = True
    trainer = make_cast().trainer
    trainer.set_password(PASSWORD)
    trainer.save()
    EmailAddress.objects.create(user=trainer, email=trainer.email, verified=True)
    here.force_login(trainer)
    door = reverse("lms_cohorts:index")
    assert here.get(door).url == reverse("mfa_activate_totp")
    here.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    phone = Phone()
    options = here.get(reverse("mfa_add_webauthn")).context["js_data"]
    send(here, "mfa_add_webauthn", phone.create(options["creation_options"]))
    here.logout()

    sign_in(here, phone)

    assert who(here) == trainer.pk
    assert here.get(door).status_code == 200


@pytest.mark.parametrize("language", ["en", "tg"])
def test_the_pages_of_passkeys_have_the_look_of_the_site(here, cast, language):
    phone = made(here, cast)
    confirm(here, phone)
    key = [Authenticator.objects.get(type="webauthn").pk]
    pages = [
        ("mfa_index", []),
        ("mfa_list_webauthn", []),
        ("mfa_add_webauthn", []),
        ("mfa_reauthenticate_webauthn", []),
        ("mfa_edit_webauthn", key),
        ("mfa_remove_webauthn", key),
        ("account_set_password", []),
        ("account_pages:profile", []),
    ]

    for name, args in pages:
        url = reverse(name, args=args).replace("/en/", f"/{language}/")
        page = here.get(url)
        assert page.status_code == 200, name
        assert "account/page.html" in [template.name for template in page.templates]
