"""Walks all models and says what the register does not know. Empty lists are good."""

from collections.abc import Iterator

from django.apps import apps
from django.conf import settings
from django.db import models

from .fields import Table, table_of, tables

PERSON = "lms.Person"
TELLING = (
    models.CharField,
    models.TextField,
    models.FileField,
    models.JSONField,
    models.BinaryField,
    models.GenericIPAddressField,
)
# Of whomever they are: even among content these tell where to find somebody.
REACHING = (models.EmailField, models.GenericIPAddressField)


def every_model() -> list[type[models.Model]]:
    """All tables of the project, also those Django makes for many-to-many fields."""
    found = apps.get_models(include_auto_created=True)
    return [m for m in found if m._meta.managed and not m._meta.proxy]


def unclassified() -> list[str]:
    """Fields that may tell something about a person, and of which nobody said what."""
    return [
        f"{model._meta.label}.{field.name}"
        for model in every_model()
        for field in _own_fields(model)
        if not _is_known(field, table_of(model._meta.label))
    ]


def unreachable() -> list[str]:
    """Models that hang on a row about somebody without saying about whom they are."""
    return [
        f"{model._meta.label}.{field.name}"
        for model in every_model()
        for field in model._meta.local_fields
        if field.is_relation and _is_about_somebody(field)
        if not _says_whose(field, table_of(model._meta.label))
    ]


def stale() -> list[str]:
    """What the register says of fields that are not there."""
    return [
        f"{table.label}.{name}"
        for table in tables()
        if (model := model_of(table))
        for name in [*table.fields, *table.deeds, *table.plain]
        if name not in {field.name for field in _every_field(model)}
    ]


def model_of(table: Table) -> type[models.Model] | None:
    """The model, where its app is installed here."""
    try:
        return apps.get_model(table.label)
    except LookupError:
        return None


def links_to_people(field: models.Field) -> bool:
    """Is it a link to a person or to an account?"""
    return bool(field.is_relation and field.related_model) and (
        field.related_model._meta.label in (PERSON, settings.AUTH_USER_MODEL)
    )


def _is_known(field: models.Field, table: Table | None) -> bool:
    if table and table.knows(field.name):
        return True
    if table and table.is_content:
        return not (links_to_people(field) or isinstance(field, REACHING))
    if links_to_people(field):
        return bool(table) and field.name in table.paths
    return not isinstance(field, TELLING)


def _is_about_somebody(field: models.Field) -> bool:
    related = field.related_model
    if not isinstance(related, type) or links_to_people(field):
        return False
    table = table_of(related._meta.label)
    return bool(table and table.is_about_people)


def _says_whose(field: models.Field, table: Table | None) -> bool:
    if table is None:
        return False
    return table.is_about_people or field.name in table.plain


def _own_fields(model: type[models.Model]) -> Iterator[models.Field]:
    """Without those of a parent table, and without keys of rows."""
    for field in [*model._meta.local_fields, *model._meta.local_many_to_many]:
        if not field.primary_key or field.is_relation or isinstance(field, TELLING):
            yield field


def _every_field(model: type[models.Model]) -> list[models.Field]:
    return [*model._meta.fields, *model._meta.many_to_many]
