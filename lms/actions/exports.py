"""Files with names in them: made by a job, for a purpose, for some days (RP-08)."""

import logging
import tempfile
from collections.abc import Callable
from datetime import timedelta
from typing import IO

from django.core.files import File
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task
from wagtail.log_actions import log

from courses import clock
from lms.models import Export

from .each import add_up
from .messages import queue
from .refusal import Refused
from .unforeseen import told

logger = logging.getLogger(__name__)

KEPT = timedelta(days=7)
# A job that has not ended by then has died with its worker.
LONGEST = timedelta(days=1)

Write = Callable[[Export, IO[bytes]], None]

_kinds: dict[str, Write] = {}


class PurposeMissing(Refused):
    """A file of names needs a purpose in words."""

    field = "purpose"


class NotReady(Refused):
    """There is no file yet, or none any more."""


def register_kind(kind: str, write: Write) -> None:
    """Let jobs make this kind of file, too.

    `write` takes the export and an open file. It runs later and elsewhere, and so asks
    again what `export.by` may see.
    """
    _kinds[kind] = write


@transaction.atomic
def start_export(
    kind: str, *, params: dict, name: str, purpose: str, by, about=None
) -> Export:
    """Have a file made; asking again for one that is being made gives that one.

    It stands in the history of what it is `about`, else of who asked.
    """
    purpose = purpose.strip()
    if not purpose:
        raise PurposeMissing(_("Write what the file is for."))
    params = {"language": translation.get_language(), **params}
    asked = {"kind": kind, "params": params, "name": name, "purpose": purpose, "by": by}
    waiting = Export.objects.filter(**asked, state=Export.State.WAITING).first()
    if waiting:
        return waiting
    now = clock.now()
    export = Export.objects.create(**asked, created_at=now, expires_at=now + KEPT)
    data = {"file": name, "purpose": purpose, **params}
    log(about or by, "lms.export", user=by, data=data)
    transaction.on_commit(lambda: make.enqueue(export.pk))
    return export


@task()
def make(pk: int) -> None:
    """The job behind `start_export`; a second run finds nothing to do."""
    export = Export.objects.filter(pk=pk, state=Export.State.WAITING).first()
    if export is None:
        return
    try:
        with tempfile.TemporaryFile() as file:
            with translation.override(export.params.get("language", "en")):
                _kinds[export.kind](export, file)
            file.seek(0)
            _keep(export, file)
    except Exception as error:
        # Whatever went wrong, who waits is told; asking again makes another file.
        logger.warning("Export %s was not made: %s", pk, told(error))
        _close(export, Export.State.FAILED)


def _keep(export: Export, file: IO[bytes]) -> None:
    field = Export._meta.get_field("file")
    stored = FieldFile(export, field, field.generate_filename(export, export.name))
    name = stored.storage.save(stored.name, File(file))
    if not _close(export, Export.State.READY, file=name):
        stored.storage.delete(name)


@transaction.atomic
def _close(export: Export, state: Export.State, **fields) -> bool:
    """Only the first job to end says how it ended."""
    waiting = Export.objects.filter(pk=export.pk, state=Export.State.WAITING)
    if not waiting.update(state=state, **fields):
        return False
    person = getattr(export.by, "person", None)
    if state == Export.State.READY and person:
        queue(
            person,
            key=f"export_ready:{export.pk}",
            template="lms/mail/export_ready",
            context={
                "url": reverse("lms_reports:export", args=[export.pk]),
                "until": export.expires_at.isoformat(),
            },
        )
    return True


@transaction.atomic
def take(export: Export, *, by) -> FieldFile:
    """The file, for who asked for it; every taking is written down."""
    if by != export.by or not export.is_ready(clock.now()):
        raise NotReady(_("This file is not there. Ask for it again."))
    log(by, "lms.take_export", user=by, data={"file": export.name, "export": export.pk})
    return export.file


def expire() -> int:
    """Remove files whose days are over; safe to run at any time."""
    now = clock.now()
    died = Export.objects.filter(
        state=Export.State.WAITING, created_at__lte=now - LONGEST
    )
    died.update(state=Export.State.FAILED)
    over = Export.objects.filter(state=Export.State.READY, expires_at__lte=now)
    return add_up(over, _expire)


@transaction.atomic
def _expire(export: Export) -> bool:
    name, storage = export.file.name, export.file.storage
    ready = Export.objects.filter(pk=export.pk, state=Export.State.READY)
    if not ready.update(state=Export.State.EXPIRED, file=""):
        return False
    transaction.on_commit(lambda: storage.delete(name))
    return True
