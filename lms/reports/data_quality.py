"""Data quality: what is missing where it makes other reports say "Not known"."""

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lms.duplicates import pairs_among
from lms.models import Enrolment, Person

from . import participation
from .counting import figure_of
from .dataset import Column, Report, Row, Table, register
from .question import UNKNOWN, Question

# In the snapshot of a place: what the reports count by. Never mended by itself.
OF_PLACE = {
    "sex": Q(sex=""),
    "audience": Q(audience=""),
    "region": Q(region=""),
    "organisation": Q(organisation=None),
}
# Of the person as known today: what the next place will be counted by.
OF_PERSON = {
    "person-sex": Q(person__sex=""),
    "person-audience": Q(person__audience="", person__organisation=None)
    | Q(person__audience="", person__organisation__sector=""),
    "person-region": Q(person__region=""),
    "person-organisation": Q(person__organisation=None),
    "person-email": Q(person__email=""),
    "person-phone": Q(person__phone=""),
}

TWICE = "twice"


def tables(question: Question) -> list[Table]:
    rows = places(question)
    whole = figure_of(rows)
    if not whole.people:
        return [_of_places([]), _of_people([])]
    missing = _missing(rows, OF_PLACE | OF_PERSON)
    return [
        _of_places(_rows(_place_names(), missing, whole, _leads_of_place)),
        _of_people(
            [
                *_rows(_person_names(), missing, whole, lambda key: {"only": key}),
                _may_be_twice(question, rows, whole.people),
            ]
        ),
    ]


def places(question: Question) -> QuerySet[Enrolment]:
    """Who enrolled, attended or completed in the period."""
    return participation.people(question.about(""))


def people(question: Question) -> QuerySet[Enrolment]:
    """Whom to mend: all of them, or those who lack one thing."""
    rows = places(question)
    if question.only == TWICE:
        return rows.filter(person__in=_twins(question, rows))
    lacking = (OF_PLACE | OF_PERSON).get(question.only)
    return rows if lacking is None else rows.filter(lacking)


def _leads_of_place(key: str) -> dict[str, str]:
    return {"only": key} if key == "organisation" else {key: UNKNOWN}


def _place_names() -> dict[str, str]:
    return {
        "sex": gettext("Sex"),
        "audience": gettext("Audience"),
        "region": gettext("Region"),
        "organisation": gettext("Organisation"),
    }


def _person_names() -> dict[str, str]:
    names = {f"person-{key}": name for key, name in _place_names().items()}
    return names | {
        "person-email": gettext("E-mail"),
        "person-phone": gettext("Phone"),
    }


def _missing(rows: QuerySet[Enrolment], lacking: dict[str, Q]) -> dict[str, int]:
    counts = {
        key: Count("person", distinct=True, filter=rule)
        for key, rule in lacking.items()
    }
    found = rows.order_by().aggregate(
        **{key.replace("-", "_"): count for key, count in counts.items()}
    )
    return {key: found[key.replace("-", "_")] for key in counts}


def _rows(names: dict[str, str], missing, whole, leads) -> list[Row]:
    return [
        Row(
            {
                "label": name,
                "people": missing[key],
                "percent": round(missing[key] * 100 / whole.people, 1),
            },
            leads(key),
            is_part=False,
        )
        for key, name in names.items()
    ]


def _twins(question: Question, rows: QuerySet[Enrolment]) -> set[int]:
    """People here who may be somebody else whom the asker counts, or each other."""
    known = Enrolment.objects.all()
    if question.cohorts is not None:
        known = known.filter(cohort__in=question.cohorts.values("pk"))
    people = Person.objects.current().filter(pk__in=known.order_by().values("person"))
    pairs = pairs_among(people)
    here = set(rows.order_by().values_list("person", flat=True))
    return {pk for pair in pairs for pk in (pair.one, pair.other)} & here


def _may_be_twice(question, rows: QuerySet[Enrolment], everybody: int) -> Row:
    count = len(_twins(question, rows))
    values = {"label": gettext("Who may be one person"), "people": count}
    values["percent"] = round(count * 100 / everybody, 1)
    return Row(values, {"only": TWICE}, is_part=False)


def _columns(label: str) -> list[Column]:
    return [
        Column("label", label),
        Column("people", gettext("People"), "people"),
        Column("percent", gettext("Of all"), "percent", "people"),
    ]


def _of_places(rows: list[Row]) -> Table:
    return Table(
        "places",
        gettext("Missing in the figures"),
        _columns(gettext("Missing")),
        rows,
        gettext(
            "Of everybody who enrolled, attended or completed in the period: people "
            "whose place lacks this since it became active. The reports count them as "
            "not known. Changing the person later does not change it."
        ),
    )


def _of_people(rows: list[Row]) -> Table:
    return Table(
        "people",
        gettext("Missing about the people today"),
        _columns(gettext("Missing")),
        rows,
        gettext(
            "The same people as they are known today: what is mended here is right "
            "from their next place on. An audience is missing where neither the person "
            "nor the organisation has one. Who may be one person with somebody else "
            "bears the same name, or nearly so with the same phone or mailbox."
        ),
        chart="people",
    )


register(
    Report("data-quality", _("Data quality"), tables, people=people, icon="warning")
)
