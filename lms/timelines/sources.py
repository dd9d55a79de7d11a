"""Whose rows the log speaks of, and who may read what it says of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Model, Q, QuerySet
from django.db.models.functions import Cast
from wagtail.models import ModelLogEntry

from lms import scoping
from lms.models import (
    Attempt,
    Cohort,
    CohortLetter,
    DataExport,
    Enrolment,
    Erasure,
    Invitation,
    LostPass,
    Message,
    Nomination,
    Person,
    RegisterScan,
    RosterUpload,
    Session,
)
from lms.personal.subject import Subject, subject_of
from lms.roles import is_administrator

Condition = Callable[[Any], Q]
# Steps with the data of one person are read by who may change these data.
ADMINISTRATORS = ""


@dataclass(frozen=True)
class Source:
    """Rows of one model, a person's or a cohort's or both.

    `needs` is what a reader must be allowed to do in the cohort of a row; `related` is
    read along with the row to name what it is about.
    """

    model: type[Model]
    related: tuple[str, ...] = ()
    of_person: Condition | None = None
    of_cohort: Condition | None = None
    needs: str = "manage"

    def rows(self, reader) -> QuerySet:
        """Those that this reader may know of."""
        rows = self.model._base_manager.all()
        if is_administrator(reader):
            return rows
        return scoping.scope(rows, reader, self.needs) if self.needs else rows.none()


_sources: dict[type[Model], Source] = {}


def register(source: Source) -> Source:
    """Tell the steps of this model, too."""
    _sources[source.model] = source
    return source


def source_of(model: type[Model]) -> Source | None:
    return _sources.get(model)


def person_rows(person: Person, reader) -> list[QuerySet]:
    """Everything of a person and the rows merged into theirs, from the cohorts of who
    reads. The reader may change the person: that is asked before."""
    subject = subject_of(person)
    theirs = Person._base_manager.filter(pk__in=subject.people)
    return [theirs, *_found(reader, "of_person", subject)]


def cohort_rows(cohort: Cohort, reader) -> list[QuerySet]:
    """Everything of a cohort that the reader's role in it lets them know."""
    return list(_found(reader, "of_cohort", cohort))


def _found(reader, whose: str, subject) -> Iterable[QuerySet]:
    for source in _sources.values():
        condition = getattr(source, whose)
        if condition:
            yield source.rows(reader).filter(condition(subject))


def entries_about(rows: QuerySet) -> QuerySet[ModelLogEntry]:
    """What the log says of these rows; their keys never leave the database."""
    keys = rows.order_by().values_list(Cast("pk", CharField()))
    kind = ContentType.objects.get_for_model(rows.model)
    return ModelLogEntry.objects.filter(content_type=kind, object_id__in=keys)


def through(*paths: str) -> Condition:
    """Rows from which one of these paths leads to the person."""

    def condition(subject: Subject) -> Q:
        wanted = Q(pk=None)
        for path in paths:
            wanted |= Q(**{f"{path}__in": subject.people})
        return wanted

    return condition


def within(path: str) -> Condition:
    """Rows from which this path leads to the cohort."""
    return lambda cohort: Q(**{path: cohort.pk})


def _letters_to(subject: Subject) -> Q:
    """A letter to a cohort is one of a person's when it was written to them."""
    facts = Message.objects.filter(
        person__in=subject.people, fact__startswith="cohort_letter:"
    )
    keys = [fact.partition(":")[2] for fact in facts.values_list("fact", flat=True)]
    return Q(pk__in=[int(key) for key in keys if key.isdigit()])


def _accounts_of(subject: Subject) -> Q:
    return Q(pk__in=subject.accounts)


# A person's own row is asked for by `person_rows`.
register(Source(Person))
register(Source(Cohort, of_cohort=within("pk"), needs="see"))
register(
    Source(
        Enrolment,
        ("person", "cohort"),
        of_person=through("person"),
        of_cohort=within("cohort"),
        needs="see",
    )
)
register(
    Source(
        Attempt,
        ("enrolment__person", "enrolment__cohort"),
        of_person=through("enrolment__person"),
        needs="see",
    )
)
register(
    Source(
        LostPass,
        ("enrolment__person", "enrolment__cohort"),
        of_person=through("enrolment__person"),
        of_cohort=within("enrolment__cohort"),
    )
)
register(Source(Session, ("cohort",), of_cohort=within("cohort"), needs="see"))
register(
    Source(
        Invitation,
        ("person", "cohort", "enrolment__person"),
        of_person=through("person", "enrolment__person"),
        of_cohort=within("cohort"),
    )
)
register(Source(Nomination, ("cohort", "organisation"), of_cohort=within("cohort")))
register(Source(RegisterScan, ("cohort",), of_cohort=within("cohort"), needs="teach"))
register(Source(RosterUpload, ("cohort",), of_cohort=within("cohort")))
register(
    Source(
        CohortLetter,
        ("cohort",),
        of_person=_letters_to,
        of_cohort=within("cohort"),
        needs="teach",
    )
)
register(
    Source(
        Message,
        ("person", "cohort"),
        of_person=through("person"),
        of_cohort=within("cohort"),
        needs="teach",
    )
)
register(
    Source(
        DataExport,
        ("person",),
        of_person=through("person"),
        needs=ADMINISTRATORS,
    )
)
register(
    Source(
        Erasure,
        ("person",),
        of_person=through("person"),
        needs=ADMINISTRATORS,
    )
)
register(
    Source(get_user_model(), of_person=_accounts_of, needs=ADMINISTRATORS),
)
