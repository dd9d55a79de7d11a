"""Passkeys: signing in with the lock of one's own phone, by finger, face or its code.

allauth and fido2 do the cryptography. Here is where a passkey is offered at all, whose
it is, and the two verbs that must hold together with what else an account has.
"""

import ipaddress
import re

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.db import transaction
from django.http.request import split_domain_port
from django.utils.translation import gettext as _
from fido2.rpid import verify_rp_id
from fido2.utils import websafe_decode
from wagtail.log_actions import log

from lms.actions import slips
from lms.actions.refusal import Refused
from lms.models import Person, SignInSlip

from .frame import frame
from .models import User

OF_PERSON = re.compile(r"person-([0-9]{1,18})\Z")


class OnlyWayIn(Refused):
    """Without this passkey nobody could open the account any more."""


class PasskeyAdapter(DefaultMFAAdapter):
    """What a phone is told about the site and about who keeps a passkey for it."""

    def get_public_key_credential_rp_entity(self):
        entity = super().get_public_key_credential_rp_entity()
        organisation = frame(context.request)["settings"]["organisation"]
        return entity | {"name": organisation or entity["name"]}

    def get_public_key_credential_user_entity(self, user):
        """By the person where there is one: a slip has a person and no account yet."""
        person = getattr(user, "person", None)
        if person is None:
            return super().get_public_key_credential_user_entity(user)
        return {
            "id": f"person-{person.pk}".encode(),
            "name": self._get_user_identifier(user),
            "display_name": person.legal_name,
        }

    def generate_authenticator_name(self, user, type):
        mine = Authenticator.objects.filter(user_id=user.pk, type=type)
        return _("Passkey %(number)s") % {"number": mine.count() + 1}


def are_offered(request) -> bool:
    """Browsers keep passkeys for a name: over HTTPS, or on this very machine."""
    host, _port = split_domain_port(request.get_host())
    return not _is_number(host) and verify_rp_id(host, f"{request.scheme}://{host}")


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def owner(credential: dict) -> User | None:
    """Whose passkey a phone says it shows, where it was made for a person.

    What it shows is checked against that account afterwards.
    """
    handle = credential.get("response", {}).get("userHandle") or ""
    found = OF_PERSON.match(websafe_decode(handle).decode("utf-8", "replace"))
    if found is None:
        return None
    people = Person.objects.select_related("user")
    person = people.filter(pk=int(found[1])).first()
    while person and person.merged_into_id:
        person = people.get(pk=person.merged_into_id)
    return person.user if person else None


@transaction.atomic
def use_slip(slip: SignInSlip, *, credential: dict) -> User:
    """Make the account that a passkey opens; both or nothing, and only once."""
    username = slips.suggested_username(slip.person)
    user = slips.use_slip(slip, username=username, password=None)
    name = PasskeyAdapter().generate_authenticator_name(user, _TYPE)
    WebAuthn.add(user, name, credential)
    return user


@transaction.atomic
def remove_passkey(passkey: Authenticator, *, by: User) -> None:
    """Take one off its account, and the recovery codes with the last second step."""
    user = User.objects.select_for_update().get(pk=passkey.user_id)
    if is_only_way_in(passkey, user):
        raise OnlyWayIn(
            _(
                "This passkey is the only way into your account. Set a password first, "
                "then you can remove it."
            )
        )
    mine = Authenticator.objects.filter(user=user)
    if not mine.filter(pk=passkey.pk).delete()[0]:
        return
    if not mine.exclude(type=Authenticator.Type.RECOVERY_CODES).exists():
        mine.delete()
    log(user, "home.remove_passkey", user=by)


def is_only_way_in(passkey: Authenticator, user: User) -> bool:
    others = Authenticator.objects.filter(user=user, type=_TYPE).exclude(pk=passkey.pk)
    return not user.has_usable_password() and not others.exists()


_TYPE = Authenticator.Type.WEBAUTHN
