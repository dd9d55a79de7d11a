"""Marking open answers: who may, what is refused, what follows from a mark."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry

from lms.actions import marking
from lms.actions.cohorts import add_staff
from lms.models import Attempt, Enrolment, Progress, Response, ResponseScore
from lms.panels import waiting
from tests.factories import make_question

from .marked import address, make_marked_cast, mark, one_more, post, scores
from .sitting import make_open_question

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def cast_once(once):
    """Our cohort's quiz asks two open answers of one point each; both are handed in."""
    return make_marked_cast(make_open_question(), make_open_question())


# Who may.

FORBIDDEN = ["participant", "other_trainer", "other_marker", "observer", "stranger"]


@pytest.mark.parametrize("who", FORBIDDEN)
def test_who_does_not_mark_in_the_cohort_finds_no_answer(client, cast, who):
    client.force_login(getattr(cast, who))

    listed = client.get(reverse("lms:marking", args=[cast.cohort.code]))
    answer = client.get(address(cast))
    posted = post(client, cast)

    assert [one.status_code for one in (listed, answer, posted)] == [404] * 3
    assert scores() == []


def test_an_answer_of_another_cohort_is_not_found_under_ones_own(client, cast):
    client.force_login(cast.other_marker)
    pk = cast.answers[0].pk

    own = reverse("lms:mark_answer", args=[cast.other_cohort.code, pk])

    assert client.post(own, {"score": "1", "read": "0"}).status_code == 404


def test_nobody_marks_their_own_answer(client, cast):
    add_staff(cast.cohort, user=cast.participant, role="trainer", by=None)
    client.force_login(cast.participant)

    answer = post(client, cast, score="1")

    assert "This is your own answer" in answer.content.decode()
    assert scores() == []


@pytest.mark.parametrize("who", ["marker", "trainer", "coordinator", "administrator"])
def test_who_marks_reads_the_answer_as_typed_but_no_name(client, cast, who):
    """QZ-58."""
    client.force_login(getattr(cast, who))

    shown = client.get(address(cast)).content.decode()
    listed = client.get(reverse("lms:marking", args=[cast.cohort.code]))

    assert "Debt &lt;b&gt;binds&lt;/b&gt;." in shown
    for text in (shown, listed.content.decode()):
        assert "Answer 1" in text
        assert cast.person.legal_name not in text


# The mark.


@pytest.mark.parametrize("score", ["-0.01", "1.01", "0.005"])
def test_a_mark_outside_what_there_is_to_earn_is_refused(cast, score):
    """QZ-33"""
    with pytest.raises(marking.OutOfBounds) as refusal:
        mark(cast, score=score)

    assert refusal.value.field == "score"
    assert scores() == []


@pytest.mark.parametrize("score", ["0", "0.25", "1"])
def test_a_mark_within_it_is_kept_to_the_hundredth(cast, score):
    """QZ-33"""
    mark(cast, score=score)

    assert scores() == [Decimal(score)]


@pytest.mark.parametrize("score", ["", "much", "NaN", "1e9", "2", "9" * 30, "0.333"])
def test_bad_points_are_said_at_their_field_and_the_comment_stays(client, cast, score):
    """QZ-33"""
    client.force_login(cast.marker)

    answer = post(client, cast, score=score, comment="Well argued.")

    assert answer.status_code == 200
    assert answer.context["form"].errors.keys() == {"score"}
    assert "Well argued." in answer.content.decode()
    assert scores() == []


def test_points_are_typed_with_a_comma_as_well(client, cast):
    client.force_login(cast.marker)

    post(client, cast, score="0,5")

    assert scores() == [Decimal("0.5")]


def test_a_mark_is_appended_with_its_marker_and_logged_once(cast):
    """QZ-34"""
    first = mark(cast, score="0.5", comment="Say more.")
    again = mark(cast, score="0.5", comment="Say more.")
    changed = mark(cast, score="1", comment="Say more.", read=first.pk)

    assert again == first
    assert list(ResponseScore.objects.order_by("pk")) == [first, changed]
    assert (first.kind, first.by, first.comment) == ("manual", cast.marker, "Say more.")
    assert ModelLogEntry.objects.filter(action="lms.mark_answer").count() == 2


def test_a_mark_given_meanwhile_is_shown_before_another_counts(client, cast):
    """QZ-32"""
    client.force_login(cast.trainer)
    earlier = mark(cast, score="0.25", comment="Too short.")

    stale = post(client, cast, score="0.75")
    fields = stale.context["form"]
    kept = scores()
    post(client, cast, score="0.75", read=fields["read"].value())

    text = stale.content.decode()
    assert "marked meanwhile" in text
    assert "Too short." in text
    assert (fields["score"].value(), fields["read"].value()) == ("0.75", earlier.pk)
    assert kept == [Decimal("0.25")]
    assert scores() == [Decimal("0.25"), Decimal("0.75")]


def test_what_its_key_marks_or_is_not_handed_in_is_not_for_a_person(client):
    cast = make_marked_cast(make_question(), make_open_question())
    by_key = next(one for one in cast.answers if one.scores.exists())
    Attempt.objects.filter(pk=cast.attempt.pk).update(status="running")
    running = next(one for one in cast.answers if one != by_key)

    given = marking.Given(Decimal(1))

    for answer in (by_key, running):
        with pytest.raises(marking.NotByHand):
            marking.mark(answer, given=given, by=cast.marker, read=0)


# What follows.


def test_only_the_last_mark_of_an_attempt_grades_it_and_completes_the_quiz(cast):
    """QZ-31"""
    mark(cast, place=1, score="0.5")
    cast.attempt.refresh_from_db()
    between = cast.attempt.status, cast.attempt.score, Progress.objects.exists()
    mark(cast, place=2, score="1")

    cast.attempt.refresh_from_db()
    cast.enrolment.refresh_from_db()
    assert between == ("marking", None, False)
    assert (cast.attempt.status, cast.attempt.score) == ("graded", Decimal("1.5"))
    assert Progress.objects.get().source == Progress.Source.QUIZ
    assert cast.enrolment.status == Enrolment.Status.COMPLETED


def test_marks_that_are_not_enough_grade_without_completing(cast):
    """QZ-31"""
    mark(cast, place=1, score="0.5")
    mark(cast, place=2, score="0.5")

    cast.attempt.refresh_from_db()
    assert (cast.attempt.status, cast.attempt.has_passed) == ("graded", False)
    assert not Progress.objects.exists()


def test_a_changed_mark_is_totalled_anew_and_takes_no_completion_away(cast):
    """QZ-34"""
    mark(cast, place=1)
    given = mark(cast, place=2)

    mark(cast, place=2, score="0", read=given.pk)

    cast.attempt.refresh_from_db()
    cast.enrolment.refresh_from_db()
    assert cast.attempt.score == 1
    assert Progress.objects.get().state == Progress.State.COMPLETED
    assert cast.enrolment.status == Enrolment.Status.COMPLETED


def test_somebody_who_left_is_marked_without_completing(cast):
    Enrolment.objects.filter(pk=cast.enrolment.pk).update(status="withdrawn")

    mark(cast, place=1)
    mark(cast, place=2)

    cast.attempt.refresh_from_db()
    assert cast.attempt.status == Attempt.Status.GRADED
    assert not Progress.objects.exists()


def test_the_participant_reads_the_comment_once_all_is_marked(client, cast):
    """QZ-34"""
    client.force_login(cast.participant)
    page = reverse("lms:result", args=[cast.attempt.pk])

    mark(cast, place=1, comment="Name <the> act.")
    before = client.get(page).content.decode()
    mark(cast, place=2)
    after = client.get(page).content.decode()

    assert "It is being marked" in before
    assert "Name &lt;the&gt; act." not in before
    assert "Name &lt;the&gt; act." in after


# From one answer to the next.


def test_saving_leads_to_the_next_answer_to_the_question_then_to_the_list(client):
    cast = make_marked_cast(make_open_question())
    one_more(cast)
    client.force_login(cast.marker)

    first = post(client, cast)
    then = client.post(address(cast, 2), {"score": "0", "read": "0"})

    assert first.url == address(cast, 2)
    assert then.url == reverse("lms:marking", args=[cast.cohort.code])
    assert "All are marked" in client.get(then.url).content.decode()


def test_what_waits_is_counted_for_its_markers_and_leads_there(client, cast):
    def told(who):
        found = waiting(getattr(cast, who), cast.cohort)
        return [tasks[0].count for panel, tasks in found if panel.key == "marking"]

    mark(cast, place=1)
    home = reverse("lms:cohort", args=[cast.cohort.code])
    client.force_login(cast.marker)

    assert {who: told(who) for who in ("marker", "other_marker", "observer")} == {
        "marker": [1],
        "other_marker": [],
        "observer": [],
    }
    assert reverse("lms:marking", args=[cast.cohort.code]) in (
        client.get(home).content.decode()
    )


def test_as_many_queries_for_three_answers_as_for_one(client):
    cast = make_marked_cast(make_open_question())
    listed = reverse("lms:marking", args=[cast.cohort.code])
    client.force_login(cast.marker)

    def queries():
        seen = []
        for page in (listed, f"{listed}?by=person", address(cast)):
            client.get(page)
            with CaptureQueriesContext(connection) as found:
                client.get(page)
            seen.append(len(found))
        return seen

    one = queries()
    one_more(cast)
    one_more(cast)

    ours = Response.objects.filter(attempt__enrolment__cohort=cast.cohort)
    assert ours.by_hand().count() == 3
    assert queries() == one
