"""allauth's forms for passkeys: what a browser sends may be anything at all."""

import struct
from contextlib import contextmanager, suppress

from allauth.mfa.webauthn import forms as allauth_forms
from allauth.mfa.webauthn.internal import auth
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from fido2.utils import websafe_encode

from . import passkeys

# What the readers of CBOR, of JSON and of keys raise for bytes that mean nothing.
UNREADABLE = (
    AssertionError,
    AttributeError,
    InvalidSignature,
    LookupError,
    OverflowError,
    RuntimeError,
    TypeError,
    UnsupportedAlgorithm,
    ValueError,
    struct.error,
)
LONGEST_NAME = 60


@contextmanager
def checking():
    """One sentence for whatever is wrong with a passkey: why is of use to nobody."""
    try:
        yield
    except (ValidationError, *UNREADABLE) as wrong:
        raise ValidationError(
            _("This passkey could not be checked. Nothing has changed: try again.")
        ) from wrong


class NewPasskeyForm(allauth_forms.SignupWebAuthnForm):
    """A passkey made just now; without a name it gets one."""

    name = forms.CharField(
        label=gettext_lazy("Name of the passkey"),
        required=False,
        max_length=LONGEST_NAME,
        help_text=gettext_lazy("So that you know it again, such as “my phone”."),
    )

    def clean(self):
        with checking():
            cleaned = super().clean()
            if "credential" in cleaned:
                cleaned["credential"] = _kept(cleaned["credential"])
            return cleaned


def _kept(credential: dict) -> dict:
    """What allauth reads again later, and not what else a browser may have sent.

    A key cut off on the way is read without complaint, and opens nothing afterwards.
    """
    new = auth.parse_registration_response(credential).response.attestation_object
    key = new.auth_data.credential_data
    if credential["rawId"] != websafe_encode(key.credential_id):
        raise ValueError
    with suppress(InvalidSignature):
        key.public_key.verify(b"", b"")
    is_alone = credential["clientExtensionResults"].get("credProps", {}).get("rk")
    read = ("clientDataJSON", "attestationObject")
    return {
        "id": credential["id"],
        "rawId": credential["rawId"],
        "type": "public-key",
        "response": {key: credential["response"][key] for key in read},
        "clientExtensionResults": {"credProps": {"rk": bool(is_alone)}},
    }


class AddPasskeyForm(NewPasskeyForm):
    """A second door of one's own account."""


class RenamePasskeyForm(allauth_forms.EditWebAuthnForm):
    name = forms.CharField(
        label=gettext_lazy("Name of the passkey"), max_length=LONGEST_NAME
    )


class AuthenticatePasskeyForm(allauth_forms.AuthenticateWebAuthnForm):
    def clean_credential(self):
        with checking():
            return super().clean_credential()


class ReauthenticatePasskeyForm(AuthenticatePasskeyForm):
    reauthenticated = True


class LoginPasskeyForm(allauth_forms.LoginWebAuthnForm):
    def clean_credential(self):
        credential = self.cleaned_data["credential"]
        with checking():
            auth.parse_authentication_response(credential)
            user = passkeys.owner(credential)
            user = user or auth.extract_user_from_response(credential)
            return auth.complete_authentication(user, credential)
