"""Whose rows are meant: a person, the rows merged into theirs, and their account."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db.models import Model, Q, QuerySet

from .fields import Table, about_people
from .topics import Topic
from .walk import PERSON, model_of


@dataclass(frozen=True)
class Subject:
    """Keys of the person's rows and accounts, and the e-mails they are known by."""

    people: frozenset[int]
    accounts: frozenset[int]
    emails: frozenset[str]


def subject_of(person: Model) -> Subject:
    """With every row that was merged into this one, over however many steps."""
    people, newest = {person.pk}, {person.pk}
    rows = apps.get_model(PERSON)._base_manager.all()
    while newest:
        merged = rows.filter(merged_into__in=newest).values_list("pk", flat=True)
        newest = set(merged) - people
        people |= newest
    mine = rows.filter(pk__in=people)
    accounts = get_user_model().objects.filter(
        Q(person__in=people) | Q(pk__in=_closed_accounts(people))
    )
    emails = {
        *mine.values_list("email", flat=True),
        *accounts.values_list("email", flat=True),
    }
    return Subject(
        frozenset(people),
        frozenset(accounts.values_list("pk", flat=True)),
        frozenset(emails - {""}),
    )


def _closed_accounts(people: set[int]) -> QuerySet:
    """Second accounts of the same human being, closed when their rows were merged."""
    merges = apps.get_model("lms.PersonMerge")._base_manager
    done = merges.filter(into__in=people, undone_at=None).exclude(closed_account=None)
    return done.values("closed_account")


def rows_of(table: Table, subject: Subject) -> QuerySet:
    """The rows of this table that are about the subject."""
    wanted = Q(pk__in=[])
    for path in table.person.split():
        wanted |= Q(**{f"{path}__in": subject.people})
    for path in table.account.split():
        wanted |= Q(**{f"{path}__in": subject.accounts})
    for email in subject.emails if table.address else ():
        wanted |= Q(**{f"{table.address}__iexact": email})
    return model_of(table)._base_manager.filter(wanted).order_by("pk")


def everything(subject: Subject) -> Iterator[tuple[Table, QuerySet]]:
    """Every table that holds the subject; those without a row are among them."""
    for table in about_people():
        if model_of(table):
            yield table, rows_of(table, subject)


def counts(subject: Subject) -> list[tuple[Topic, int]]:
    """How many rows there are of each topic, without those of which there are none."""
    found: Counter[Topic] = Counter()
    for table, rows in everything(subject):
        found[table.topic] += rows.count()
    return [(topic, found[topic]) for topic in Topic if found[topic]]
