"""Who of a cohort is ready, who has one, and why not the others."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from certificates.actions.ending import revoke
from certificates.actions.issuing import issue, ready_for
from certificates.panels import ready
from lms.models import Cohort
from tests.factories import (
    make_cohort,
    make_course,
    make_edition,
    make_enrolment,
    make_lesson,
    make_module,
    make_participant,
    make_user,
)

from .builders import make_completed

pytestmark = pytest.mark.django_db


def place(name, cohort, **fields):
    return make_completed(make_participant(legal_name=name), cohort, **fields)


def test_each_person_is_ready_has_one_or_is_told_why_not():
    course = make_course()
    module = make_module(course)
    lessons = [make_lesson(module, title=title) for title in ("One", "Two", "Three")]
    cohort = make_cohort(make_edition(course, *lessons))
    by = make_user()
    certificate = issue(place("A", cohort), by=by)
    place("B", cohort)
    make_enrolment(make_participant(legal_name="C"), cohort)
    make_enrolment(make_participant(legal_name="D"), cohort, status="withdrawn")
    place("E 김", cohort)
    revoked = issue(place("F", cohort), by=by)
    revoke(revoked, by=by, reason="Cheated")

    found = [
        (one.enrolment.person.legal_name, one.is_ready, one.certificate, one.refusal)
        for one in ready_for(cohort)
    ]

    assert [row[:3] for row in found] == [
        ("A", False, certificate),
        ("B", True, None),
        ("C", False, None),
        ("D", False, None),
        ("E 김", False, None),
        ("F", False, None),
    ]
    assert found[2][3] == ("One: Not opened yet. Two: Not opened yet. And 1 more.")
    assert found[3][3] == "The place is not active: Withdrawn."
    assert "HANGUL SYLLABLE GIM" in found[4][3]
    assert revoked.number in found[5][3]


def test_who_has_done_everything_but_was_absent_is_told_so():
    cohort = make_cohort(make_edition(make_course(), policy={"attendance_percent": 80}))
    make_enrolment(cohort=cohort)

    [refusal] = [one.refusal for one in ready_for(cohort)]
    assert refusal == ("Attendance: No session counts yet. The coordinator can help.")


def test_as_many_queries_for_three_people_as_for_one():
    cohort = make_cohort()

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as seen:
            ready_for(Cohort.objects.select_related("edition").get(pk=cohort.pk))
        return len(seen)

    place("A", cohort)
    queries()
    one = queries()
    place("B", cohort)
    issue(place("C", cohort), by=make_user())

    assert queries() == one


def test_the_panel_counts_who_is_ready_in_each_cohort():
    cohort, other = make_cohort(title="Khujand"), make_cohort()
    place("A", cohort)
    place("B", cohort)
    issue(place("C", cohort), by=make_user())
    make_enrolment(cohort=other)

    (task,) = ready(Cohort.objects.all())

    assert (task.cohort, task.count) == (cohort, 2)
    assert task.text == "Khujand: 2 people are ready"
    assert task.url == f"/en/teach/{cohort.pk}/certificates/"
