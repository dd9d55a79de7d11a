"""What holds of each report, whichever it is."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from lms.models import Cohort
from lms.reports.dataset import reports
from lms.reports.period import Period
from lms.reports.question import Question
from tests.factories import make_event

from .programme import YEAR, make_year, narrowed

pytestmark = pytest.mark.django_db
EVERY = pytest.mark.parametrize("report", reports(), ids=lambda report: report.key)
NAMED = pytest.mark.parametrize(
    "report", [one for one in reports() if one.people], ids=lambda report: report.key
)


@pytest.fixture(autouse=True)
def _now(at):
    at("2026-11-25T12:00+05:00")


@pytest.fixture(scope="module")
def year_once(once):
    make_year(1)


@pytest.fixture
def year(year_once, db):
    """A year of one person, made once for the file."""


def figures(tables) -> list:
    rows = [row for table in tables for row in table.rows]
    values = [value for row in rows for value in row.values.values()]
    return [value for value in values if isinstance(value, int | float) and value]


def queries_of(report) -> int:
    with CaptureQueriesContext(connection) as captured:
        report.tables(Question(YEAR))
    return len(captured)


@EVERY
def test_a_period_without_data_gives_tables_without_figures(report, year):
    nothing = Period(date(2031, 1, 1), date(2031, 12, 31))

    tables = report.tables(Question(nothing))

    assert tables
    assert [f for f in figures(tables) if report.key != "certificates"] == []


@NAMED
def test_whoever_has_no_cohort_counts_nobody(report, year):
    asked = Question(YEAR, cohorts=Cohort.objects.none())

    assert figures(report.tables(asked)) == []
    assert not report.people(asked).exists()


@EVERY
def test_three_people_ask_no_more_queries_than_one(report, year):
    make_event()
    queries_of(report)
    once = queries_of(report)

    make_year(2)
    make_event()
    make_event(centre="", place="A school")

    assert queries_of(report) == once


@NAMED
def test_the_list_behind_each_figure_is_as_long_as_the_figure(report, year):
    """RP-01"""
    make_year(2)
    question = Question(YEAR)

    for table in report.tables(question):
        people = [column for column in table.columns if column.kind == "people"]
        for row in [row for row in table.rows if row.narrows]:
            for column in people:
                asked = narrowed(question, {**row.narrows, **column.narrows})
                found = report.people(asked).values("person").distinct().count()
                assert found == row.values[column.key], (table.key, row, column.key)


@EVERY
@pytest.mark.parametrize("language", ["en", "ru", "tg"])
def test_every_table_says_what_it_counts(report, language, year):
    make_event()

    with translation.override(language):
        tables = report.tables(Question(YEAR))

    assert all(str(table.definition).strip() for table in tables)
    assert len({table.key for table in tables}) == len(tables)
    for table in tables:
        keys = {column.key for column in table.columns}
        rows = [*table.rows, *([table.total] if table.total else [])]
        assert not table.chart or table.chart in keys
        assert [row for row in rows if not keys <= row.values.keys()] == []
