"""Organisations: whom each sent, by organisation, sector and region."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from courses.models import Audience
from lms.models import Organisation, Region

from .counting import figure_of, not_known, together
from .dataset import Column, Report, Row, Table, register
from .people_trained import COUNTS, Figure
from .question import Question


def tables(question: Question) -> list[Table]:
    whole = figure_of(question.rows())
    blank = {"label": together(), "sector": "", "region": ""}
    total = Row(blank | _values(whole)) if whole.people else None
    sectors, regions = dict(Audience.choices), dict(Region.choices)
    return [
        _table(
            "organisation",
            gettext("By organisation"),
            [
                Column("label", gettext("Organisation")),
                Column("sector", gettext("Sector")),
                Column("region", gettext("Region")),
                *_figure_columns(),
            ],
            _by_organisation(question, sectors, regions),
            total,
        ),
        _table(
            "sector",
            gettext("By sector"),
            [Column("label", gettext("Sector")), *_figure_columns()],
            _by(question, "organisation__sector", sectors),
            total,
            chart="people",
        ),
        _table(
            "region",
            gettext("By region of the organisation"),
            [Column("label", gettext("Region")), *_figure_columns()],
            _by(question, "organisation__region", regions),
            total,
        ),
    ]


def people(question: Question):
    """Of one organisation, or of all of them."""
    rows = question.rows()
    if question.only == "none":
        return rows.filter(organisation=None)
    if question.only.isdecimal():
        return rows.filter(organisation=int(question.only))
    return rows


def _values(figure: Figure) -> dict[str, int]:
    return {"people": figure.people, "participations": figure.participations}


def _figure_columns() -> list[Column]:
    return [
        Column("people", gettext("People"), "people"),
        Column("participations", gettext("Participations"), "count"),
    ]


def _found(question: Question, column: str) -> dict:
    rows = question.rows().order_by().values(column).annotate(**COUNTS)
    return {row[column]: _values(Figure(*(row[key] for key in COUNTS))) for row in rows}


def _by_organisation(question: Question, sectors: dict, regions: dict) -> list[Row]:
    found = _found(question, "organisation")
    known = Organisation.objects.filter(
        pk__in=question.rows().order_by().values("organisation")
    )
    rows = [
        Row(
            {
                "label": organisation.name,
                "sector": str(sectors.get(organisation.sector) or not_known()),
                "region": str(regions.get(organisation.region) or not_known()),
                **found[organisation.pk],
            },
            {"only": str(organisation.pk)},
        )
        for organisation in known
        if organisation.pk in found
    ]
    if None in found:
        blank = {"label": not_known(), "sector": "", "region": ""}
        rows.append(Row(blank | found[None], {"only": "none"}))
    return rows


def _by(question: Question, column: str, names: dict) -> list[Row]:
    """No organisation and an organisation of no known sector are both unknown."""
    found = _found(question, column)
    rows = [
        Row({"label": str(name), **found[code]})
        for code, name in names.items()
        if code in found
    ]
    nowhere = [code for code in found if code not in names]
    if nowhere:
        unknown = question.rows().filter(**{f"{column}__in": [""]}) | (
            question.rows().filter(organisation=None)
        )
        rows.append(Row({"label": not_known(), **_values(figure_of(unknown))}))
    return rows


def _table(key, title, columns, rows, total, chart="") -> Table:
    return Table(
        key,
        title,
        columns,
        rows,
        gettext(
            "People who completed a course in the period, by the organisation they "
            "came from when their place became active; sector and region are those of "
            "the organisation today. Somebody who came from two organisations stands "
            "in both rows and once in the total."
        ),
        total=total,
        chart=chart,
    )


register(
    Report("organisations", _("Organisations"), tables, people=people, icon="home")
)
