"""Marking again on the screen: who may, the dry run first, what stays to be decided."""

from copy import deepcopy

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from certificates.actions.issuing import issue
from certificates.models import Certificate
from courses.actions.questions import freeze_question
from lms.models import Attempt, LostPass, RegradeRun
from lms.panels import waiting
from tests.cast import make_cast
from tests.factories import (
    make_course,
    make_edition,
    make_enrolment,
    make_module,
    make_question,
    make_quiz,
)

from .sitting import answer, turn_key

pytestmark = pytest.mark.django_db
FORBIDDEN = [
    "participant",
    "trainer",
    "marker",
    "observer",
    "stranger",
    "other_coordinator",
]


@pytest.fixture(scope="module")
def cast_once(once):
    """One of two questions has the wrong key; somebody passed with it at 60 %."""
    course = make_course()
    questions = [make_question(stem="<p>Who may testify?</p>"), make_question()]
    for question in questions:
        freeze_question(question, by=None)
    quiz = make_quiz(make_module(course), questions)
    cast = make_cast(make_edition(course, quiz))
    cast.quiz, cast.question = quiz, questions[0]
    cast.attempt = answer(cast.enrolment, quiz, rights=2)
    turn_key(cast.question)
    return cast


@pytest.fixture
def cast(cast_once, db):
    return deepcopy(cast_once)


def address(cast):
    return reverse("lms:regrade", args=[cast.question.translation_key])


def fields(**more):
    return {"way": "newest", "reason": "The key was wrong."} | more


def do(client, cast, **more):
    """The dry run, then the run that it offers."""
    shown = client.post(address(cast), fields(**more))
    seen = shown.context["plan"].fingerprint
    return client.post(address(cast), fields(seen=seen, do="1", **more))


@pytest.mark.parametrize("who", FORBIDDEN)
def test_who_does_not_run_the_cohort_finds_no_page(client, cast, who):
    """QZ-35"""
    client.force_login(getattr(cast, who))

    asked = client.get(address(cast))
    posted = client.post(address(cast), fields(do="1", seen=""))

    assert (asked.status_code, posted.status_code) == (404, 404)
    assert not RegradeRun.objects.exists()


def test_the_first_post_shows_figures_and_changes_nothing(client, cast):
    """QZ-35"""
    client.force_login(cast.coordinator)

    page = client.post(address(cast), fields()).content.decode()

    assert "Who may testify?" in page
    assert "What would happen" in page
    assert "no longer passed" in page
    assert "The key was wrong." in page
    assert not RegradeRun.objects.exists()


def test_the_second_post_does_it_and_leads_to_what_it_did(client, cast):
    """QZ-35"""
    client.force_login(cast.coordinator)

    answer = do(client, cast)

    run = RegradeRun.objects.get()
    page = client.get(answer.url).content.decode()
    assert answer.url == reverse("lms:regrade_run", args=[run.pk])
    assert cast.person.legal_name in page
    assert "1 of 1 points" in page
    assert "0 of 1 points" in page


def test_without_a_dry_run_or_with_other_terms_the_figures_are_shown_first(
    client, cast
):
    """QZ-35"""
    client.force_login(cast.coordinator)
    seen = client.post(address(cast), fields()).context["plan"].fingerprint

    for stale in (fields(do="1"), fields(do="1", seen=seen, way="full")):
        page = client.post(address(cast), stale)
        text = page.content.decode()
        assert "figures have changed" in text or "marked this way already" in text

    assert not RegradeRun.objects.exists()


@pytest.mark.parametrize(
    ("posted", "field"),
    [
        ({"way": "upwards"}, "way"),
        ({"reason": ""}, "reason"),
        ({"way": "full", "is_never_lower": "on"}, "is_never_lower"),
        ({"way": "void", "remarks_manual": "on"}, "remarks_manual"),
    ],
)
def test_what_does_not_go_is_said_at_its_field(client, cast, posted, field):
    client.force_login(cast.coordinator)

    page = client.post(address(cast), fields(**posted))

    assert page.context["form"].errors.keys() == {field}
    assert page.context["plan"] is None


def test_another_set_of_options_is_said_beside_the_ways(client, cast):
    """QZ-36"""
    cast.question.choices.append(
        ("choice", {"text": "Third", "is_correct": False, "feedback": ""})
    )
    cast.question.save_revision().publish()
    freeze_question(cast.question, by=None)
    client.force_login(cast.coordinator)

    page = client.post(address(cast), fields())

    assert page.context["form"].errors.keys() == {"way"}
    assert "other choices" in page.content.decode()


def test_a_certified_person_who_falls_below_keeps_all_and_is_on_the_list(client, cast):
    """QZ-39"""
    cast.enrolment.refresh_from_db()
    certificate = issue(cast.enrolment, by=cast.administrator)
    client.force_login(cast.coordinator)

    do(client, cast)
    listed = client.get(reverse("lms:lost_passes", args=[cast.cohort.code]))
    told = waiting(cast.coordinator, cast.cohort)

    cast.attempt.refresh_from_db()
    text = listed.content.decode()
    assert cast.attempt.has_passed is False
    assert Certificate.objects.valid().get() == certificate
    assert cast.person.legal_name in text
    assert "Certificate" in text
    assert [t[0].count for panel, t in told if panel.key == "passes"] == [1]


def test_it_is_settled_with_words_and_leaves_the_list_of_what_waits(client, cast):
    """QZ-39"""
    client.force_login(cast.coordinator)
    do(client, cast)
    lost = LostPass.objects.get()
    page = reverse("lms:settle_lost_pass", args=[cast.cohort.code, lost.pk])

    empty = client.post(page, {"note": " "})
    client.post(page, {"note": "The certificate stays."})

    lost.refresh_from_db()
    assert empty.context["form"].errors.keys() == {"note"}
    assert lost.settled_by == cast.coordinator
    assert "The certificate stays." in client.get(page).content.decode()
    assert not [p for p, _t in waiting(cast.coordinator) if p.key == "passes"]


def test_as_many_queries_for_three_people_as_for_one(client, cast):
    client.force_login(cast.coordinator)
    more = [make_enrolment(cohort=cast.cohort) for _ in range(2)]
    Attempt.objects.filter(pk=cast.attempt.pk).update(rules=cast.attempt.rules)
    do(client, cast)
    run = RegradeRun.objects.get()
    pages = [
        reverse("lms:regrade_run", args=[run.pk]),
        reverse("lms:lost_passes", args=[cast.cohort.code]),
    ]

    def queries():
        found = []
        for page in pages:
            client.get(page)
            with CaptureQueriesContext(connection) as seen:
                client.get(page)
            found.append(len(seen))
        return found

    one = queries()
    for enrolment in more:
        score = run.scores.first()
        attempt = answer(enrolment, cast.quiz, rights=2)
        score.pk, score.response = None, attempt.responses.first()
        score.save()
        LostPass.objects.create(
            run=run,
            enrolment=enrolment,
            quiz_key=attempt.quiz_key,
            created_at=run.created_at,
        )

    assert queries() == one
