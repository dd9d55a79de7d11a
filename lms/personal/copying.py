"""What a copy of one person's data says: table by table, theirs alone."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .fields import Table, table_of
from .subject import Subject, everything
from .walk import PERSON, links_to_people


@dataclass(frozen=True)
class Cell:
    """One field of a row: for a program, and in words for the person."""

    name: str
    title: str
    value: object
    words: str


@dataclass(frozen=True)
class Copied:
    """One table and the person's rows in it."""

    label: str
    title: str
    rows: list[list[Cell]]


@dataclass(frozen=True)
class CopiedFile:
    """A file of the person's, and where it stands in the copy."""

    name: str
    file: models.fields.files.FieldFile


def tables_of(subject: Subject) -> list[Copied]:
    """Every table of the register with a row of theirs; queries do not grow."""
    found = [
        Copied(
            table.label,
            str(rows.model._meta.verbose_name_plural),
            [_cells(table, row, subject) for row in _with_names(rows)],
        )
        for table, rows in everything(subject)
    ]
    return [one for one in found if one.rows]


def files_of(subject: Subject) -> Iterator[CopiedFile]:
    """Papers and uploads that are there; a secret one is nobody's to take."""
    for table, rows in everything(subject):
        names = [
            field.name
            for field in rows.model._meta.concrete_fields
            if isinstance(field, models.FileField) and not _is_secret(table, field)
        ]
        for row in rows if names else ():
            yield from _files(row, names)


def _files(row: models.Model, names: list[str]) -> Iterator[CopiedFile]:
    for name in names:
        file = getattr(row, name)
        if file and file.storage.exists(file.name):
            yield CopiedFile(_place(row, file), file)


def _place(row: models.Model, file) -> str:
    return f"files/{row._meta.model_name}-{row.pk}-{file.name.rpartition('/')[2]}"


def _with_names(rows: models.QuerySet) -> models.QuerySet:
    named = [f.name for f in rows.model._meta.concrete_fields if _has_open_name(f)]
    return rows.select_related(*named) if named else rows


def _cells(table: Table, row: models.Model, subject: Subject) -> list[Cell]:
    return [
        Cell(
            field.name, str(field.verbose_name), _value(row, field), _words(row, field)
        )
        for field in row._meta.concrete_fields
        if _is_given(table, row, field, subject)
    ]


def _is_given(table: Table, row, field: models.Field, subject: Subject) -> bool:
    """Neither a secret, nor who of the staff did it, nor anybody else."""
    if field.name in table.deeds or _is_secret(table, field):
        return False
    if not links_to_people(field):
        return True
    is_person = field.related_model._meta.label == PERSON
    own = subject.people if is_person else subject.accounts
    return field.value_from_object(row) in own


def _is_secret(table: Table, field: models.Field) -> bool:
    return field.name in table.fields and table.fields[field.name].is_secret


def _has_open_name(field: models.Field) -> bool:
    """Is it a link to something that is no person's, such as a cohort?"""
    if not field.is_relation or links_to_people(field):
        return False
    table = table_of(field.related_model._meta.label)
    return bool(table and table.is_content)


def _value(row: models.Model, field: models.Field) -> object:
    if isinstance(field, models.FileField):
        file = getattr(row, field.name)
        return _place(row, file) if file else ""
    return field.value_from_object(row)


def _words(row: models.Model, field: models.Field) -> str:
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")() or "")
    if _has_open_name(field):
        return str(getattr(row, field.name) or "")
    return in_words(_value(row, field))


def in_words(value: object) -> str:
    """In the language that is on; nothing for what is empty."""
    if value is None or value in ("", [], {}):
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)
