"""What Wagtail's logs say about somebody who is erased (PR-03)."""

import json
from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from wagtail.models import ModelLogEntry, PageLogEntry

from lms.models import Person
from lms.personal.subject import Subject, everything

NOBODY = "–"
SHORTEST = 5
# Keys of the details of a step under which staff write words of their own.
FREE_TEXT = {
    "reason",
    "revoked_because",
    "note",
    "purpose",
    "name",
    "email",
    "old",
    "new",
}


def names_of(people: Iterable[Person]) -> list[str]:
    """By what somebody is found in a text; too short a word would hit others."""
    found = {
        text
        for person in people
        for text in (
            person.legal_name,
            person.latin_name,
            person.email,
            person.phone,
            *_of_account(person.user),
        )
        if len(text) >= SHORTEST
    }
    return sorted(found, key=len, reverse=True)


def scrub(subject: Subject, names: list[str]) -> int:
    """Take names, and words staff wrote, out of every entry that speaks of them."""
    return sum(_scrub_own(subject)) + sum(
        _scrub_names(model, names) for model in (ModelLogEntry, PageLogEntry)
    )


def _of_account(user) -> list[str]:
    if user is None:
        return []
    return [user.email, user.username, user.get_full_name()]


def _scrub_own(subject: Subject) -> Iterable[int]:
    """Entries about rows that are the person's: the label, and what was written."""
    for _table, rows in everything(subject):
        kind = ContentType.objects.get_for_model(rows.model)
        keys = [str(pk) for pk in rows.values_list("pk", flat=True)]
        for entry in ModelLogEntry.objects.filter(
            content_type=kind, object_id__in=keys
        ):
            yield _rewrite(entry, NOBODY, _without_words(entry.data))


def _scrub_names(model, names: list[str]) -> int:
    entries = model.objects.annotate(text=Cast("data", TextField()))
    return sum(
        _rewrite(entry, _without(entry.label, names), _without(entry.data, names))
        for name in names
        for entry in _with(entries, name)
    )


def _with(entries: QuerySet, name: str) -> QuerySet:
    """A name stands in the stored details as it is, or letter by letter escaped."""
    escaped = json.dumps(name)[1:-1]
    return entries.filter(
        Q(label__icontains=name) | Q(text__contains=name) | Q(text__contains=escaped)
    )


def _rewrite(entry, label: str, data) -> bool:
    if (entry.label, entry.data) == (label, data):
        return False
    entry.label, entry.data = label, data
    entry.save(update_fields=["label", "data"])
    return True


def _without_words(data):
    if not isinstance(data, dict):
        return data
    return {
        key: NOBODY if key in FREE_TEXT and isinstance(value, str) else value
        for key, value in data.items()
    }


def _without(value, names: list[str]):
    """The same value, with each of the names replaced wherever it stands."""
    if isinstance(value, dict):
        return {key: _without(inner, names) for key, inner in value.items()}
    if isinstance(value, list):
        return [_without(inner, names) for inner in value]
    if isinstance(value, str):
        for name in names:
            value = value.replace(name, NOBODY)
    return value
