"""Every record of training as lines of JSON, out of one database and into another.

Pages, questions and pictures are content and are not in the file: they must be where
the records go. Files of records lie in the storage and are copied with it.
"""

import json
from collections.abc import Iterable, Iterator
from typing import TextIO

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core import serializers
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.management.color import no_style
from django.core.serializers.base import DeserializationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, connection, models, transaction
from django.utils.translation import gettext as _

from lms.models import Cohort, Person

from .refusal import Refused

APPS = ("lms", "certificates")
BESIDE = ("courses.Edition", "courses.QuestionVersion", "account.EmailAddress")
AT_ONCE = 500
# Keys of groups and permissions differ between databases; their names do not.
ORDER = {
    Group: ["name"],
    Permission: ["content_type__app_label", "content_type__model", "codename"],
}


class CannotImport(Refused):
    """Nothing was written; the text says why."""


class _Exact(DjangoJSONEncoder):
    """Django's own cuts instants to thousandths of a second."""

    def default(self, o):
        return o.isoformat() if hasattr(o, "isoformat") else super().default(o)


def record_models() -> list[type[models.Model]]:
    """What goes into the file, sorted by name."""
    found = [
        model
        for model in apps.get_models()
        if model._meta.app_label in APPS or model._meta.label in BESIDE
    ]
    return sorted([*found, get_user_model()], key=lambda model: model._meta.label)


def write_records(stream: TextIO) -> int:
    """Sorted by model and key, row by row; gives how many."""
    return sum(_write(model, stream) for model in record_models())


@transaction.atomic
def read_records(lines: Iterable[str]) -> int:
    """Put the records of a file into a database without any; gives how many.

    What migrations made (marks of the register, templates) gives way to the file's.
    """
    if Person.objects.exists() or Cohort.objects.exists():
        raise CannotImport(
            _("There are people or cohorts here already. Import into an empty site.")
        )
    _make_room()
    count = sum(_saved(lines))
    _check_links()
    _continue_counting()
    return count


def _write(model, stream: TextIO) -> int:
    links = [
        models.Prefetch(
            field.name,
            field.related_model._base_manager.order_by(
                *ORDER.get(field.related_model, ["pk"])
            ),
        )
        for field in model._meta.local_many_to_many
    ]
    rows = model._base_manager.order_by("pk").prefetch_related(*links)
    serializers.serialize(
        "jsonl",
        rows.iterator(chunk_size=AT_ONCE),
        stream=stream,
        use_natural_foreign_keys=model is get_user_model(),
        cls=_Exact,
        sort_keys=True,
    )
    return model._base_manager.count()


def _make_room() -> None:
    """Links are checked at the end of the transaction, so the order is free."""
    for model in record_models():
        if model is not get_user_model():
            for field in model._meta.local_many_to_many:
                _empty(field.remote_field.through)
            _empty(model)


def _empty(model) -> None:
    rows = model._base_manager.all()
    rows._raw_delete(rows.db)


def _saved(lines: Iterable[str]) -> Iterator[int]:
    known = {model._meta.label_lower for model in record_models()}
    for number, line in enumerate(lines, start=1):
        try:
            data = json.loads(line)
            if data["model"] not in known:
                raise DeserializationError(data["model"])
            if data["model"] == get_user_model()._meta.label_lower:
                _prepare_account(data)
            for row in serializers.deserialize("python", [data]):
                row.save()
                yield 1
        except (
            ValueError,
            KeyError,
            TypeError,
            ValidationError,
            FieldDoesNotExist,
            DeserializationError,
            IntegrityError,
        ) as error:
            text = _("Line %(number)s is not a record of this site.")
            raise CannotImport(text % {"number": number}) from error


def _prepare_account(data: dict) -> None:
    """Its groups are there; nobody else's account is written over."""
    user = get_user_model()
    name, key = data["fields"][user.USERNAME_FIELD], data["pk"]
    same = models.Q(**{user.USERNAME_FIELD: name}, pk=key)
    either = models.Q(**{user.USERNAME_FIELD: name}) | models.Q(pk=key)
    if user._base_manager.filter(either).exclude(same).exists():
        text = _("Line %(key)s of the accounts is another account here: %(name)s.")
        raise CannotImport(text % {"key": key, "name": name})
    for (group,) in data["fields"]["groups"]:
        Group.objects.get_or_create(name=group)


def _check_links() -> None:
    try:
        connection.check_constraints()
    except IntegrityError as error:
        raise CannotImport(
            _("The records need something that is not here. Bring the content first.")
        ) from error


def _continue_counting() -> None:
    """New rows get keys after those of the file."""
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), record_models()):
            cursor.execute(sql)
