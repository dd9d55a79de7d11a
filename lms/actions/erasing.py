"""Taking out of each table what the register of personal data says goes."""

from collections.abc import Iterable

from django.db import models, transaction

from lms.personal.fields import Fate, Table
from lms.personal.subject import Subject, everything


def erase(subject: Subject) -> dict[str, int]:
    """Empty, replace and delete, table by table; gives the rows by table.

    Those that hang on others come after them in the register, and are dealt with
    first. Files go once the transaction is kept.
    """
    found = list(everything(subject))
    return {
        table.label: count
        for table, rows in reversed(found)
        if (count := _erase_rows(table, rows))
    }


def emptied(field: models.Field) -> object:
    """What stands in a field of which nothing is left."""
    if field.null and not isinstance(field, models.CharField | models.TextField):
        return None
    if isinstance(field, models.JSONField):
        return field.get_default() if field.has_default() else {}
    return ""


def remove_files(rows: Iterable[models.Model], names: Iterable[str]) -> None:
    """Of these file fields, when the transaction has been kept."""
    for row in rows:
        for name in names:
            file = getattr(row, name)
            if file:
                _remove_later(file.storage, file.name)


def _erase_rows(table: Table, rows: models.QuerySet) -> int:
    if table.fate == Fate.DELETE:
        remove_files(rows, file_fields(rows.model))
        return rows.delete()[0]
    going = {name: of for name, of in table.fields.items() if of.fate != Fate.KEEP}
    if not going:
        return 0
    return sum(_erase_row(row, going) for row in rows.iterator(chunk_size=500))


def _erase_row(row: models.Model, going: dict) -> bool:
    files = [name for name in going if name in file_fields(type(row))]
    remove_files([row], files)
    changed = {}
    for name, of in going.items():
        field = row._meta.get_field(name)
        new = of.becomes(row) if of.becomes else emptied(field)
        if field.value_from_object(row) != new:
            changed[name] = new
    for name, new in changed.items():
        setattr(row, name, new)
    if changed:
        row.save(update_fields=list(changed))
    return bool(changed)


def file_fields(model: type[models.Model]) -> list[str]:
    return [f.name for f in model._meta.fields if isinstance(f, models.FileField)]


def _remove_later(storage, name: str) -> None:
    transaction.on_commit(lambda: storage.delete(name))
