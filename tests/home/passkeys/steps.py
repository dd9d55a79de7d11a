"""What a browser and a phone with passkeys do on the pages of an account."""

import json

from allauth.mfa.models import Authenticator
from django.urls import reverse

from lms.models import SignInSlip
from tests.phone import Phone

START = "2026-10-12T09:00+05:00"
SLIP_PASSKEY = "account_pages:slip_passkey"


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


def tampered(credential, **response):
    return credential | {"response": credential["response"] | response}
