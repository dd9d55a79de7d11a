"""The report of satisfaction: only closed surveys, only from five answers."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses import clock
from lms.actions.surveys import close_survey
from lms.models import SurveyTemplate
from lms.reports.period import Period
from lms.reports.question import Question
from lms.reports.satisfaction import tables
from tests.cast import make_cast
from tests.factories import make_donor, make_project

from .asking import answer_all, make_survey

pytestmark = pytest.mark.django_db


def make_answered(*marks, **fields):
    """A closed survey that so many people answered with these marks."""
    survey = make_survey(people=len(marks), **fields)
    answer_all(survey, *({"useful": mark} for mark in marks))
    return close_survey(survey, by=None)


def asked(**narrowed):
    """This year and the next: a survey's last day may lie beyond New Year."""
    first = Period.year(clock.now().year).first
    period = Period(first, date(first.year + 1, 12, 31))
    return tables(Question(period, **narrowed))


def values(table):
    return [
        (row.values["label"], row.values["answers"], row.values["mean"])
        for row in table.rows
    ]


def test_the_mean_is_over_everybody_and_each_donor_sees_its_own():
    one, other = make_donor(name="One"), make_donor(name="Other")
    make_answered(5, 5, 5, 5, 5, donors=[one])
    make_answered(1, 1, 1, 1, 1, donors=[one, other])

    by_time, by_donor = asked()

    assert values(by_time) == [("At the end", 10, 3.0)]
    assert values(by_donor) == [("One", 10, 3.0), ("Other", 5, 1.0)]
    assert values(asked(donor=other)[0]) == [("At the end", 5, 1.0)]


def test_four_answers_and_open_surveys_stay_out():
    """RP-04"""
    make_answered(5, 5, 5, 5)
    still_open = make_survey(people=5)
    answer_all(still_open, *[{"useful": 1}] * 5)

    by_time, by_donor = asked()

    assert (by_time.rows, by_donor.rows) == ([], [])
    assert by_time.total.values["answers"] == 0


def test_a_period_without_surveys_is_empty_and_no_error():
    make_answered(5, 5, 5, 5, 5)

    by_time, _by_donor = tables(Question(Period.year(2001)))

    assert by_time.rows == []


def test_a_project_narrows_it():
    make_answered(5, 5, 5, 5, 5, project=make_project())

    assert asked(project=make_project())[0].rows == []


def queries() -> int:
    with CaptureQueriesContext(connection) as seen:
        asked()
    return len(seen)


def test_as_many_queries_for_three_surveys_as_for_one():
    make_answered(5, 5, 5, 5, 5, donors=[make_donor()])
    one = queries()
    for _ in range(2):
        make_answered(1, 2, 3, 4, 5, donors=[make_donor()])

    assert queries() == one


def test_coordinators_write_questions_and_lines_that_ask_nothing_are_told(client):
    cast = make_cast()
    client.force_login(cast.coordinator)
    address = reverse("lms_survey_questions:add")
    good = {f"lines_{code}": "text: Why?" for code in ("en", "ru", "tg")}
    good["lines_ru"] = "text: Зачем?"

    bad = client.post(address, good | {"kind": "end", "lines_ru": "Зачем?"})
    assert "lines_ru" in bad.context["form"].errors
    assert "Зачем?" in bad.content.decode()

    client.post(address, good | {"kind": "end"})
    [template] = SurveyTemplate.objects.all()
    assert template.questions[0]["texts"]["ru"] == "Зачем?"


def test_a_trainer_does_not_change_the_questions(client):
    cast = make_cast()
    client.force_login(cast.trainer)

    answer = client.post(reverse("lms_survey_questions:add"), {"kind": "end"})

    assert answer.status_code in (302, 403)
    assert not SurveyTemplate.objects.exists()
