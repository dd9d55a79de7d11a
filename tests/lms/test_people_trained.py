"""The donors' table: who is counted, how often, and under what."""

from datetime import UTC, date, datetime

import pytest

from lms.models import Cohort, Enrolment
from lms.reports.people_trained import (
    Figure,
    by,
    by_donor,
    by_quarter,
    total,
)
from lms.reports.period import Period
from lms.reports.question import Question
from tests.factories import (
    make_cohort,
    make_donor,
    make_enrolment,
    make_person,
    make_project,
)

pytestmark = pytest.mark.django_db
YEAR = Period.year(2026)


def completed(person=None, cohort=None, on=date(2026, 5, 4), **fields) -> Enrolment:
    return make_enrolment(
        person or make_person(),
        cohort or make_cohort(),
        status=Enrolment.Status.COMPLETED,
        completed_on=on,
        completed_at=datetime(on.year, on.month, on.day, 12, tzinfo=UTC),
        **fields,
    )


def test_a_person_with_two_trainings_is_one_person_and_two_participations():
    """RP-02"""
    person = make_person()
    completed(person)
    completed(person, on=date(2026, 9, 1))

    assert total(Question(YEAR)) == Figure(people=1, participations=2)


def test_only_completed_enrolments_within_the_period_count():
    completed()
    completed(on=date(2025, 12, 31))
    completed(on=date(2027, 1, 1))
    make_enrolment()

    assert total(Question(YEAR)) == Figure(1, 1)


def test_figures_come_from_the_snapshot_and_not_from_the_person():
    """EN-15"""
    enrolment = completed(make_person(audience="police", region="sughd", sex="f"))
    enrolment.person.audience = "judges"
    enrolment.person.save()

    assert by(Question(YEAR), "audience", "sex", "region") == {
        ("police", "f", "sughd"): Figure(1, 1)
    }


def test_the_list_behind_a_figure_adds_up_to_it():
    """RP-01"""
    person = make_person()
    completed(person)
    completed(person)
    completed()
    question = Question(YEAR, audience="police")

    rows = list(question.rows())

    assert total(question) == Figure(
        people=len({row.person_id for row in rows}), participations=len(rows)
    )


def test_a_training_of_two_donors_counts_for_each_of_them():
    one, other, idle = make_donor(), make_donor(), make_donor()
    completed(cohort=make_cohort(donors=[one, other]))
    completed(cohort=make_cohort(donors=[other]))

    assert by_donor(Question(YEAR)) == {one: Figure(1, 1), other: Figure(2, 2)}
    assert total(Question(YEAR, donor=one)) == Figure(1, 1)
    assert total(Question(YEAR, donor=idle)) == Figure(0, 0)


def test_a_person_trained_in_two_quarters_counts_in_each_but_once_in_the_year():
    """RP-02"""
    person = make_person()
    completed(person, on=date(2026, 3, 31))
    completed(person, on=date(2026, 4, 1))

    figures = list(by_quarter(Question(YEAR)).values())

    assert figures == [Figure(1, 1), Figure(1, 1), Figure(), Figure()]
    assert total(Question(YEAR)).people == 1


def test_the_period_that_is_asked_decides_where_a_quarter_is_cut():
    period = Period(date(2025, 12, 15), date(2026, 2, 1))

    assert period.quarters() == [
        Period(date(2025, 12, 15), date(2025, 12, 31)),
        Period(date(2026, 1, 1), date(2026, 2, 1)),
    ]


@pytest.mark.parametrize("narrowed", ["", "cohorts", "donor", "project", "region"])
def test_the_figures_are_read_from_the_covering_index(
    narrowed, django_assert_num_queries
):
    donor, project = make_donor(), make_project()
    for _ in range(3):
        completed(cohort=make_cohort(donors=[donor], project=project))
    filters = {
        "cohorts": Cohort.objects.filter(region="sughd"),
        "donor": donor,
        "project": project,
        "region": "sughd",
    }
    chosen = {name: value for name, value in filters.items() if name == narrowed}
    question = Question(YEAR, **chosen)

    with django_assert_num_queries(1):
        by(question, "audience", "sex", "region")

    plan = question.rows().order_by().values("audience", "person").explain()
    assert "people_trained" in plan or "Seq Scan" in plan
