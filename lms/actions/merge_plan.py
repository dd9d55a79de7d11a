"""What merging two people would move, and what a human being has to decide first."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from lms.models import Consent, Enrolment, NotTheSame, Person, PersonMerge

KEEP, TAKE, END = "keep", "take", "end"

# What one row says and the other may say otherwise.
FIELDS = [
    "legal_name",
    "latin_name",
    "email",
    "phone",
    "sex",
    "audience",
    "organisation",
    "position",
    "region",
    "user",
]
# Letters and signing in go by these: nobody guesses them.
_MUST_BE_DECIDED = {"email", "user"}
# Rows that speak of two people as two; they stay where they are.
STAYING = {PersonMerge, NotTheSame}
# Rows that say the same twice: one suffices, the other stays with the merged person.
SUFFICING = {Consent}

Status = Enrolment.Status
_WORTH = {
    Status.COMPLETED: 3,
    Status.ACTIVE: 2,
    Status.OFFERED: 1,
    Status.WAITLISTED: 1,
    Status.REQUESTED: 1,
}


@dataclass(frozen=True)
class Clash:
    """Two things that cannot both stay. Without choices the merge is not possible."""

    key: str
    label: str
    text: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    is_needed: bool = True


@dataclass
class Plan:
    """`moves` maps a foreign key to the rows that change hands."""

    moves: dict[models.ForeignKey, list] = field(default_factory=dict)
    counts: list[tuple[str, int]] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)
    # Places of cohorts in which both are: the one that cannot move.
    ending: list[Enrolment] = field(default_factory=list)
    staying: list[Enrolment] = field(default_factory=list)
    # Guests of a cohort in which the other is, too: whose marks go over (ATT-47).
    guests: list[tuple[Enrolment, Enrolment]] = field(default_factory=list)

    def undecided(self, decisions: Mapping[str, str]) -> list[Clash]:
        return [
            clash
            for clash in self.clashes
            if decisions.get(clash.key) not in dict(clash.choices)
            and (clash.is_needed or clash.key in decisions)
        ]


def plan(person: Person, into: Person) -> Plan:
    """What would happen; asks the same number of queries whatever there is to move."""
    found = Plan(clashes=_said_otherwise(person, into))
    places = _settle_places(found, person, into)
    for key in keys_to_person():
        if key.model is Enrolment:
            rows = places
        else:
            rows = _rows(key, person)
            clashing = _clashing(key, person, into)
            if key.model in SUFFICING:
                rows = [pk for pk in rows if pk not in clashing]
            elif clashing:
                found.clashes.append(_blocked(key, clashing))
        if rows:
            found.moves[key] = rows
            found.counts.append(
                (capfirst(key.model._meta.verbose_name_plural), len(rows))
            )
    found.counts += _results(places)
    return found


def keys_to_person() -> list[models.ForeignKey]:
    """Every foreign key to a person whose rows go with them, in whatever app."""
    relations = Person._meta.get_fields(include_hidden=True)
    return sorted(
        (
            relation.field
            for relation in relations
            if relation.auto_created
            and (relation.one_to_many or relation.one_to_one)
            and relation.related_model not in STAYING
        ),
        key=str,
    )


def _said_otherwise(person: Person, into: Person) -> list[Clash]:
    clashes = []
    for name in FIELDS:
        key = Person._meta.get_field(name).attname
        mine, theirs = getattr(into, key), getattr(person, key)
        if mine and theirs and mine != theirs:
            clashes.append(
                Clash(
                    name,
                    capfirst(Person._meta.get_field(name).verbose_name),
                    choices=((KEEP, _shown(into, name)), (TAKE, _shown(person, name))),
                    is_needed=name in _MUST_BE_DECIDED,
                )
            )
    return clashes


def _shown(person: Person, name: str) -> str:
    display = getattr(person, f"get_{name}_display", None)
    return str(display() if display else getattr(person, name))


def _settle_places(found: Plan, person: Person, into: Person) -> list:
    """The places that move; those of a cohort in which both are go to the clashes."""
    kept = {place.cohort_id: place for place in into.enrolments.all()}
    moving = []
    for place in person.enrolments.select_related("cohort"):
        other = kept.get(place.cohort_id)
        if other is None:
            moving.append(place.pk)
            continue
        found.staying.append(place)
        if place.is_guest:
            found.guests.append((place, other))
        if place.status in _WORTH:
            found.ending.append(place)
            found.clashes.append(_two_places(place, other))
    return moving


def _two_places(place: Enrolment, other: Enrolment) -> Clash:
    words = {
        "cohort": place.cohort.title,
        "one": place.get_status_display(),
        "other": other.get_status_display(),
    }
    key = f"place-{place.pk}"
    label = _("Both are in %(cohort)s") % words
    if place.status == other.status == Status.COMPLETED:
        text = _("Both have completed it. Who did so twice cannot become one person.")
        return Clash(key, label, text)
    if _WORTH[place.status] > _WORTH.get(other.status, 0):
        text = (
            _(
                "The place that would end (%(one)s) is worth more than the other "
                "(%(other)s). Merge the other way round."
            )
            % words
        )
        return Clash(key, label, text)
    end = (
        _(
            "End the place of the merged person (%(one)s) and go on with the other "
            "(%(other)s). What was done in the ended one stays with it."
        )
        % words
    )
    return Clash(key, label, choices=((END, end),))


def _blocked(key: models.ForeignKey, rows: list) -> Clash:
    return Clash(
        f"{key.model._meta.label_lower}.{key.name}",
        capfirst(key.model._meta.verbose_name_plural),
        _(
            "Both have one of the same kind (%(count)s). Settle it with one of them "
            "first."
        )
        % {"count": len(rows)},
    )


def _rows(key: models.ForeignKey, person: Person) -> list:
    rows = key.model._base_manager.filter(**{key.name: person})
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _clashing(key: models.ForeignKey, person: Person, into: Person) -> list:
    """The rows that a unique constraint lets only one of the two have."""
    clashing = []
    for names, condition in _unique_sets(key):
        rows = key.model._base_manager.filter(condition)
        taken = set(rows.filter(**{key.name: into}).values_list(*names))
        mine = rows.filter(**{key.name: person}).values_list("pk", *names)
        clashing += [pk for pk, *rest in mine if _is_taken(tuple(rest), taken, names)]
    return clashing


def _is_taken(values: tuple, taken: set, names: list[str]) -> bool:
    return bool(taken) if not names else None not in values and values in taken


def _unique_sets(key: models.ForeignKey) -> list[tuple[list[str], models.Q]]:
    sets = [
        (list(constraint.fields), constraint.condition or models.Q())
        for constraint in key.model._meta.total_unique_constraints
        + [
            constraint
            for constraint in key.model._meta.constraints
            if isinstance(constraint, models.UniqueConstraint) and constraint.condition
        ]
    ]
    sets += [(list(names), models.Q()) for names in key.model._meta.unique_together]
    if key.unique:
        sets.append(([key.name], models.Q()))
    return [
        ([name for name in names if name != key.name], condition)
        for names, condition in sets
        if key.name in names
    ]


def _results(places: list) -> list[tuple[str, int]]:
    """How many attempts, marks, certificates go along with the places."""
    counts = []
    for relation in Enrolment._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and relation.one_to_many):
            continue
        model, name = relation.related_model, relation.field.name
        count = model._base_manager.filter(**{f"{name}__in": places}).count()
        if count:
            counts.append((capfirst(model._meta.verbose_name_plural), count))
    return counts
