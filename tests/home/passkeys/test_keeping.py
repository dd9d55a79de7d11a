"""Passkeys are added, renamed, removed, the only way in kept; a second step."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.urls import reverse
from wagtail.models import ModelLogEntry

from tests.cast import make_cast
from tests.factories import make_participant
from tests.phone import Phone

from .steps import confirm, made, send, sign_in, who

pytestmark = pytest.mark.django_db

PASSWORD = "a-long-enough-sentence"


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
