"""What somebody has to issue, on the dashboard: of each kind, by the rules."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from certificates.actions.issuing import issue
from certificates.actions.proposals import propose, vote
from certificates.actions.trainers import issue_to_trainer
from certificates.models import AwardRule
from certificates.panels import ready
from courses import clock
from lms.models import Cohort
from tests.factories import (
    make_cohort,
    make_enrolment,
    make_participant,
    make_session,
    make_user,
)

from .awards import hold, make_kind, make_quiz_cohort, make_rule, make_trainer, score
from .builders import make_completed

pytestmark = pytest.mark.django_db

KINDS = ["distinction", "attendance", "trainer"]


def completed(cohort):
    """Was there when the sessions of the days before were held."""
    since = clock.now() - timedelta(days=30)
    return make_completed(make_participant(), cohort, active_from=since)


def announced():
    return {task.here: task.count for task in ready(Cohort.objects.all())}


@pytest.fixture
def cohort():
    """Somebody completed it with honours, somebody attended, somebody taught it.

    No certificate of completion is given, so that the others stand alone.
    """
    cohort, (quiz,) = make_quiz_cohort()
    make_rule("completion", is_on=False)
    good, weak = (completed(cohort) for _number in range(2))
    score(good, quiz, 95)
    score(weak, quiz, 60)
    make_trainer(cohort)
    hold(cohort, (good, "present"), (weak, "absent"))
    cohort.good, cohort.weak, cohort.quiz = good, weak, quiz
    return cohort


def test_each_kind_that_somebody_has_to_issue_is_announced_by_its_name(cohort):
    for kind in KINDS:
        make_kind(kind)

    tasks = ready(Cohort.objects.all())

    page = f"/en/teach/{cohort.pk}/certificates/?kind="
    assert [(task.text, task.here, task.url) for task in tasks] == [
        (
            f"{cohort.title}, {label}: 1 person is ready",
            f"{label}: 1 person is ready",
            page + kind,
        )
        for kind, label in (
            ("attendance", "Attendance statement"),
            ("distinction", "Distinction"),
            ("trainer", "Trainer's certificate"),
        )
    ]


def test_what_is_issued_is_announced_no_more(cohort):
    for kind in KINDS:
        make_kind(kind)
    by = make_user()

    issue(cohort.good, by=by, kind="distinction")
    issue(cohort.good, by=by, kind="attendance")
    issue_to_trainer(cohort.staff.get().user, cohort=cohort, by=by)

    assert announced() == {}


@pytest.mark.parametrize(
    "rule", [{"decided_by": "automatic"}, {"is_on": False}], ids=["by itself", "off"]
)
@pytest.mark.parametrize("kind", KINDS)
def test_what_issues_itself_or_is_not_given_is_nobodys_task(cohort, kind, rule):
    make_kind(kind, **rule)

    assert announced() == {}


@pytest.mark.parametrize("kind", ["attendance", "trainer"])
def test_nobody_is_told_before_the_last_session_is_over(cohort, kind):
    make_kind(kind)
    make_session(cohort, local_date=clock.now().date() + timedelta(days=2))

    assert announced() == {}


@pytest.mark.parametrize("kind", KINDS)
def test_what_nobody_took_up_is_announced_for_half_a_year(cohort, kind, at):
    make_kind(kind)
    end = datetime.combine(cohort.ends_on, time(12), tzinfo=UTC)

    at(end + timedelta(days=180))
    assert list(announced().values()) == [1]
    at(end + timedelta(days=190))
    assert announced() == {}


@pytest.mark.parametrize("kind", KINDS)
def test_a_committees_list_is_a_task_before_it_is_proposed_and_when_approved(
    cohort, kind
):
    member = make_user()
    make_kind(kind, decided_by="committee", approvals=1, members=[member])
    who = cohort.staff.get().user.pk if kind == "trainer" else cohort.good.pk
    key = f"t{who}" if kind == "trainer" else f"e{who}"
    assert list(announced().values()) == [1]

    proposal = propose(cohort, kind=kind, chosen=[key], by=make_user())
    assert announced() == {}

    vote(proposal, agrees=True, note="", by=member)
    assert list(announced().values()) == [1]


def test_a_rule_of_the_course_goes_before_the_one_for_all(cohort):
    make_kind("attendance")
    make_rule("attendance", cohort.edition.course_key, is_on=False)

    assert announced() == {}


def test_as_many_queries_for_three_cohorts_and_people_as_for_one(cohort):
    for kind in KINDS:
        make_kind(kind)

    def queries():
        with CaptureQueriesContext(connection) as seen:
            ready(Cohort.objects.all())
        return len(seen)

    queries()
    one = queries()
    for _number in range(2):
        other = make_cohort(cohort.edition)
        places = [completed(other) for _n in range(2)]
        for place in places:
            score(place, cohort.quiz, 95)
        make_trainer(other)
        make_trainer(other)
        hold(other, *((place, "present") for place in places))

    assert queries() == one
    assert sum(task.count for task in ready(Cohort.objects.all())) == 3 + 2 * 6


def test_without_rules_of_other_kinds_nothing_is_weighed():
    """Most sites give completions alone: their dashboards stay as quick as before."""
    make_enrolment(cohort=make_cohort())
    assert not AwardRule.objects.exists()

    with CaptureQueriesContext(connection) as seen:
        ready(Cohort.objects.all())

    assert len(seen) <= 3
