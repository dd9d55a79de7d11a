"""The donors' standard indicators, ready to hand in: by quarter and by sex.

Which courses count is said on the course (`CoursePage.indicators`). Both indicators
count people who completed a learning event with a curriculum, once in a period.
"""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from courses.languages import in_order as languages_in_order
from courses.models import Audience, CoursePage, Indicator
from lms.models import Enrolment, Sex
from lms.titles import course_titles

from .asking import period_in_words
from .counting import in_order, name_of, narrows, together
from .dataset import Column, Report, Row, Table, register
from .period import Period
from .question import Question

# Who meets a presumed victim first. Prosecutors, judges, students and diaspora members
# who complete the same course are trained, but respond to nobody first.
FIRST_RESPONDERS = [Audience.POLICE, Audience.NGO, Audience.CONSULATE]


@dataclass(frozen=True)
class Counted:
    """One indicator: which audiences count for it, None being all."""

    code: Indicator
    title: str | Promise
    audiences: list[Audience] | None = None


INDICATORS = [
    Counted(
        Indicator.PREVENTION,
        _("PS.5.3-15 People trained in the prevention of human trafficking"),
    ),
    Counted(
        Indicator.IDENTIFICATION,
        _("PS.5.1-28 First responders trained on victim identification"),
        FIRST_RESPONDERS,
    ),
]
COUNTS = {
    "people": Count("person", distinct=True),
    "women": Count("person", distinct=True, filter=Q(sex=Sex.FEMALE)),
    "men": Count("person", distinct=True, filter=Q(sex=Sex.MALE)),
    "unknown": Count("person", distinct=True, filter=Q(sex="")),
}


def courses_of(code: Indicator) -> list[UUID]:
    """The courses that say so, in the language that comes first for each."""
    pages = CoursePage.objects.select_related("locale").defer_streamfields()
    first: dict[UUID, CoursePage] = {}
    for page in languages_in_order(pages):
        first.setdefault(page.translation_key, page)
    return [key for key, page in first.items() if code in page.indicators]


def rows_of(question: Question, counted: Counted) -> QuerySet[Enrolment]:
    """The completed places that count; a person may have several."""
    keys = courses_of(counted.code)
    rows = question.rows().filter(cohort__edition__course_key__in=keys)
    if counted.audiences is None:
        return rows
    return rows.filter(audience__in=counted.audiences)


def tables(question: Question) -> list[Table]:
    return [
        table
        for counted in INDICATORS
        for table in (
            _by_quarter(question, counted),
            _by_audience(question, counted),
        )
    ]


def people(question: Question) -> QuerySet[Enrolment]:
    """Behind one indicator, or behind either of them."""
    asked = [one for one in INDICATORS if one.code == question.only] or INDICATORS
    found = Q()
    for counted in asked:
        found |= Q(pk__in=rows_of(question, counted).values("pk"))
    return question.rows().filter(found)


def _columns(label: str) -> list[Column]:
    return [
        Column("label", label),
        Column("people", gettext("People"), "people"),
        Column("women", gettext("Women"), "people", "people", {"sex": Sex.FEMALE}),
        Column("men", gettext("Men"), "people", "people", {"sex": Sex.MALE}),
        Column("unknown", gettext("Sex not known"), "people", "people", {"sex": "-"}),
    ]


def _by_quarter(question: Question, counted: Counted) -> Table:
    parts = question.period.quarters()
    rows = rows_of(question, counted).order_by()
    sums = {}
    for place, part in enumerate(parts):
        within = Q(completed_on__range=(part.first, part.last))
        for key, sex in (("people", Q()), *_SEXES):
            sums[f"{key}_{place}"] = Count("person", distinct=True, filter=within & sex)
    found = rows.aggregate(**COUNTS, **sums)
    lines = [
        Row(
            {"label": period_in_words(part)}
            | {key: found[f"{key}_{place}"] for key in COUNTS},
            _days(part) | {"only": counted.code.value},
            is_part=False,
        )
        for place, part in enumerate(parts)
    ]
    whole = {"label": gettext("Whole period, each person once")}
    return Table(
        f"{counted.code.name.lower()}-quarter",
        str(counted.title),
        _columns(gettext("Quarter")),
        lines,
        _definition(counted),
        total=Row(
            whole | {key: found[key] for key in COUNTS}, {"only": counted.code.value}
        ),
        chart="people",
    )


_SEXES = (
    ("women", Q(sex=Sex.FEMALE)),
    ("men", Q(sex=Sex.MALE)),
    ("unknown", Q(sex="")),
)


def _days(part: Period) -> dict[str, str]:
    return {"first": str(part.first), "last": str(part.last)}


def _by_audience(question: Question, counted: Counted) -> Table:
    rows = rows_of(question, counted).order_by()
    found = {row["audience"]: row for row in rows.values("audience").annotate(**COUNTS)}
    total = rows.aggregate(**COUNTS)
    return Table(
        f"{counted.code.name.lower()}-audience",
        gettext("%(indicator)s: who they are") % {"indicator": counted.code.value},
        _columns(gettext("Audience")),
        [
            Row(
                {"label": name_of("audience", code)}
                | {key: found[code][key] for key in COUNTS},
                narrows("audience", code) | {"only": counted.code.value},
            )
            for code in in_order("audience", found)
        ],
        gettext("Everybody who is counted under the indicator, once in each row."),
        total=Row({"label": together(), **total}) if found else None,
    )


def _definition(counted: Counted) -> str:
    titles, keys = course_titles(), courses_of(counted.code)
    named = sorted(titles[key] for key in keys if key in titles)
    words = gettext(
        "Everybody who completed a learning event with a curriculum in the period: a "
        "course that says it counts for %(indicator)s, completed by its own rules. A "
        "person is counted once in each quarter and once in the whole period, however "
        "many courses were completed: the quarters may add up to more than the year. "
        "Sex and audience are those at the time of the training. Events without "
        "enrolment never count."
    ) % {"indicator": counted.code.value}
    if counted.audiences is not None:
        words += " " + gettext("First responders are: %(audiences)s.") % {
            "audiences": get_text_list(
                [str(one.label) for one in counted.audiences], gettext("and")
            )
        }
    if not named:
        return words + " " + gettext("No course says yet that it counts.")
    return (
        words
        + " "
        + gettext("Courses that count: %(courses)s.")
        % {"courses": get_text_list(named, gettext("and"))}
    )


register(
    Report(
        "us-indicators",
        _("US indicators PS.5.3-15 and PS.5.1-28"),
        tables,
        people=people,
        filters=("donor", "project", "region"),
        icon="success",
    )
)
