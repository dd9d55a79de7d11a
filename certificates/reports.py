"""Certificates issued, expiring and ended, for whoever may count people."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from courses import clock
from lms.models import Enrolment
from lms.reports.counting import during, in_order, name_of, narrows, not_known, together
from lms.reports.dataset import Column, Report, Row, Table
from lms.reports.funnel import Step
from lms.reports.question import Question
from lms.titles import course_titles

from .issuer_day import day_of
from .models import Certificate

SOON = timedelta(days=90)
Status = Certificate.Status


def kinds(question: Question) -> dict[str, Q]:
    """What may have happened to a certificate, by the days asked about."""
    period, today = question.period, day_of(clock.now())
    valid = Q(status=Status.VALID)
    ended = during("ended_at", period)
    return {
        "issued": during("issued_at", period) & Q(replaces=None, renews=None),
        "renewed": during("issued_at", period) & Q(renews__isnull=False),
        "replaced": during("issued_at", period) & Q(replaces__isnull=False),
        "expiring": valid & Q(valid_until__range=(period.first, period.last)),
        "soon": valid & Q(valid_until__range=(today, today + SOON)),
        "revoked": ended & Q(status=Status.REVOKED),
        "withdrawn": ended & Q(status=Status.WITHDRAWN),
    }


def tables(question: Question) -> list[Table]:
    rules = kinds(question)
    rows = Certificate.objects.filter(
        enrolment__in=question.places().order_by().values("pk")
    ).order_by()
    titles = course_titles()

    def title(key: UUID) -> str:
        return titles.get(key, not_known())

    courses = _counted(rows, rules, "enrolment__cohort__edition__course_key")
    audiences = _counted(rows, rules, "enrolment__audience")
    total = Row({"label": together(), **_sums(rows, rules)})
    return [
        _whole(rows, rules),
        _table(
            "course",
            gettext("By course"),
            gettext("Course"),
            _rows(courses, sorted(courses, key=title), title),
            total,
        ),
        _table(
            "audience",
            gettext("By audience"),
            gettext("Audience"),
            _rows(
                audiences,
                in_order("audience", audiences),
                lambda code: name_of("audience", code),
                lambda code: narrows("audience", code),
            ),
            total,
        ),
    ]


def people(question: Question) -> QuerySet[Enrolment]:
    """The places whose certificates one figure counts, or any of them does."""
    rules = kinds(question)
    wanted = Q()
    for rule in [rules[question.only]] if question.only in rules else rules.values():
        wanted |= rule
    asked = Certificate.objects.filter(wanted)
    return question.places().filter(pk__in=asked.values("enrolment"))


def _names() -> dict[str, str]:
    return {
        "issued": gettext("Issued"),
        "renewed": gettext("Renewed"),
        "replaced": gettext("Replaced by a new paper"),
        "expiring": gettext("Expiring in the period"),
        "soon": gettext("Expiring within 90 days"),
        "revoked": gettext("Revoked"),
        "withdrawn": gettext("Withdrawn"),
    }


def _whole(rows: QuerySet[Certificate], rules: dict[str, Q]) -> Table:
    counts = {f"{key}_papers": Count("pk", filter=rule) for key, rule in rules.items()}
    counts |= {key: _people(rule) for key, rule in rules.items()}
    found = rows.aggregate(**counts)
    lines = [
        Row(
            {
                "label": name,
                "people": found[key],
                "certificates": found[f"{key}_papers"],
            },
            {"only": key},
            is_part=False,
        )
        for key, name in _names().items()
    ]
    return Table(
        "all",
        gettext("Certificates"),
        [
            Column("label", gettext("What happened")),
            Column("people", gettext("People"), "people"),
            Column("certificates", gettext("Certificates"), "count"),
        ],
        lines if any(found.values()) else [],
        _definition(),
        chart="people",
    )


def _people(rule: Q) -> Count:
    return Count("enrolment__person", distinct=True, filter=rule)


def _sums(rows: QuerySet[Certificate], rules: dict[str, Q]) -> dict[str, int]:
    return rows.aggregate(**{key: _people(rule) for key, rule in rules.items()})


def _counted(rows: QuerySet[Certificate], rules: dict[str, Q], column: str) -> dict:
    counts = {key: _people(rule) for key, rule in rules.items()}
    found = rows.values(column).annotate(**counts)
    return {
        row[column]: {key: row[key] for key in rules}
        for row in found
        if any(row[key] for key in rules)
    }


def _rows(found: dict, codes: list, name: Callable, leads: Callable | None = None):
    return [
        Row({"label": name(code), **found[code]}, leads(code) if leads else {})
        for code in codes
    ]


def _table(key: str, title: str, label: str, rows: list[Row], total: Row) -> Table:
    return Table(
        key,
        title,
        [
            Column("label", label),
            *(
                Column(what, name, "people", "", {"only": what})
                for what, name in _names().items()
            ),
        ],
        rows,
        _definition(),
        total=total if rows else None,
    )


def _definition() -> str:
    return gettext(
        "Issued: first certificates made in the period; a new paper for an old one is "
        "counted as replaced, one that follows an expired one as renewed. Expiring in "
        "the period: valid certificates whose last day lies in it. Expiring within 90 "
        "days: counted from today, whatever the period. Revoked and withdrawn: ended "
        "in the period. People are counted once in each figure."
    )


def _certified(places: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    had = Certificate.objects.filter(enrolment=OuterRef("pk"))
    return places.filter(Exists(had))


CERTIFIED = Step("certified", _("Have a certificate"), _certified)
REPORT = Report(
    "certificates",
    _("Certificates issued, expiring, revoked"),
    tables,
    people=people,
    icon="doc-full",
)
