"""What a course asks of attendance, with records: one definition on every page."""

from datetime import time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lms.actions import attendance as actions
from lms.actions import moving
from lms.actions.attendance import Row
from lms.actions.progress import evaluate
from lms.actions.sessions import MandatoryMustCount
from lms.attendance import sheet_of
from lms.matrix import matrix_of
from lms.models import Cohort, Enrolment, Mark, MarkEvent, MarkStatus
from lms.own_attendance import own_sessions
from lms.standing import attendance_of, standings_of
from tests.factories import (
    make_cohort,
    make_course,
    make_edition,
    make_enrolment,
    make_session,
    make_user,
)

pytestmark = pytest.mark.django_db

MORNING = "2026-10-12T09:05+05:00"


def edition_with(**policy):
    return make_edition(make_course(), policy={"attendance_percent": 80} | policy)


@pytest.fixture
def days(at):
    """`days(edition, 4)` is a cohort with so many sessions, the last one tomorrow."""
    now = at(MORNING)

    def held(edition, count, **fields):
        cohort = make_cohort(edition, starts_on=now.date() - timedelta(days=30))
        for back in range(count - 2, -2, -1):
            make_session(
                cohort,
                local_date=now.date() - timedelta(days=back),
                local_time=time(8) if back else time(9),
                status="held" if back > 0 else "planned",
                **fields,
            )
        return cohort, list(cohort.sessions.order_by("starts_at"))

    return held


def place_in(cohort, days_ago=20):
    session = cohort.sessions.order_by("starts_at").first()
    return make_enrolment(
        cohort=cohort, active_from=session.starts_at - timedelta(days=days_ago)
    )


def marked(place, session, code="present", **more):
    return Mark.objects.create(
        session=session,
        enrolment=place,
        status=MarkStatus.objects.get(code=code, set="default", version=1),
        source="trainer",
        marked_at=session.starts_at,
        **more,
    )


def figures(sums):
    return sums.percent, sums.projected, sums.best_possible


def test_minutes_are_asked_for_where_the_course_says_so(days):
    """ATT-07: the same marks in sessions and in minutes."""
    in_sessions, sessions = days(edition_with(), 4)
    in_minutes, timed = days(edition_with(attendance_measure="minutes"), 4)
    found = []
    for cohort, held in ((in_sessions, sessions), (in_minutes, timed)):
        place = place_in(cohort)
        marked(place, held[0])
        marked(place, held[1], minutes=30)
        found.append(figures(attendance_of(place)))

    assert timed[1].minutes == 90
    assert found[0] == (100, 50, 100)
    assert [round(float(one), 2) for one in found[1]] == [66.67, 33.33, 83.33]


@pytest.mark.parametrize(
    ("before", "unmarked", "marked_late"),
    [
        ("not_expected", (100, 33), (100, 33)),
        ("absent", (50, 25), (75, 37)),
        ("trainer", (100, 33), (75, 37)),
    ],
)
def test_sessions_before_joining_are_what_the_course_says(
    days, before, unmarked, marked_late
):
    """ATT-11"""
    cohort, sessions = days(edition_with(attendance_before=before), 4)
    place = make_enrolment(cohort=cohort, active_from=sessions[0].ends_at)
    marked(place, sessions[1])

    first = attendance_of(place)
    marked(place, sessions[0], "late")
    second = attendance_of(place)

    assert (first.percent, int(first.projected)) == unmarked
    assert (second.percent, int(second.projected)) == marked_late


def test_a_trainer_marks_a_session_before_joining_only_where_the_course_lets_them(days):
    """ATT-11: the register shows a dash, or the marks to choose from."""
    trainer = make_user()
    strict, sessions = days(edition_with(), 3)
    late = make_enrolment(cohort=strict, active_from=sessions[0].ends_at)
    free, others = days(edition_with(attendance_before="trainer"), 3)
    other = make_enrolment(cohort=free, active_from=others[0].ends_at)

    with pytest.raises(actions.NotExpected):
        actions.save_register(sessions[0], rows=[Row(late.pk, "late")], by=trainer)
    actions.save_register(others[0], rows=[Row(other.pk, "late")], by=trainer)

    [line] = sheet_of(others[0])
    assert (line.code, line.is_expected, line.is_missing) == ("late", False, False)
    assert [cell.state for cell in matrix_of(strict).rows[0].cells[1:]] == [
        "none",
        "open",
        "open",
    ]
    assert [cell.state for cell in matrix_of(free).rows[0].cells[1:]] == [
        "done",
        "open",
        "open",
    ]


def test_the_lowest_are_dropped_once_the_last_session_is_held(days):
    """ATT-10"""
    cohort, sessions = days(edition_with(attendance_best_of=2), 3)
    place = place_in(cohort)
    marked(place, sessions[0])
    marked(place, sessions[1], "absent")

    running = figures(attendance_of(place))
    marked(place, sessions[2])
    cohort.sessions.update(status="held")

    assert running == (50, 50, 100)
    assert figures(attendance_of(place)) == (100, 100, 100)


def test_who_moves_keeps_the_marks_of_the_other_cohort_in_the_sums(days, at):
    """ATT-13: each session was expected where the person had a place that day."""
    edition = edition_with()
    old, before = days(edition, 4)
    new, after = days(edition, 4)
    place = place_in(old)
    marked(place, before[0])
    marked(place, before[1], "absent")
    at("2026-10-12T07:00+05:00")

    moved = moving.move(place, to=new, by=make_user(), reason="Lives there now")

    sums = attendance_of(moved)
    assert (figures(sums), sums.to_come) == ((50, 25, 75), 2)
    assert [(row.session, row.is_expected) for row in own_sessions(moved)] == [
        (before[0], True),
        (after[0], False),
        (before[1], True),
        (after[1], False),
        (after[2], True),
        (after[3], True),
    ]
    place.refresh_from_db()
    assert place.marks.count() == 2


def test_who_moves_back_is_not_expected_where_they_were_not(days, at):
    """ATT-13"""
    edition = edition_with()
    old, before = days(edition, 4)
    new, _after = days(edition, 4)
    place = place_in(old)
    at(before[1].starts_at - timedelta(hours=1))
    moved = moving.move(place, to=new, by=make_user(), reason="Lives there now")
    at(before[2].starts_at - timedelta(hours=1))

    back = moving.move(moved, to=old, by=make_user(), reason="Is here again")

    sums = attendance_of(back)
    assert back == place
    # Of the old cohort the first and the last two, of the other one the second.
    assert len(sums.sessions) == 4


def test_as_many_queries_for_three_who_moved_as_for_one(days):
    edition = edition_with()
    counts = []
    for people in (1, 3):
        old, _before = days(edition, 4)
        new, _after = days(edition, 4)
        for _ in range(people):
            moving.move(place_in(old), to=new, by=make_user(), reason="Lives there")
        cohort = Cohort.objects.select_related("edition").get(pk=new.pk)
        standings_of(cohort)
        with CaptureQueriesContext(connection) as seen:
            standings_of(cohort)
        counts.append(len(seen))

    assert counts[0] == counts[1]


def test_without_the_mandatory_session_a_course_is_not_complete(days):
    """ATT-51: 95% and more does not stand in for it; it is named."""
    cohort, sessions = days(edition_with(attendance_percent=1), 5)
    place, trainer = place_in(cohort), make_user()
    cohort.sessions.filter(pk=sessions[3].pk).update(is_mandatory=True)
    for session in sessions[:3]:
        marked(place, session)
    cohort.sessions.update(status="held")
    marked(place, sessions[4])

    def said():
        return [(one.key, one.met, str(one.why)) for one in evaluate(place)]

    missing = said()
    actions.mark(sessions[3], enrolment=place, status_code="absent", by=trainer)
    missed = said()
    actions.mark(sessions[3], enrolment=place, status_code="late", by=trainer)
    there = said()

    percent = ("attendance", True, "Done.")
    assert missing == [
        percent,
        ("mandatory_sessions", False, "Not complete: session 4."),
    ]
    assert missed == [
        percent,
        (
            "mandatory_sessions",
            False,
            "Not complete: session 4. The trainer can help.",
        ),
    ]
    assert there == [percent, ("mandatory_sessions", True, "Done.")]
    place.refresh_from_db()
    assert place.status == Enrolment.Status.COMPLETED


def test_signing_off_completes_where_only_a_mandatory_session_was_asked_for(days):
    """ATT-51"""
    cohort, sessions = days(edition_with(attendance_percent=0), 2)
    place, trainer = place_in(cohort), make_user()
    cohort.sessions.filter(pk=sessions[0].pk).update(is_mandatory=True)
    sessions[0].refresh_from_db()
    actions.save_register(sessions[0], rows=[Row(place.pk, "present")], by=trainer)

    actions.sign_off_register(sessions[0], by=trainer)

    place.refresh_from_db()
    assert place.status == Enrolment.Status.COMPLETED
    assert MarkEvent.objects.count() == 1


def test_a_session_that_must_be_attended_cannot_be_left_out_of_the_figures(days):
    _cohort, sessions = days(edition_with(), 2)

    with pytest.raises(MandatoryMustCount):
        actions.change_session(
            sessions[1], by=make_user(), is_mandatory=True, is_required=False
        )
