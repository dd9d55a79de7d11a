"""Photos and scans of signed sheets: kept with their sessions, taken away again."""

import hashlib
import uuid
from collections.abc import Iterable

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from courses import clock
from lms.models import Cohort, RegisterScan, Session
from lms.scans import UnreadableScan, clean_scan

from .erasing import remove_files
from .places import lock_cohort
from .refusal import Refused


class ScanUnreadable(Refused):
    """The file is no photo and no scan."""

    field = "file"


class NoSession(Refused):
    """A sheet is signed for a session."""


@transaction.atomic
def keep_scan(
    cohort: Cohort, *, sessions: Iterable[Session], data: bytes, by
) -> RegisterScan:
    """Keep the paper privately; the same file again only adds sessions to it."""
    sessions = [one for one in sessions if one.cohort_id == cohort.pk]
    if not sessions:
        raise NoSession(_("Choose the session this sheet was signed for."))
    try:
        scan = clean_scan(data)
    except UnreadableScan as reason:
        raise ScanUnreadable(str(reason)) from reason
    digest = hashlib.sha256(scan.data).hexdigest()
    lock_cohort(cohort)
    kept = RegisterScan.objects.filter(cohort=cohort, digest=digest).first()
    if kept is None or not kept.file:
        kept = kept or RegisterScan(cohort=cohort, digest=digest)
        kept.by, kept.added_at = by, clock.now()
        name = f"{uuid.uuid4().hex}.{scan.extension}"
        kept.file.save(name, ContentFile(scan.data), save=False)
        kept.save()
        keys = [session.pk for session in sessions]
        log(kept, "lms.keep_scan", user=by, data={"sessions": keys})
    kept.sessions.add(*sessions)
    return kept


@transaction.atomic
def remove_scan(scan: RegisterScan, *, by) -> None:
    """Take a wrong photo away; that it was there and who removed it stays logged."""
    scan = RegisterScan.objects.select_for_update().get(pk=scan.pk)
    if not scan.file:
        return
    remove_files([scan], ["file"])
    scan.file = ""
    scan.save(update_fields=["file"])
    log(scan, "lms.remove_scan", user=by)
