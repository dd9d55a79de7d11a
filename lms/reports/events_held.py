"""Events without enrolment: head counts by kind, place, sex, age and quarter."""

from collections.abc import Callable

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from lms.models import AgeBand, Centre, Donor, Event, Region, Sex

from .asking import period_in_words
from .counting import not_known, together
from .dataset import Column, Report, Row, Table, register
from .heads import standing
from .question import Question

SUMS = {
    "heads": Sum("counts__heads", default=0),
    "women": Sum("counts__heads", filter=Q(counts__sex=Sex.FEMALE), default=0),
    "men": Sum("counts__heads", filter=Q(counts__sex=Sex.MALE), default=0),
    "events": Count("pk", distinct=True),
}


def tables(question: Question) -> list[Table]:
    events = standing(question)
    total = Row({"label": together(), **events.aggregate(**SUMS)})
    kinds, regions = dict(Event.Kind.choices), dict(Region.choices)
    return [
        _table(
            "kind",
            gettext("By kind"),
            gettext("Kind"),
            _rows(events, "kind", lambda code: str(kinds[code])),
            total,
            chart="heads",
        ),
        _table(
            "place",
            gettext("By place"),
            gettext("Place"),
            _places(events),
            total,
        ),
        _table(
            "region",
            gettext("By region"),
            gettext("Region"),
            _rows(events, "region", lambda code: str(regions[code])),
            total,
        ),
        _by_age(events, total),
        _by_quarter(question, total),
        _by_donor(events),
    ]


def _columns(label: str) -> list[Column]:
    return [
        Column("label", label),
        Column("heads", gettext("Heads"), "people"),
        Column("women", gettext("Women"), "people", "heads"),
        Column("men", gettext("Men"), "people", "heads"),
        Column("events", gettext("Events"), "count"),
    ]


def _definition() -> str:
    return gettext(
        "Heads counted at events that were not withdrawn, on the day they were held. "
        "Nobody is named: somebody who comes twice is counted twice. These figures "
        "are never part of people trained. Heads whose sex nobody noted stand in "
        "Heads only."
    )


def _table(key, title, label, rows, total, chart="", definition="") -> Table:
    return Table(
        key,
        title,
        _columns(label),
        rows,
        definition or _definition(),
        total=total if rows else None,
        chart=chart,
    )


def _rows(
    events: QuerySet[Event], column: str, name: Callable[[str], str]
) -> list[Row]:
    found = events.values(column).annotate(**SUMS).order_by(column)
    return [_row(name(row[column]), row) for row in found]


def _row(label: str, sums: dict, *, is_part: bool = True) -> Row:
    return Row({"label": label} | {key: sums[key] for key in SUMS}, is_part=is_part)


def _places(events: QuerySet[Event]) -> list[Row]:
    """A centre with whatever rooms it has, or the place where there is no centre."""
    centres = dict(Centre.choices)
    inside = events.exclude(centre="").values("centre").annotate(**SUMS)
    outside = events.filter(centre="").values("place").annotate(**SUMS)
    return [
        *(_row(str(centres[row["centre"]]), row) for row in inside.order_by("centre")),
        *(_row(row["place"], row) for row in outside.order_by("place")),
    ]


def _by_age(events: QuerySet[Event], total: Row) -> Table:
    names = {**dict(AgeBand.choices), "": not_known()}
    sums = {key: value for key, value in SUMS.items() if key != "events"}
    found = {
        row["counts__age"]: row for row in events.values("counts__age").annotate(**sums)
    }
    values = {key: total.values[key] for key in ("label", *sums)}
    rows = [
        Row({"label": str(name)} | {key: found[code][key] for key in sums})
        for code, name in names.items()
        if code in found
    ]
    return Table(
        "age",
        gettext("By age"),
        _columns(pgettext("of people", "Age"))[:-1],
        rows,
        _definition(),
        total=Row(values) if rows else None,
    )


def _by_quarter(question: Question, total: Row) -> Table:
    parts = question.period.quarters()
    events = standing(question)
    sums = {}
    for place, part in enumerate(parts):
        within = Q(held_on__range=(part.first, part.last))
        heads = {"women": Q(counts__sex=Sex.FEMALE), "men": Q(counts__sex=Sex.MALE)}
        for key, extra in {"heads": Q(), **heads}.items():
            sums[f"{key}_{place}"] = Sum(
                "counts__heads", filter=within & extra, default=0
            )
        sums[f"events_{place}"] = Count("pk", filter=within, distinct=True)
    found = events.aggregate(**sums)
    rows = [
        _row(period_in_words(part), {key: found[f"{key}_{place}"] for key in SUMS})
        for place, part in enumerate(parts)
    ]
    shown = rows if total.values["events"] else []
    return _table("quarter", gettext("By quarter"), gettext("Quarter"), shown, total)


def _by_donor(events: QuerySet[Event]) -> Table:
    found = {
        row["donors"]: row
        for row in events.exclude(donors=None).values("donors").annotate(**SUMS)
    }
    rows = [
        _row(donor.name, found[donor.pk], is_part=False)
        for donor in Donor.objects.filter(pk__in=found)
    ]
    return Table(
        "donor",
        gettext("By donor"),
        _columns(gettext("Donor")),
        rows,
        gettext("An event of two donors counts for each of them, once in the totals."),
    )


register(Report("events", _("Events without enrolment"), tables, icon="calendar"))
