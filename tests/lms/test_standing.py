"""Where a whole cohort stands: the same as person by person, in as many queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses import clock
from lms.actions import progress
from lms.completion import is_complete
from lms.models import Cohort, Waiver
from lms.standing import standings_of
from tests.factories import make_enrolment, make_user

from .groups import keys_of, make_attempt, make_group, make_mark, make_varied

pytestmark = pytest.mark.django_db


def plain(requirements):
    return [
        (one.key, one.state, one.value, one.needed, str(one.title), str(one.why))
        for one in requirements
    ]


def test_a_whole_cohort_is_where_each_of_its_people_is():
    cohort = make_varied()

    together = {place.pk: plain(found) for place, found in standings_of(cohort).items()}

    one_by_one = {
        place.pk: plain(progress.evaluate(place)) for place in cohort.enrolments.all()
    }
    assert together == one_by_one
    states = {row[1] for rows in together.values() for row in rows}
    assert states == {"done", "open", "lost", "waived"}


def test_a_waived_requirement_completes_and_says_that_it_was_waived():
    """CO-12: one requirement of one person, told apart from what was done."""
    cohort = make_group(people=2, quizzes=0, sessions=0)
    waived, other = cohort.enrolments.order_by("pk")
    cohort.edition.policy["attendance_percent"] = 0
    Waiver.objects.create(
        enrolment=waived,
        requirement=keys_of(cohort, "lesson")[0],
        reason="Knows it",
        by=make_user(),
        created_at=clock.now(),
    )

    found = standings_of(cohort)

    assert [one.state for one in found[waived]] == ["waived"]
    assert is_complete(found[waived], activities_required=1)
    assert [one.state for one in found[other]] == ["open"]


def test_who_has_no_active_place_stands_nowhere():
    cohort = make_group()
    make_enrolment(cohort=cohort, status="withdrawn")
    make_enrolment(cohort=cohort, status="waitlisted")

    assert list(standings_of(cohort)) == list(cohort.enrolments.studying())


def queries(cohort) -> int:
    cohort = Cohort.objects.select_related("edition").get(pk=cohort.pk)
    standings_of(cohort)
    with CaptureQueriesContext(connection) as seen:
        standings_of(cohort)
    return len(seen)


def test_as_many_queries_for_three_people_and_three_of_each_as_for_one():
    one = make_group(people=1, lessons=1, quizzes=1, sessions=1)
    three = make_group(people=3, lessons=3, quizzes=3, sessions=3)
    for place in three.enrolments.all():
        for session in three.sessions.all():
            make_mark(place, session)
        for quiz in keys_of(three, "quiz"):
            make_attempt(place, quiz, score=5)

    assert queries(one) == queries(three) <= 8
