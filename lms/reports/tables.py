"""The donors' table as people and files read it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext, pgettext

from courses.models import Audience
from lms.models import Region, Sex

from .people_trained import (
    Figure,
    by,
    by_donor,
    by_quarter,
    participations,
)
from .question import Question


@dataclass(frozen=True)
class Line:
    """One row of a table; `share` is its part of the longest row, in percent."""

    label: str
    figure: Figure
    filters: dict[str, str] = field(default_factory=dict)
    women: int = 0
    men: int = 0
    share: int = 0


@dataclass(frozen=True)
class Table:
    title: str
    lines: list[Line]
    has_sexes: bool = False


def tables(question: Question) -> list[Table]:
    """By audience, region, donor and quarter; the first two with women and men."""
    return [
        Table(
            gettext("By audience"),
            _by_column(question, "audience", dict(Audience.choices)),
            has_sexes=True,
        ),
        Table(
            gettext("By region"),
            _by_column(question, "region", dict(Region.choices)),
            has_sexes=True,
        ),
        Table(
            gettext("By donor"),
            _with_shares(
                Line(donor.name, figure, {"donor": str(donor.pk)})
                for donor, figure in by_donor(question).items()
            ),
        ),
        Table(
            gettext("By quarter"),
            _with_shares(
                Line(quarter_name(period), figure)
                for period, figure in by_quarter(question).items()
            ),
        ),
    ]


def quarter_name(period) -> str:
    return gettext("Quarter %(number)d of %(year)d") % {
        "number": (period.first.month + 2) // 3,
        "year": period.first.year,
    }


def _by_column(question: Question, column: str, names: dict[str, str]) -> list[Line]:
    figures = {key[0]: figure for key, figure in by(question, column).items()}
    people = {key: figure.people for key, figure in by(question, column, "sex").items()}
    return _with_shares(
        Line(
            str(names.get(code) or pgettext("value", "Not known")),
            figures[code],
            {column: code} if code else {},
            people.get((code, Sex.FEMALE), 0),
            people.get((code, Sex.MALE), 0),
        )
        for code in [*names, ""]
        if code in figures
    )


def _with_shares(lines) -> list[Line]:
    lines = list(lines)
    longest = max((line.figure.people for line in lines), default=0) or 1
    return [
        Line(
            line.label,
            line.figure,
            line.filters,
            line.women,
            line.men,
            line.figure.people * 100 // longest,
        )
        for line in lines
    ]


def figure_rows(question: Question) -> Iterator[list]:
    """The whole table as a file: every combination with people in it, by quarter."""
    yield [
        gettext("Quarter"),
        gettext("Audience"),
        gettext("Sex"),
        gettext("Region"),
        gettext("Donor"),
        gettext("People"),
        gettext("Participations"),
    ]
    names = dict(Audience.choices), dict(Sex.choices), dict(Region.choices)
    for period in question.period.quarters():
        part = question.within(period)
        for donor in [*by_donor(part), None]:
            cells = by(part.paid_by(donor), "audience", "sex", "region")
            for codes, figure in sorted(cells.items()):
                words = [
                    str(words.get(code, code))
                    for words, code in zip(names, codes, strict=True)
                ]
                paid = donor.name if donor else gettext("All donors")
                yield [
                    quarter_name(period),
                    *words,
                    paid,
                    figure.people,
                    figure.participations,
                ]


def people_rows(question: Question) -> Iterator[list]:
    """The participations behind the figures, one a row."""
    yield [
        gettext("Name"),
        gettext("Sex"),
        gettext("Audience"),
        gettext("Organisation"),
        gettext("Region"),
        gettext("Cohort"),
        gettext("Completed on"),
    ]
    for enrolment in participations(question):
        yield [
            enrolment.person.legal_name,
            str(enrolment.get_sex_display()),
            str(enrolment.get_audience_display()),
            enrolment.organisation.name if enrolment.organisation else "",
            str(enrolment.get_region_display()),
            enrolment.cohort.code,
            enrolment.completed_on,
        ]
