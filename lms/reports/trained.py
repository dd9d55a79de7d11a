"""The report of people trained: by audience, region, donor and quarter."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from courses.models import Audience
from lms.models import Region, Sex
from lms.sentence import sentence

from .asking import period_in_words
from .dataset import HIDDEN, Column, Report, Row, Table, register
from .people_trained import Figure, by, by_donor, by_quarter, total
from .period import Period
from .question import UNKNOWN, Question


def tables(question: Question) -> list[Table]:
    """By audience and region with women and men, by donor and quarter, and all at once.

    Somebody who stands in two rows of a table is counted once in its total.
    """
    whole = _figures(total(question))
    sexes = {key[0]: figure.people for key, figure in by(question, "sex").items()}
    with_sexes = Row({"label": gettext("Together"), **whole, **_sexes(sexes)})
    plain = Row({"label": gettext("Together"), **whole})
    return [
        Table(
            "audience",
            gettext("By audience"),
            _columns(gettext("Audience"), has_sexes=True),
            _by_column(question, "audience", dict(Audience.choices)),
            _definition(),
            total=with_sexes,
            chart="people",
        ),
        Table(
            "region",
            gettext("By region"),
            _columns(gettext("Region"), has_sexes=True),
            _by_column(question, "region", dict(Region.choices)),
            _definition(),
            total=with_sexes,
            chart="people",
        ),
        _by_donor(question),
        _by_quarter(question, plain),
        _all_at_once(question),
    ]


def year_sentence(question: Question) -> str:
    """The sentence of the year the question's period begins in."""
    people = {key[0]: figure.people for key, figure in by(question, "audience").items()}
    return sentence(
        year=question.period.first.year,
        people=total(question).people,
        by_audience=people,
    )


def _definition() -> str:
    return gettext(
        "People: everybody who completed a training in the period, counted once, also "
        "where they stand in two rows. Participations: completed trainings; somebody "
        "who completed two is counted twice. Audience, sex and region are those at the "
        "time of the training."
    )


def _columns(label: str, *, has_sexes: bool = False) -> list[Column]:
    sexes = [
        Column("women", gettext("Women"), "people", "people", {"sex": Sex.FEMALE}),
        Column("men", gettext("Men"), "people", "people", {"sex": Sex.MALE}),
    ]
    return [
        Column("label", label),
        Column("people", gettext("People"), "people"),
        *(sexes if has_sexes else []),
        Column("participations", gettext("Participations"), "count"),
    ]


def _figures(figure: Figure) -> dict[str, int]:
    return {"people": figure.people, "participations": figure.participations}


def _sexes(people: Mapping[str, int]) -> dict[str, int]:
    return {"women": people.get(Sex.FEMALE, 0), "men": people.get(Sex.MALE, 0)}


def _by_column(question: Question, column: str, names: dict[str, str]) -> list[Row]:
    figures = {key[0]: figure for key, figure in by(question, column).items()}
    people: dict[str, dict[str, int]] = {}
    for (code, sex), figure in by(question, column, "sex").items():
        people.setdefault(code, {})[sex] = figure.people
    return [
        Row(
            {
                "label": str(names.get(code) or pgettext("value", "Not known")),
                **_figures(figures[code]),
                **_sexes(people.get(code, {})),
            },
            {column: code or UNKNOWN},
        )
        for code in [*names, ""]
        if code in figures
    ]


def _by_donor(question: Question) -> Table:
    return Table(
        "donor",
        gettext("By donor"),
        _columns(gettext("Donor")),
        [
            Row(
                {"label": donor.name, **_figures(figure)},
                {"donor": str(donor.pk)},
                is_part=False,
            )
            for donor, figure in by_donor(question).items()
        ],
        gettext("A training of two donors counts for each of them."),
    )


def _by_quarter(question: Question, whole: Row) -> Table:
    return Table(
        "quarter",
        gettext("By quarter"),
        _columns(gettext("Quarter")),
        [
            Row(
                {"label": period_in_words(period), **_figures(figure)},
                {"first": str(period.first), "last": str(period.last)},
                is_part=False,
            )
            for period, figure in by_quarter(question).items()
        ],
        gettext("Somebody trained in two quarters counts in each, once in the total."),
        total=whole,
        chart="people",
    )


def _all_at_once(question: Question) -> Table:
    """Every combination with people in it, by quarter, for those who count further."""
    texts = {
        "label": gettext("Quarter"),
        "audience": gettext("Audience"),
        "sex": gettext("Sex"),
        "region": gettext("Region"),
        "donor": gettext("Donor"),
    }
    return Table(
        "all",
        gettext("Every combination"),
        [*(Column(key, text) for key, text in texts.items()), *_columns("")[1:]],
        [
            row
            for period in question.period.quarters()
            for row in _combinations(question.within(period))
        ],
        _definition(),
        is_detail=True,
    )


def _combinations(part: Question) -> list[Row]:
    names = [dict(Audience.choices), dict(Sex.choices), dict(Region.choices)]
    found = []
    for donor in [*by_donor(part), None]:
        cells = by(part.paid_by(donor), "audience", "sex", "region")
        for codes, figure in sorted(cells.items()):
            words = [
                str(words.get(code) or pgettext("value", "Not known"))
                for words, code in zip(names, codes, strict=True)
            ]
            values = dict(zip(("audience", "sex", "region"), words, strict=True))
            values["label"] = period_in_words(part.period)
            values["donor"] = donor.name if donor else gettext("All donors")
            found.append(Row({**values, **_figures(figure)}, is_part=False))
    return found


def said(question: Question, found: Sequence[Table]) -> str:
    """The sentence of a whole year, from the figures that are shown.

    Audiences whose figure is hidden stand together as other people.
    """
    audiences = next((table for table in found if table.key == "audience"), None)
    year = question.period.first.year
    if question.period != Period.year(year) or audiences is None:
        return ""
    people = audiences.total.values["people"]
    if people is HIDDEN:
        return gettext("In %(year)d fewer than five people were trained.") % {
            "year": year
        }
    shown = {
        row.narrows["audience"]: row.values["people"]
        for row in audiences.rows
        if row.values["people"] is not HIDDEN
    }
    others = shown.pop(UNKNOWN, 0)
    if len(shown) + (others > 0) < len(audiences.rows):
        others = max(people - sum(shown.values()), 0)
    return sentence(year=year, people=people, by_audience=shown | {"": others})


register(
    Report(
        "people-trained",
        _("People trained"),
        tables,
        people=Question.rows,
        sentence=said,
        icon="group",
    )
)
