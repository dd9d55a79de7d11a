"""What staff see of surveys: results of five or more, and who opens and closes."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry

from courses import clock
from lms.actions import surveys as actions
from lms.models import (
    Survey,
)
from tests.factories import (
    make_enrolment,
    make_person,
)

from .asking import GOOD, answer_all, completed, make_survey

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(cast):
    found = cast
    found.survey = make_survey(found.cohort)
    found.results = reverse("lms:survey_results", args=[found.survey.pk])
    found.list = reverse("lms:surveys", args=[found.cohort.code])
    found.close = reverse("lms:survey_close", args=[found.survey.pk])
    return found


@pytest.mark.parametrize(
    "who", ["participant", "stranger", "observer", "other_trainer", "other_coordinator"]
)
def test_who_does_not_see_the_cohort_sees_no_results(client, cast, who):
    client.force_login(getattr(cast, who))

    assert client.get(cast.results).status_code == 404
    assert client.get(cast.list).status_code == 404
    assert client.post(cast.close).status_code == 404


@pytest.mark.parametrize("who", ["trainer", "marker"])
def test_only_who_runs_the_cohort_opens_and_closes(client, cast, who):
    client.force_login(getattr(cast, who))
    data = {"kind": "3m", "opens_on": "2026-01-01", "closes_on": "2099-01-01"}

    assert client.post(cast.list, data).status_code == 404
    assert client.post(cast.close).status_code == 404
    cast.survey.refresh_from_db()
    assert (cast.survey.closed_at, Survey.objects.count()) == (None, 1)


def test_the_survey_of_somebody_else_is_not_mine(client, cast):
    client.force_login(cast.other_participant)

    address = reverse("lms:my_survey", args=[cast.survey.pk])
    assert client.get(address).status_code == 404


def test_results_are_shown_from_five_answers(client, cast):
    """RP-04: figures about fewer than five are shown to nobody."""
    for _ in range(6):
        make_enrolment(make_person(), cast.cohort)
    actions.invite(cast.survey)
    client.force_login(cast.trainer)

    answer_all(cast.survey, *[GOOD] * 4)
    four = client.get(cast.results)
    answer_all(cast.survey, {"useful": 2})
    five = client.get(cast.results)

    assert "Results are shown from five answers" in four.content.decode()
    assert "The role play" not in four.content.decode()
    assert four.context["results"] == []
    useful, pace = five.context["results"][0], five.context["results"][5]
    assert (useful.count, str(useful.mean)) == (5, "4.4")
    assert [bar.count for bar in useful.bars] == [0, 1, 0, 0, 4]
    assert (pace.count, pace.is_hidden, pace.bars) == (4, True, [])


def test_one_answer_more_shows_nothing_until_there_are_five_more(client, cast):
    """RP-04: nor can the newest answer be had by subtraction."""
    for _ in range(11):
        make_enrolment(make_person(), cast.cohort)
    actions.invite(cast.survey)
    client.force_login(cast.trainer)
    answer_all(cast.survey, *[{"useful": 5}] * 5)

    counts = []
    for _ in range(5):
        answer_all(cast.survey, {"useful": 1})
        counts.append(client.get(cast.results).context["shown"])

    assert counts == [5, 5, 5, 5, 10]


def test_a_closed_survey_shows_all_its_answers(client, cast):
    for _ in range(7):
        make_enrolment(make_person(), cast.cohort)
    actions.invite(cast.survey)
    answer_all(cast.survey, *[GOOD] * 7)
    client.force_login(cast.coordinator)

    client.post(cast.close)
    client.post(cast.close)

    assert client.get(cast.results).context["shown"] == 7
    assert ModelLogEntry.objects.filter(action="lms.close_survey").count() == 1


def test_a_coordinator_opens_a_survey_and_is_told_how_many_are_asked(client, cast):
    client.force_login(cast.coordinator)
    completed(cast.cohort)
    today = clock.now().date()
    data = {"kind": "6m", "opens_on": today, "closes_on": today + timedelta(days=9)}

    answer = client.post(cast.list, data, follow=True)

    assert "People asked: 1." in answer.content.decode()
    assert client.post(cast.list, data).context["form"].errors["kind"]
    assert Survey.objects.filter(cohort=cast.cohort).count() == 2


def test_dates_the_wrong_way_round_are_said_beside_the_field(client, cast):
    client.force_login(cast.coordinator)
    today = clock.now().date()
    data = {"kind": "6m", "opens_on": today, "closes_on": today - timedelta(days=9)}

    form = client.post(cast.list, data).context["form"]

    assert "closes_on" in form.errors


def test_as_many_queries_for_three_answers_as_for_one(client, cast):
    client.force_login(cast.trainer)

    def queries():
        with CaptureQueriesContext(connection) as seen:
            client.get(cast.results)
        return len(seen)

    queries()
    one = queries()
    for _ in range(9):
        make_enrolment(make_person(), cast.cohort)
    actions.invite(cast.survey)
    answer_all(cast.survey, *[GOOD] * 7)

    assert queries() == one
