"""The matrix: who has done what, and what stands in whose way."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry

from courses import clock
from lms.actions import progress
from lms.actions.exports import make
from lms.matrix import matrix_of
from lms.models import Cohort, Enrolment, Export, Staff
from tests.cast import make_cast
from tests.factories import make_enrolment, make_participant

from .groups import keys_of, make_attempt, make_group, make_mark

pytestmark = pytest.mark.django_db


def states(row):
    return [cell.state for cell in row.cells]


def blockers(row):
    return [f"{one.title}: {one.why}" for one in row.blockers]


def done(place, *keys):
    for key in keys:
        progress.complete_activity(place, activity=key, source="participant", by=None)


@pytest.mark.parametrize(
    "who",
    ["participant", "stranger", "observer", "other_trainer", "other_coordinator"],
)
def test_who_does_not_see_the_people_has_no_such_pages(client, who, cast):
    client.force_login(getattr(cast, who))

    for address in (
        reverse("lms:cohort", args=[cast.cohort.code]),
        reverse("lms:matrix", args=[cast.cohort.code]),
        reverse("lms:cohort_person", args=[cast.cohort.code, cast.enrolment.pk]),
    ):
        assert client.get(address).status_code == 404
    assert (
        client.post(reverse("lms:matrix", args=[cast.cohort.code])).status_code == 404
    )
    assert not ModelLogEntry.objects.filter(action="lms.export").exists()


def test_a_person_of_another_cohort_is_not_shown_through_mine(client, cast):
    client.force_login(cast.trainer)

    mine, theirs = cast.cohort.code, cast.other_enrolment.pk
    address = reverse("lms:cohort_person", args=[mine, theirs])
    assert client.get(address).status_code == 404


def test_people_stand_by_name_and_everything_asked_in_teaching_order():
    cohort = make_group(people=0, lessons=1, quizzes=1, sessions=1)
    for name in ("Ҷалолов", "Ёров", "Ахмедов"):
        make_enrolment(make_participant(legal_name=name), cohort)

    found = matrix_of(cohort)

    assert [column.kind for column in found.columns] == [
        "lesson",
        "quiz",
        "attendance",
        "session",
    ]
    assert [row.place.person.legal_name for row in found.rows] == [
        "Ахмедов",
        "Ёров",
        "Ҷалолов",
    ]


def test_a_session_says_who_was_there():
    cohort = make_group(people=4, lessons=0, quizzes=0, sessions=1)
    [session] = cohort.sessions.all()
    present, absent, excused, late = cohort.enrolments.order_by("pk")
    make_mark(present, session)
    make_mark(absent, session, "absent")
    make_mark(excused, session, "excused")
    late.active_from = clock.now()
    late.save()

    cells = {row.place.pk: row.cells[-1] for row in matrix_of(cohort).rows}

    assert [(cells[p.pk].state, str(cells[p.pk].word)) for p in (present, absent)] == [
        ("done", "Present"),
        ("lost", "Absent"),
    ]
    assert (cells[excused.pk].state, cells[late.pk].state) == ("waived", "none")


def test_the_blocker_names_the_session_that_was_missed():
    cohort = make_group(people=1, lessons=0, quizzes=0, sessions=2)
    [place] = cohort.enrolments.all()
    first, second = cohort.sessions.all()
    make_mark(place, first)
    make_mark(place, second, "absent")

    [row] = matrix_of(cohort).rows

    assert row.is_lost
    [blocker] = blockers(row)
    assert blocker.startswith("Attendance: 50% so far; 60% cannot be reached any more.")
    assert "Missed: session 2 (" in blocker


def test_a_quiz_not_passed_stands_in_the_way_and_one_not_tried_does_not():
    cohort = make_group(people=2, lessons=0, quizzes=1, sessions=0)
    tried, other = cohort.enrolments.order_by("pk")
    make_attempt(tried, keys_of(cohort, "quiz")[0], score="5.5")

    found = {row.place: row for row in matrix_of(cohort).rows}

    [blocker] = found[tried].blockers
    assert str(blocker.why) == "55% so far, 60% is needed."
    assert found[other].blockers == []


def test_what_most_have_done_and_one_has_not_stands_in_that_ones_way():
    cohort = make_group(people=3, lessons=2, quizzes=0, sessions=0)
    lessons = keys_of(cohort, "lesson")
    one, two, slow = cohort.enrolments.order_by("pk")
    done(one, lessons[0])
    done(two, lessons[0])

    found = matrix_of(cohort)

    assert [row.place for row in found.behind] == [slow]
    assert [one.key for one in found.behind[0].blockers] == [lessons[0]]


def test_when_the_cohort_is_over_everything_missing_stands_in_the_way(at):
    cohort = make_group(people=1, lessons=2, quizzes=0, sessions=0)
    at(clock.now() + timedelta(days=60))

    [row] = matrix_of(cohort).rows

    assert len(row.blockers) == 2 + 1


def test_who_has_completed_is_ready_whatever_is_missing_now():
    """CO-05: completion is sticky; nothing stands in the way any more."""
    cohort = make_group(people=0, sessions=0)
    make_enrolment(
        cohort=cohort,
        status=Enrolment.Status.COMPLETED,
        completed_at=clock.now(),
        completed_on=clock.now().date(),
    )

    [row] = matrix_of(cohort).rows

    assert (row.is_ready, row.blockers) == (True, [])
    assert "open" in states(row)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["A", "B", "C"]),
        ("?show=behind", ["C"]),
        ("?show=ready", ["A"]),
        ("?missing={lesson}", ["C"]),
        ("?missing={other}", ["B", "C"]),
        ("?show=nonsense&page=x", ["A", "B", "C"]),
        ("?missing=nonsense", ["A", "B", "C"]),
    ],
)
def test_filters_are_links(client, query, names):
    cohort = make_group(people=0, lessons=2, quizzes=0, sessions=0)
    cohort.edition.policy["attendance_percent"] = 0
    type(cohort.edition).objects.filter(pk=cohort.edition.pk).update(
        policy={"attendance_percent": 0}
    )
    lessons = keys_of(cohort, "lesson")
    places = [
        make_enrolment(make_participant(legal_name=name), cohort) for name in "ABC"
    ]
    done(places[0], *lessons)
    done(places[1], lessons[0])
    cast = make_cast()
    client.force_login(cast.administrator)

    address = reverse("lms:matrix", args=[cohort.code])
    query = query.format(lesson=lessons[0], other=lessons[1])
    page = client.get(address + query).context["page_obj"]

    assert [row.place.person.legal_name for row in page] == names


def file_of(client, address) -> str:
    """What the job puts into the file that this page asks for."""
    answer = client.post(address, {"purpose": "For the donor", "format": "csv"})
    export = Export.objects.get()
    assert answer.url == reverse("lms_reports:export", args=[export.pk])
    make.func(export.pk)
    export.refresh_from_db()
    with export.file.open() as file:
        return file.read().decode("utf-8-sig")


def test_the_file_holds_the_rows_of_the_screen_and_the_log_says_who_took_it(
    client, cast
):
    """RP-05, RP-08: a name that a spreadsheet would run is shown as text."""
    cohort = cast.cohort
    cast.enrolment.person.legal_name = "=cmd()"
    cast.enrolment.person.save()
    client.force_login(cast.trainer)

    text = file_of(client, reverse("lms:matrix", args=[cohort.code]))

    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0][:4] == ["Name", "Organisation", "Status", "What is missing"]
    assert [row[0] for row in rows[1:]] == ["'=cmd()"]
    entry = ModelLogEntry.objects.for_instance(cohort).get(action="lms.export")
    assert (entry.user, entry.data["purpose"]) == (cast.trainer, "For the donor")


def test_the_file_holds_who_is_asked_for(client, cast):
    client.force_login(cast.trainer)
    address = reverse("lms:matrix", args=[cast.cohort.code])

    text = file_of(client, f"{address}?show=behind")

    assert cast.person.legal_name not in text


def test_no_file_without_saying_what_it_is_for(client, cast):
    """RP-08"""
    client.force_login(cast.trainer)

    answer = client.post(
        reverse("lms:matrix", args=[cast.cohort.code]), {"format": "xlsx"}
    )

    assert answer.status_code == 200
    assert answer.context["form"].has_error("purpose")
    assert not Export.objects.exists()


def test_who_no_longer_sees_the_cohort_gets_no_file(client, cast):
    """PR-11: asked by a trainer whose role was taken before the job ran."""
    client.force_login(cast.trainer)
    client.post(
        reverse("lms:matrix", args=[cast.cohort.code]),
        {"purpose": "For the donor", "format": "xlsx"},
    )
    Staff.objects.filter(user=cast.trainer).delete()

    make.func(Export.objects.get().pk)

    assert Export.objects.get().state == Export.State.FAILED


def queries(cohort) -> int:
    cohort = Cohort.objects.select_related("edition").get(pk=cohort.pk)
    matrix_of(cohort)
    with CaptureQueriesContext(connection) as seen:
        matrix_of(cohort)
    return len(seen)


def test_as_many_queries_for_three_people_and_three_of_each_as_for_one():
    one = make_group(people=1, lessons=1, quizzes=1, sessions=1)
    three = make_group(people=3, lessons=3, quizzes=3, sessions=3)
    for place in three.enrolments.all():
        for session in three.sessions.all():
            make_mark(place, session)
        for quiz in keys_of(three, "quiz"):
            make_attempt(place, quiz, score=5)

    assert queries(one) == queries(three)


def test_a_person_is_shown_with_everything_that_is_asked(client, cast):
    cohort = make_group(people=1)
    [place] = cohort.enrolments.all()
    client.force_login(cast.administrator)

    address = reverse("lms:cohort_person", args=[cohort.code, place.pk])
    answer = client.get(address)

    assert [column.kind for column, _cell in answer.context["lines"]] == [
        "lesson",
        "quiz",
        "attendance",
        "session",
    ]
    assert place.person.legal_name in answer.content.decode()


def test_who_is_withdrawn_has_no_line_but_a_page(client, cast):
    gone = make_enrolment(cohort=cast.cohort, status="withdrawn")
    client.force_login(cast.trainer)

    address = reverse("lms:cohort_person", args=[cast.cohort.code, gone.pk])
    answer = client.get(address)

    assert (answer.status_code, answer.context["row"]) == (200, None)
    assert "No active place" in answer.content.decode()
