"""The people a user may merge, and those of them who may be one."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from . import scoping
from .models import Enrolment, NotTheSame, Person
from .namesakes import Pair, Sign, Who, suspects
from .roles import is_administrator

SIGNS = {
    Sign.PHONE: _("same phone"),
    Sign.ADDRESS: _("same name of the mailbox"),
    Sign.NAME: _("same name"),
    Sign.ORGANISATION: _("same organisation"),
    Sign.PART_OF_NAME: _("one name is part of the other"),
    Sign.ALIKE: _("names alike"),
}


@dataclass(frozen=True)
class Suggestion:
    one: Person
    other: Person
    signs: list


def mergeable(user) -> QuerySet[Person]:
    """People all of whose places are in cohorts that the user runs.

    A merge moves every place; one of another coordinator is not theirs to move.
    """
    people = scoping.scope(Person.objects.current(), user, "manage")
    if is_administrator(user):
        return people
    mine = scoping.cohorts_for(user, "manage").values("pk")
    elsewhere = Enrolment.objects.exclude(cohort__in=mine)
    return people.exclude(pk__in=elsewhere.values("person"))


def suggestions(user) -> list[Suggestion]:
    """Pairs who may be one person and were not told apart, the likeliest first."""
    pairs = pairs_among(mergeable(user))
    named = {pk for pair in pairs for pk in (pair.one, pair.other)}
    rows = Person.objects.select_related("organisation").in_bulk(named)
    return [
        Suggestion(rows[p.one], rows[p.other], [SIGNS[sign] for sign in p.signs])
        for p in pairs
    ]


def pairs_among(people: QuerySet[Person]) -> list[Pair]:
    """Who of these people may be one person and was not told apart; two queries."""
    told = set(NotTheSame.objects.values_list("one", "other"))
    return [
        pair for pair in suspects(_facts(people)) if (pair.one, pair.other) not in told
    ]


def _facts(people: QuerySet[Person]) -> list[Who]:
    columns = ("pk", "legal_name", "email", "phone", "organisation", "sex")
    return [Who(*row) for row in people.order_by().values_list(*columns)]
