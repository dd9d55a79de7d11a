"""A copy of all that is held about a person: asked for, made, taken (PR-01)."""

import json
import zipfile
from datetime import timedelta
from tempfile import SpooledTemporaryFile
from uuid import uuid4

from django.core.files import File
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language_info, override
from django.utils.translation import gettext as _
from django_tasks import task
from wagtail.log_actions import log

from courses import clock
from lms.models import DataExport, Person
from lms.personal.copying import Copied, files_of, tables_of
from lms.personal.subject import Subject, subject_of

from .exports import PurposeMissing
from .messages import queue
from .refusal import Refused

KEPT = timedelta(days=7)
IN_MEMORY = 5_000_000


class NothingToCopy(Refused):
    """Nothing names this person any more, or another row does."""


class CopyGone(Refused):
    """Not made yet, or its time is over."""


@transaction.atomic
def ask_data(person: Person, *, by, purpose: str = "") -> DataExport:
    """Begin a copy. Whoever has one under way or ready is given that one.

    Who asks about somebody else says what for: the person reads it in a later copy.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.anonymised_at or person.merged_into_id:
        raise NothingToCopy(_("Nothing is held under this name any more."))
    purpose = purpose.strip()
    if by != person.user and not purpose:
        raise PurposeMissing(_("Write what the file is for."))
    now = clock.now()
    mine = person.data_exports.filter(asked_by=by, purpose=purpose, expires_at__gt=now)
    copy = mine.first()
    if copy is None:
        copy = person.data_exports.create(
            asked_by=by, asked_at=now, expires_at=now + KEPT, purpose=purpose
        )
        log(copy, "lms.ask_data", user=by, data=_about(copy))
    if copy.made_at is None:
        # Asked again, a job that was lost is begun anew; it makes nothing twice.
        transaction.on_commit(lambda: make_copy.enqueue(copy.pk))
    return copy


@task()
def make_copy(pk: int) -> None:
    """The job behind `ask_data`."""
    copy = DataExport.objects.filter(pk=pk).first()
    if copy:
        make(copy)


@transaction.atomic
def make(copy: DataExport) -> DataExport:
    """Write the file and tell who asked about themselves; a second call does nothing.

    The person is locked, as by an erasure: a copy never outlives whom it is about.
    """
    person = Person.objects.select_for_update().get(pk=copy.person_id)
    copy = DataExport.objects.select_for_update().get(pk=copy.pk)
    now = clock.now()
    if copy.made_at or person.anonymised_at or copy.expires_at <= now:
        return copy
    with override(person.locale), SpooledTemporaryFile(IN_MEMORY) as file:
        write(subject_of(person), file, language=person.locale)
        file.seek(0)
        copy.file.save(f"{uuid4().hex}.zip", File(file), save=False)
    copy.made_at, copy.expires_at = now, now + KEPT
    copy.save(update_fields=["file", "made_at", "expires_at"])
    _tell(copy, person)
    return copy


def take(copy: DataExport, *, by) -> File:
    """The open file; every taking is logged. Raises CopyGone."""
    if not copy.is_ready(clock.now()):
        raise CopyGone(_("This copy is no longer kept. Ask for a new one."))
    file = copy.file.open("rb")
    log(copy, "lms.take_data", user=by, data=_about(copy))
    return file


def _about(copy: DataExport) -> dict:
    """For the log: of whom it was, beside who it was."""
    return {"person": copy.person_id, "purpose": copy.purpose}


def write(subject: Subject, file, *, language: str) -> None:
    """For a program, for the person, and the files, as one ZIP."""
    tables = tables_of(subject)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.json", as_json(tables))
        archive.writestr("data.html", as_page(tables, language))
        archive.writestr("page.css", render_to_string("lms/data_copy.css"))
        for one in files_of(subject):
            with one.file.storage.open(one.file.name, "rb") as source:
                archive.writestr(one.name, source.read())


def as_json(tables: list[Copied]) -> str:
    data = {
        table.label: [{cell.name: cell.value for cell in row} for row in table.rows]
        for table in tables
    }
    return json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)


def as_page(tables: list[Copied], language: str) -> str:
    context = {
        "tables": tables,
        "language": get_language_info(language),
        "now": clock.now(),
    }
    return render_to_string("lms/data_copy.html", context)


def _tell(copy: DataExport, person: Person) -> None:
    """Who asked about somebody else is looking at the page already."""
    if person.user_id is None or copy.asked_by_id != person.user_id:
        return
    queue(
        person,
        key=f"export_ready:{copy.pk}",
        template="lms/mail/export_ready",
        context={
            "url": reverse("lms:my_data"),
            "until": copy.expires_at.isoformat(),
        },
    )
