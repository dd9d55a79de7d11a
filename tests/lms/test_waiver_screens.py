"""Waiving on the screen: who may, what is asked, where it can be read afterwards."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from courses.models import CoursePage
from lms.actions.enrolment import enrol
from lms.actions.waivers import waive
from lms.matrix import file_rows, matrix_of
from lms.models import Enrolment, Waiver
from lms.reports import funnel
from lms.reports.lists import people_rows
from lms.reports.period import Period
from lms.reports.question import Question
from tests.cast import make_cast
from tests.factories import (
    make_cohort,
    make_course,
    make_edition,
    make_enrolment,
    make_lesson,
    make_module,
    make_person,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def cast_once(once):
    """Our cohort asks for two lessons."""
    course = make_course()
    module = make_module(course)
    lessons = [make_lesson(module, title=title) for title in ("Listen", "Refer")]
    cast = make_cast(make_edition(course, *lessons))
    cast.keys = [str(lesson.translation_key) for lesson in lessons]
    return cast


def address(cast, name="waive", place=None):
    place = place or cast.enrolment
    return reverse(f"lms:{name}", args=[place.cohort.code, place.pk])


def answers(cast, reason="Taught it herself."):
    return {"requirement": cast.keys[0], "reason": reason}


@pytest.mark.parametrize("name", ["waive", "take_back_waiver"])
@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("participant", 404),
        ("observer", 404),
        ("stranger", 404),
        ("trainer", 403),
        ("marker", 403),
        ("other_coordinator", 404),
    ],
)
def test_nobody_but_the_cohorts_coordinator_waives(client, cast, name, who, status):
    """CO-12, PR-11"""
    client.force_login(getattr(cast, who))

    assert client.post(address(cast, name), answers(cast)).status_code == status
    assert not Waiver.objects.exists()


def test_a_place_of_another_cohort_is_not_reached_through_ones_own(client, cast):
    """PR-11"""
    client.force_login(cast.coordinator)
    crossed = reverse("lms:waive", args=[cast.cohort.code, cast.other_enrolment.pk])

    assert client.post(crossed, answers(cast)).status_code == 404


@pytest.mark.parametrize("who", ["coordinator", "administrator"])
def test_one_step_waives_one_requirement_and_says_what_follows(client, cast, who):
    """CO-12"""
    client.force_login(getattr(cast, who))
    page = client.get(address(cast) + f"?requirement={cast.keys[1]}").content.decode()
    assert "the course is completed at once" in page
    assert "Listen: Not opened yet." in page

    told = client.post(address(cast), answers(cast), follow=True).content.decode()

    waiver = Waiver.objects.get()
    assert (waiver.enrolment, waiver.requirement) == (cast.enrolment, cast.keys[0])
    assert "It is waived." in told
    assert "Taught it herself." in told
    assert "Listen:" not in client.get(address(cast)).content.decode()


def test_bad_answers_are_said_beside_their_field_and_keep_what_was_typed(client, cast):
    """CO-12"""
    client.force_login(cast.coordinator)

    page = client.post(address(cast), {"reason": "She is <ill>."}).content.decode()
    assert "Choose one." in page
    assert "She is &lt;ill&gt;." in page
    page = client.post(address(cast), {"requirement": "x", "reason": "."})
    assert "This changed in the meantime." in page.content.decode()
    page = client.post(address(cast), answers(cast, reason=" ")).content.decode()
    assert "This field is required." in page
    assert not Waiver.objects.exists()


def test_a_waiver_is_taken_back_on_the_screen_until_the_course_is_complete(
    client, cast
):
    """CO-12, CO-05"""
    client.force_login(cast.coordinator)
    client.post(address(cast), answers(cast))
    back = address(cast, "take_back_waiver")
    assert "Listen. Waived by" in client.get(back).content.decode()

    client.post(back, answers(cast, reason="She is back."))
    assert not Waiver.objects.exists()

    for key in cast.keys:
        client.post(address(cast), {"requirement": key, "reason": "Ill."})
    assert Enrolment.objects.get(pk=cast.enrolment.pk).status == "completed"
    assert "What completed the course stays." in client.get(back).content.decode()
    client.post(back, answers(cast))
    assert Waiver.objects.count() == 2


def test_staff_read_who_waived_it_and_why_and_the_participant_that_it_was(client, cast):
    """CO-12: in the matrix, in its file, on the person's page; not on theirs."""
    by = make_user(first_name="Zarina", last_name="Sobirova")
    waive(cast.enrolment, requirement=cast.keys[0], by=by, reason="Sat in court.")
    words = "Waived by Zarina Sobirova: Sat in court."
    client.force_login(cast.trainer)
    pages = [
        reverse("lms:matrix", args=[cast.cohort.code]),
        address(cast, "cohort_person"),
    ]

    assert [words in client.get(page).content.decode() for page in pages] == [True] * 2
    matrix = matrix_of(cast.cohort)
    assert f"waived {words}" in list(file_rows(matrix, matrix.rows))[1]
    client.force_login(cast.participant)
    course = CoursePage.objects.get(translation_key=cast.cohort.edition.course_key)
    mine = client.get(course.url).content.decode()
    assert "Waived." in mine
    assert "Sat in court." not in mine


def test_the_trainer_reads_with_whom_no_course_came_before(client, cast):
    """CO-11, CO-12"""
    before = make_course(title="Foundations")
    edition = cast.cohort.edition
    edition.prerequisites = [
        {"course": str(before.translation_key), "kind": "completed"}
    ]
    edition.save()
    place = enrol(
        make_person(), cohort=cast.cohort, by=make_user(), reason="Teaches it."
    )
    client.force_login(cast.trainer)

    page = client.get(address(cast, "cohort_person", place)).content.decode()

    assert "“Foundations” completed" in page
    assert "Teaches it." in page


def test_the_matrix_asks_the_same_for_one_waiver_and_three(
    cast, django_assert_num_queries
):
    """CO-12"""
    by = make_user()
    matrix_of(cast.cohort)
    with CaptureQueriesContext(connection) as one:
        matrix_of(cast.cohort)
    for _ in range(3):
        place = make_enrolment(cohort=cast.cohort)
        waive(place, requirement=cast.keys[0], by=by, reason="Ill.")
    with django_assert_num_queries(len(one)):
        matrix_of(cast.cohort)


def test_reports_tell_for_how_many_something_was_waived():
    """CO-12: in the funnel with its list of people, and in the file of people."""
    cohort = make_cohort()
    day = {"status": "completed", "completed_on": date(2026, 5, 4)}
    places = [
        make_enrolment(cohort=cohort, completed_at="2026-05-04T09:00Z", **day)
        for _ in range(3)
    ]
    Waiver.objects.create(
        enrolment=places[0],
        requirement="attendance",
        reason="Ill.",
        by=make_user(),
        created_at=places[0].created_at,
    )
    made_on = timezone.localdate(places[0].created_at)
    question = Question(Period(made_on, made_on))

    table = next(one for one in funnel.tables(question) if one.key == "waived")

    assert (table.total.values["completed"], table.total.values["waived"]) == (3, 1)
    assert list(funnel.people(question.about("waived"))) == [places[0]]
    heading, *rows = people_rows(Enrolment.objects.filter(cohort=cohort))
    assert heading[-1] == "Requirements waived"
    assert [row[-1] for row in rows] == [1, 0, 0]
