"""Where a passkey is offered, and how its pages look."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from home import passkeys

from .steps import SLIP_PASSKEY, confirm, made, nothing_is_made, send

pytestmark = pytest.mark.django_db

PASSWORD = "a-long-enough-sentence"

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
