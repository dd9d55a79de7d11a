"""A second, unseen mark of a sample, and what happens where the two differ."""

from decimal import Decimal

import pytest
from django.urls import reverse

from lms.actions import marking, second_marks
from lms.actions.cohorts import add_staff
from lms.models import Response, ResponseScore, SecondMark
from lms.panels import waiting
from lms.sampling import is_in_sample

from .marked import (
    address,
    colleague,
    make_marked_cast,
    mark,
    one_more,
    pile,
    post,
    scores,
)
from .sitting import make_open_question

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def cast_once(once):
    """Every open answer is in the sample; two points may differ by 10 percent."""
    cast = make_marked_cast(make_open_question(), second_mark_percent=100)
    cast.colleague = colleague(cast)
    return cast


def again(cast, score, by=None, place=1, comment=""):
    given = marking.Given(Decimal(score), comment=comment)
    by = by or cast.colleague
    return second_marks.give_second_mark(cast.answers[place - 1], given=given, by=by)


def settle(cast, score, by=None):
    newest = cast.answers[0].scores.last()
    return second_marks.moderate(
        cast.answers[0],
        given=marking.Given(Decimal(score)),
        by=by or cast.trainer,
        read=newest.pk if newest else 0,
    )


# The sample.


def test_the_sample_is_the_same_each_time_and_about_as_large_as_asked():
    found = {percent: _sampled(percent) for percent in (0, 20, 100)}

    assert _sampled(20) == found[20] <= found[100]
    assert (len(found[0]), len(found[100])) == (0, 1000)
    assert 150 < len(found[20]) < 250


def _sampled(percent):
    return {n for n in range(1000) if is_in_sample(f"{n}", percent)}


def test_the_sample_is_drawn_at_the_start_and_only_of_what_a_person_marks(cast):
    cast.quiz.second_mark_percent = 0
    cast.quiz.save()
    one_more(cast)

    assert [one.is_in_sample for one in cast.answers] == [True, False]


# The second mark.


def test_the_second_marker_learns_nothing_of_the_first_mark(client, cast):
    mark(cast, score="0.37", comment="Too short.")
    client.force_login(cast.colleague)

    taken = client.post(reverse("lms:second_mark_next", args=[cast.cohort.code]))
    shown = client.get(taken.url).content.decode()
    listed = client.get(pile(cast)).content.decode()
    direct = client.get(address(cast))

    assert taken.url == direct.url == address(cast, name="second_mark")
    for text in (shown, listed):
        assert "0.37" not in text
        assert "Too short." not in text
    assert cast.marker.username not in shown


def test_it_changes_no_result(cast):
    mark(cast, score="1")

    second = again(cast, "0.95", comment="Nearly.")

    cast.attempt.refresh_from_db()
    assert cast.attempt.score == 1
    assert scores() == [1]
    assert (second.score, second.by, second.is_apart) == (
        Decimal("0.95"),
        cast.colleague,
        False,
    )


def test_sent_twice_it_is_one(cast):
    mark(cast)

    assert again(cast, "0.5") == again(cast, "0.5")
    assert SecondMark.objects.count() == 1


def test_the_first_marker_gives_no_second_mark(client, cast):
    mark(cast)
    client.force_login(cast.marker)

    offered = client.get(pile(cast))
    sent = post(client, cast, name="second_mark")

    assert offered.context["seconds"] == 0
    assert sent.url == pile(cast)
    with pytest.raises(second_marks.OwnMark):
        again(cast, "1", by=cast.marker)


def test_nobody_marks_their_own_answer_a_second_time(cast):
    add_staff(cast.cohort, user=cast.participant, role="trainer", by=None)
    mark(cast)

    with pytest.raises(marking.OwnAnswer):
        again(cast, "1", by=cast.participant)


def test_only_what_is_in_the_sample_and_marked_once_takes_a_second_mark(cast):
    with pytest.raises(second_marks.NoSecondMark):
        again(cast, "1")
    mark(cast)
    again(cast, "1")
    with pytest.raises(second_marks.NoSecondMark):
        again(cast, "0")


@pytest.mark.parametrize("score", ["-1", "1.01", "0.005"])
def test_a_second_mark_keeps_within_what_there_is_to_earn(cast, score):
    """QZ-33"""
    mark(cast)

    with pytest.raises(marking.OutOfBounds):
        again(cast, score)


def test_who_did_not_see_the_first_mark_cannot_write_over_it(client, cast):
    """QZ-32: what was typed becomes a second mark instead."""
    first = mark(cast, score="0.37")
    client.force_login(cast.colleague)

    stale = post(client, cast, score="0.9", comment="Typed for long.")

    text = stale.content.decode()
    assert "a second mark is wanted" in text
    assert "Typed for long." in text
    assert "0.37" not in text
    with pytest.raises(marking.SecondMarkWanted):
        mark(cast, score="0", by=cast.colleague, read=first.pk)
    assert mark(cast, score="0.5", read=first.pk).score == Decimal("0.5")


# Where they differ.


@pytest.mark.parametrize(("second", "is_apart"), [("0.9", False), ("0.89", True)])
def test_two_marks_differ_when_they_are_further_apart_than_the_quiz_allows(
    cast, second, is_apart
):
    mark(cast, score="1")

    assert again(cast, second).is_apart is is_apart


def test_until_it_is_settled_the_first_mark_counts_then_what_was_settled(client, cast):
    """QZ-34: what is settled is the newest score, of a kind of its own."""
    mark(cast, score="1")
    again(cast, "0")
    before = scores()
    client.force_login(cast.trainer)
    page = client.get(address(cast, name="settle_marks")).content.decode()

    newest = cast.answers[0].scores.last()
    sent = post(client, cast, name="settle_marks", score="0,6", read=newest.pk)

    cast.attempt.refresh_from_db()
    assert before == [1]
    assert cast.marker.username in page
    assert cast.colleague.username in page
    assert sent.url == pile(cast)
    assert cast.attempt.score == Decimal("0.6")
    assert list(ResponseScore.objects.values_list("kind", flat=True)) == [
        "manual",
        "moderation",
    ]
    assert not Response.objects.to_settle().exists()


def test_a_marker_settles_nothing_and_is_shown_nothing_to_settle(client, cast):
    mark(cast, score="1")
    again(cast, "0")
    client.force_login(cast.marker)

    shown = client.get(address(cast, name="settle_marks"))
    sent = post(client, cast, name="settle_marks")

    assert (shown.status_code, sent.status_code) == (404, 404)
    assert list(client.get(pile(cast)).context["to_settle"]) == []


def test_what_agrees_is_not_for_anybody_to_settle(cast):
    mark(cast)
    again(cast, "1")

    with pytest.raises(second_marks.NothingToSettle):
        settle(cast, "0")


def test_what_is_settled_no_marker_changes(cast):
    """QZ-34"""
    mark(cast, score="1")
    again(cast, "0")
    settled = settle(cast, "0.5")

    with pytest.raises(marking.Settled):
        mark(cast, score="1", comment="No.", read=settled.pk)
    assert settle(cast, "0.5") == settled
    assert settle(cast, "0.7").score == Decimal("0.7")


def test_settling_over_what_was_settled_meanwhile_keeps_what_was_typed(client, cast):
    """QZ-32"""
    first = mark(cast, score="1")
    again(cast, "0")
    settle(cast, "0.5", by=cast.coordinator)
    client.force_login(cast.trainer)

    stale = post(
        client, cast, name="settle_marks", score="0.7", comment="Mine.", read=first.pk
    )

    assert "Mine." in stale.content.decode()
    assert scores() == [1, Decimal("0.5")]


def test_how_far_two_markers_agree_is_said_with_how_many_answers(client, cast):
    for score, place in (("1", 1), ("0.95", 2), ("0.2", 3)):
        if place > 1:
            one_more(cast)
        mark(cast, place, score="1")
        again(cast, score, place=place)
    client.force_login(cast.trainer)

    page = client.get(pile(cast))

    assert page.context["agreement"] == {"total": 3, "same": 1, "near": 2}
    assert "Answers marked twice: 3. The same mark: 1." in page.content.decode()


def test_what_waits_is_counted_for_those_who_do_it(cast):
    def told(who):
        found = waiting(getattr(cast, who), cast.cohort)
        return {panel.key: tasks[0].count for panel, tasks in found}

    mark(cast, score="1")
    before = told("marker")["second_marks"]
    again(cast, "0")

    assert before == 1
    assert told("trainer")["settling"] == 1
    assert not {"settling", "second_marks"} & told("marker").keys()
