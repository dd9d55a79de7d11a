"""The public halves of signing keys: noted at first use, retired, no longer trusted."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from certificates.models import SigningKey
from certificates.seal.keys import CredentialKey, SealKey
from courses import clock
from lms.actions.refusal import Refused, reason_given


class KeyRetired(Refused):
    """The key was taken out of use and still stands in the settings."""


def note(key: SealKey | CredentialKey, *, by) -> SigningKey:
    """The row of the key about to be used; made at its first use.

    Raises KeyRetired: what is signed with such a key would not be believed.
    """
    row = SigningKey.objects.filter(fingerprint=key.fingerprint).first()
    if row is None:
        row = _first_use(key, by=by)
    if row.has_ended:
        raise KeyRetired(
            _("The key in the settings was taken out of use. Ask an administrator.")
        )
    return row


@transaction.atomic
def retire(key: SigningKey, *, by) -> SigningKey:
    """Sign nothing more with it; what it signed stays good."""
    row = SigningKey.objects.select_for_update().get(pk=key.pk)
    if row.retired_at is None:
        row.retired_at = clock.now()
        row.save(update_fields=["retired_at"])
        log(row, "certificates.retire_key", user=by)
    return row


@transaction.atomic
def distrust(key: SigningKey, *, by, since: datetime, reason: str) -> SigningKey:
    """Believe nothing that it signed from then on: somebody else may have it.

    The earliest day that was ever said counts.
    """
    reason = reason_given(reason)
    row = SigningKey.objects.select_for_update().get(pk=key.pk)
    if row.compromised_at and row.compromised_at <= since:
        return row
    row.compromised_at = since
    row.save(update_fields=["compromised_at"])
    data = {"since": since.isoformat(), "reason": reason}
    log(row, "certificates.distrust_key", user=by, data=data)
    return row


@transaction.atomic
def _first_use(key: SealKey | CredentialKey, *, by) -> SigningKey:
    row, is_new = SigningKey.objects.get_or_create(
        fingerprint=key.fingerprint,
        defaults={
            "use": key.use,
            "public": key.public,
            "is_development": key.is_development,
            "first_used_at": clock.now(),
        },
    )
    if is_new:
        log(row, "certificates.note_key", user=by)
    return row
