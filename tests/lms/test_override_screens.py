"""Overrides on the screen: who may, what is said, what a participant never reads."""

from copy import deepcopy
from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses.actions.questions import freeze_question
from lms.actions import overrides
from lms.models import Override
from tests.cast import make_cast
from tests.factories import (
    make_course,
    make_edition,
    make_enrolment,
    make_module,
    make_question,
    make_quiz,
)
from tests.lms.sitting import start

pytestmark = pytest.mark.django_db
COUNTS = ("TOTAL", "INITIAL")
SECRET = "Reads with a magnifier <b>."


@pytest.fixture(scope="module")
def cast_once(once):
    course = make_course()
    question = make_question()
    freeze_question(question, by=None)
    quiz = make_quiz(make_module(course), [question], minutes=40, attempts_allowed=1)
    cast = make_cast(make_edition(course, quiz), make_edition(course, quiz))
    cast.quiz = quiz
    return cast


@pytest.fixture
def cast(cast_once, db):
    return deepcopy(cast_once)


def address(cast, name="override_add", *more):
    return reverse(
        f"lms:{name}", args=[cast.cohort.code, cast.quiz.translation_key, *more]
    )


def given(cast, place=None, **settings):
    return overrides.give(
        cast.cohort,
        quiz_key=cast.quiz.translation_key,
        place=place,
        by=cast.trainer,
        reason=SECRET,
        **settings,
    )


def posted(**fields):
    return {"extra_time_percent": "50", "reason": SECRET} | fields


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("participant", 404),
        ("observer", 404),
        ("stranger", 404),
        ("marker", 403),
        ("other_trainer", 404),
    ],
)
def test_nobody_but_who_teaches_the_cohort_gives_another_rule(
    client, cast, who, status
):
    """QZ-41, PR-11"""
    row = given(cast, extra_attempts=1)
    client.force_login(getattr(cast, who))

    for page in (
        address(cast),
        address(cast, "override_edit", row.pk),
        address(cast, "override_back", row.pk),
    ):
        assert client.post(page, posted()).status_code == status

    row.refresh_from_db()
    assert (Override.objects.count(), row.extra_time_percent) == (1, None)


def test_an_override_of_another_cohort_is_not_reached_through_ones_own(client, cast):
    """PR-11"""
    theirs = overrides.give(
        cast.other_cohort,
        quiz_key=cast.quiz.translation_key,
        place=cast.other_enrolment,
        by=cast.other_trainer,
        reason=SECRET,
        extra_attempts=1,
    )
    client.force_login(cast.trainer)

    page = address(cast, "override_edit", theirs.pk)
    assert client.post(page, posted()).status_code == 404
    shown = client.get(address(cast, "cohort_quiz")).content.decode()
    assert "magnifier" not in shown
    added = client.post(address(cast), posted(place=cast.other_enrolment.pk))
    assert "Select a valid choice" in added.content.decode()


@pytest.mark.parametrize("who", ["trainer", "coordinator", "administrator"])
def test_one_form_gives_changes_and_takes_back(client, cast, who):
    """QZ-41"""
    client.force_login(getattr(cast, who))

    told = client.post(address(cast), posted(place=cast.enrolment.pk), follow=True)
    row = Override.objects.get()
    assert (row.person, row.extra_time_percent) == (cast.person, 50)
    assert "50 % more time" in told.content.decode()
    assert "Reads with a magnifier &lt;b&gt;." in told.content.decode()

    edit = address(cast, "override_edit", row.pk)
    assert 'name="place"' not in client.get(edit).content.decode()
    told = client.post(
        edit, posted(extra_time_percent="", extra_attempts="2"), follow=True
    )
    assert "2 more attempts" in told.content.decode()

    back = address(cast, "override_back", row.pk)
    assert "2 more attempts" in client.get(back).content.decode()
    told = client.post(back, {"reason": "A slip."}, follow=True).content.decode()
    assert "The same rules hold for everybody." in told
    assert not Override.objects.exists()


def test_times_are_read_and_shown_by_the_clock_of_the_cohort(client, cast):
    """Dushanbe is five hours ahead."""
    client.force_login(cast.trainer)

    client.post(
        address(cast),
        {"closes_at": "2026-12-01T10:00", "reason": "All of them."},
    )

    row = Override.objects.get()
    assert row.cohort == cast.cohort
    assert row.closes_at == datetime.fromisoformat("2026-12-01T05:00+00:00")
    page = client.get(address(cast, "override_edit", row.pk)).content.decode()
    assert 'value="2026-12-01T10:00"' in page


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"extra_time_percent": ""}, "Say what is different."),
        ({"extra_time_percent": "-1"}, "greater than or equal to 0"),
        ({"extra_attempts": "-1"}, "greater than or equal to 0"),
        ({"extra_time_percent": "9" * 30}, "less than or equal to 900"),
        ({"opens_at": "soon"}, "Enter a valid date/time."),
        (
            {"opens_at": "2026-12-01T10:00", "closes_at": "2026-12-01T09:00"},
            "It has to close after it opens.",
        ),
        ({"reason": " "}, "This field is required."),
        ({"place": "9" * 30}, "Select a valid choice"),
    ],
)
def test_bad_input_is_said_beside_its_field_and_kept(client, cast, fields, said):
    """QZ-43"""
    client.force_login(cast.trainer)

    page = client.post(address(cast), posted(**fields))

    assert page.status_code == 200
    assert said in page.content.decode()
    assert all(f'value="{value}"' in page.content.decode() for value in _typed(fields))
    assert not Override.objects.exists()


def _typed(fields):
    return [
        value for name, value in fields.items() if value.strip() and name != "place"
    ][:1]


def test_who_has_one_already_is_sent_to_that_one(client, cast):
    """QZ-41"""
    given(cast, extra_attempts=1)
    client.force_login(cast.trainer)

    page = client.post(address(cast), posted()).content.decode()

    assert "There is one already. Change that one." in page
    assert "magnifier" in page


def test_the_participant_never_reads_the_reason(client, cast):
    """QZ-41: neither on the quiz's pages nor in the answer's page."""
    given(cast, cast.enrolment, extra_time_percent=50)
    attempt = start(cast.enrolment, cast.quiz)
    client.force_login(cast.participant)

    for page in (cast.quiz.url, reverse("lms:attempt", args=[attempt.pk]), "/en/my/"):
        assert "magnifier" not in client.get(page).content.decode()
    assert client.get(address(cast, "cohort_quiz")).status_code == 404


def test_a_marker_reads_the_attempts_and_no_reasons(client, cast):
    given(cast, cast.enrolment, extra_time_percent=50)
    start(cast.enrolment, cast.quiz)
    client.force_login(cast.marker)

    page = client.get(address(cast, "cohort_quiz")).content.decode()

    assert "Attempt 1, begun" in page
    assert "magnifier" not in page
    listed = client.get(reverse("lms:quizzes", args=[cast.cohort.code]))
    assert "1 person is answering just now" in listed.content.decode()


def test_the_page_asks_the_same_for_one_attempt_and_three(client, cast):
    client.force_login(cast.trainer)

    def one_more():
        place = make_enrolment(cohort=cast.cohort)
        given(cast, place, extra_time_percent=50)
        start(place, cast.quiz)

    def queries():
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address(cast, "cohort_quiz")).status_code == 200
        return len(asked)

    one_more()
    queries()
    once = queries()
    one_more()
    one_more()
    assert queries() == once


@pytest.mark.parametrize(
    "bad",
    [
        {"pass_percent": 101},
        {"pass_percent": -1},
        {"minutes": 0},
        {"attempts_allowed": 0},
    ],
)
def test_the_quiz_page_refuses_rules_that_make_no_sense(client, cast, bad):
    """QZ-43"""
    client.force_login(cast.administrator)
    page = reverse("wagtailadmin_pages:edit", args=[cast.quiz.pk])
    form = client.get(page).context["form"]
    fields = {name: form[name].value() for name in form.fields} | bad
    known = {name: value for name, value in fields.items() if value is not None}
    formsets = [f"{name}-{n}_FORMS" for name in form.formsets for n in COUNTS]
    counts = dict.fromkeys(formsets, 0)

    answer = client.post(page, known | counts)

    assert answer.status_code == 200
    assert set(answer.context["form"].errors) == set(bad)
