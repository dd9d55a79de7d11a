"""What one marker begins, another does not do again (QZ-32)."""

from datetime import datetime, timedelta

import pytest

from lms.actions import claims, marking
from lms.models import MarkingClaim

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

NOW = datetime.fromisoformat("2026-10-12T09:00+05:00")


@pytest.fixture(scope="module")
def cast_once(once, at_once):
    """Two answers to one question, and two markers."""
    at_once(NOW)
    cast = make_marked_cast(make_open_question())
    one_more(cast)
    cast.colleague = colleague(cast)
    return cast


def held():
    return {claim.response_id: claim.by for claim in MarkingClaim.objects.all()}


def test_the_next_one_is_the_markers_for_a_quarter_of_an_hour(client, cast):
    """QZ-32"""
    client.force_login(cast.marker)

    taken = client.post(address(cast, name="mark_next"))

    claim = MarkingClaim.objects.get()
    assert taken.url == address(cast)
    assert (claim.response, claim.by) == (cast.answers[0], cast.marker)
    assert claim.ends_at == NOW + timedelta(minutes=15)
    assert "It is yours until" in client.get(address(cast)).content.decode()


def test_the_second_marker_sees_whose_it_is_and_gets_another(client, cast):
    """QZ-32"""
    claims.claim(cast.answers[0], by=cast.marker)
    client.force_login(cast.colleague)

    shown = client.get(address(cast)).content.decode()
    listed = client.get(pile(cast)).content.decode()
    taken = client.post(address(cast, name="mark_next"))

    assert f"{cast.marker.username} is marking this answer, until" in shown
    assert "<textarea" not in shown
    assert f"{cast.marker.username} has it until" in listed
    assert taken.url == address(cast, 2)


def test_an_answer_in_other_hands_is_not_taken_away(client, cast):
    """QZ-32"""
    claims.claim(cast.answers[0], by=cast.marker)
    client.force_login(cast.colleague)

    answer = client.post(address(cast, name="claim_answer"), follow=True)

    assert "is marking this answer" in answer.content.decode()
    assert held() == {cast.answers[0].pk: cast.marker}


def test_a_claim_runs_out_by_itself_and_the_work_is_saved_all_the_same(
    client, cast, at
):
    """QZ-32: unless somebody has marked the answer meanwhile."""
    for answer in cast.answers:
        claims.claim(answer, by=cast.marker)
    at(NOW + timedelta(minutes=15))
    for answer in cast.answers:
        claims.claim(answer, by=cast.colleague)
    mark(cast, 2, score="0.5", by=cast.colleague)
    client.force_login(cast.marker)

    saved = post(client, cast, 1, score="0.25")
    late = post(client, cast, 2, score="0.75", comment="Typed for long.")

    assert saved.status_code == 302
    assert "marked meanwhile" in late.content.decode()
    assert "Typed for long." in late.content.decode()
    assert [str(score) for score in scores()] == ["0.50", "0.25"]


def test_what_is_given_back_is_free_at_once(client, cast):
    """QZ-32"""
    claims.claim(cast.answers[0], by=cast.marker)
    client.force_login(cast.marker)

    client.post(address(cast, name="give_back_answer"))

    assert held() == {}


def test_nobody_gives_back_what_another_holds(client, cast):
    claims.claim(cast.answers[0], by=cast.marker)
    client.force_login(cast.colleague)

    client.post(address(cast, name="give_back_answer"))

    assert held() == {cast.answers[0].pk: cast.marker}


def test_saving_ends_the_claim_and_takes_the_next_answer(client, cast):
    """QZ-32"""
    claims.claim(cast.answers[0], by=cast.marker)
    client.force_login(cast.marker)

    saved = post(client, cast)

    assert saved.url == address(cast, 2)
    assert held() == {cast.answers[1].pk: cast.marker}


def test_looking_takes_nothing(client, cast):
    client.force_login(cast.marker)

    client.get(address(cast))
    client.get(pile(cast))
    gets = [
        client.get(address(cast, name=name)) for name in ("mark_next", "claim_answer")
    ]

    assert held() == {}
    assert {one.status_code for one in gets} == {405}


def test_with_everything_in_other_hands_the_list_says_so(client, cast):
    """QZ-32"""
    for answer in cast.answers:
        claims.claim(answer, by=cast.marker)
    client.force_login(cast.colleague)

    told = client.post(address(cast, name="mark_next"), follow=True)

    assert "in the hands of others" in told.content.decode()


def test_nobody_takes_their_own_answer(cast):
    with pytest.raises(marking.OwnAnswer):
        claims.claim(cast.answers[0], by=cast.participant)

    waiting = type(cast.answers[0]).objects.by_hand()
    assert claims.claim_next(waiting, by=cast.participant).response == cast.answers[1]
