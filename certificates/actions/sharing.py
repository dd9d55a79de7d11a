"""Showing a certificate to others: the holder's own link, and copies staff send."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from certificates.letters import COPY
from certificates.models import Certificate, ShareLink
from certificates.recipients import Recipient
from courses import clock
from lms.actions.messages import queue
from lms.actions.refusal import Refused
from lms.models import Message

Purpose = ShareLink.Purpose
# So long is a copy open that was sent to somebody.
COPY_DAYS = 30


class NotToShow(Refused):
    """What has ended, or was emptied by an erasure, is shown to nobody."""


@transaction.atomic
def share(certificate: Certificate, *, by, days: int | None = None) -> ShareLink:
    """Open an address that shows it in full; a second call returns the one there is.

    `days` ends it by itself; without it the holder switches it off.
    """
    row = _lock_valid(certificate)
    links = row.shares.open(clock.now()).filter(purpose=Purpose.HOLDER)
    if link := links.first():
        return link
    link = _make(row, Purpose.HOLDER, by=by, days=days)
    log(row, "certificates.share", user=by, data={"days": days})
    return link


@transaction.atomic
def stop_sharing(link: ShareLink, *, by) -> ShareLink:
    """Nobody opens it from now on; it cannot be switched on again."""
    link = ShareLink.objects.select_for_update().get(pk=link.pk)
    if link.ended_at is None:
        link.ended_at = clock.now()
        link.save(update_fields=["ended_at"])
        log(link.certificate, "certificates.stop_sharing", user=by)
    return link


@transaction.atomic
def send_copies(
    certificates: Iterable[Certificate], *, to: Iterable[Recipient], by
) -> int:
    """Write to each recipient about each certificate, once ever; how many were new.

    Only what is issued already: nothing is issued by this (CE-23, CE-36). The letter
    holds a link for thirty days, no name and no file.
    """
    recipients = list(to)
    return sum(
        _send(certificate, recipient, by=by)
        for certificate in certificates
        for recipient in recipients
    )


def count_view(link: ShareLink) -> None:
    """One more; who it was is not asked and not kept."""
    ShareLink.objects.filter(pk=link.pk).update(views=F("views") + 1)


def _send(certificate: Certificate, recipient: Recipient, *, by) -> int:
    key = f"certificate:{certificate.pk}:copy:{recipient.key}"
    if Message.objects.filter(key=key).exists():
        return 0
    row = _lock_valid(certificate)
    link = _make(row, Purpose.COPY, by=by, days=COPY_DAYS)
    queue(
        None,
        key=key,
        template=COPY.key,
        to=recipient.email,
        locale=recipient.locale,
        context={
            "name": recipient.name,
            "number": row.number,
            "share": link.pk,
            "cohort": row.cohort_id,
        },
        by=by,
    )
    log(row, "certificates.send_copy", user=by, data={"to": recipient.role})
    return 1


def _make(
    certificate: Certificate, purpose: Purpose, *, by, days: int | None
) -> ShareLink:
    now = clock.now()
    return ShareLink.objects.create(
        certificate=certificate,
        purpose=purpose,
        made_at=now,
        made_by=by,
        expires_at=now + timedelta(days=days) if days else None,
    )


def _lock_valid(certificate: Certificate) -> Certificate:
    row = Certificate.objects.select_for_update(of=["self"]).get(pk=certificate.pk)
    if row.status != Certificate.Status.VALID or not row.pdf:
        raise NotToShow(
            _("Certificate %(number)s is not valid any more: it cannot be shown.")
            % {"number": row.number}
        )
    return row
