"""Several right choices, without a database."""

import pytest

from tests.courses.kinds.authored import Asked, make, part_id, parts


def question(**fields):
    choices = parts(
        ("choice", {"text": "A", "is_correct": True, "feedback": "Yes."}, "a"),
        ("choice", {"text": "B", "is_correct": True, "feedback": ""}, "b"),
        ("choice", {"text": "A", "is_correct": False, "feedback": ""}, "c"),
        ("choice", {"text": "All", "is_correct": False, "is_pinned": True}, "d"),
    )
    return make("multiple", choices=choices, **fields)


A, B, C, D = map(part_id, "abcd")


@pytest.mark.parametrize(
    ("chosen", "proportional", "whole"),
    [
        ([A, B], 12, 12),
        ([A], 6, 0),
        ([A, C], 0, 0),
        ([A, B, C], 6, 0),
        ([A, B, C, D], 0, 0),
    ],
)
def test_it_earns_its_share_or_all_or_nothing(chosen, proportional, whole):
    """QZ-24: right minus wrong, floor 0; all or nothing where the author says so."""
    assert Asked(question()).earned(*chosen) == proportional
    assert Asked(question(is_all_or_nothing=True)).earned(*chosen) == whole


def test_the_participant_is_told_how_it_is_marked():
    """QZ-24."""
    shares, whole = question(), question(is_all_or_nothing=True)

    assert "takes back" in str(Asked(shares).sheet().help)
    assert "only if all of them" in str(Asked(whole).sheet().help)


def test_what_is_pinned_stays_last_however_the_others_are_mixed():
    """QZ-26."""
    orders = {tuple(Asked(question(), seed).order) for seed in range(50)}

    assert {order[-1] for order in orders} == {D}
    assert len(orders) == 6


def test_a_key_from_before_is_the_same_key():
    key = Asked(make("multiple", choices=parts(("choice", {"text": "A"}, "a")))).key

    assert key == {"kind": "multiple", "correct": [], "tolerance": "0", "options": [A]}


def test_the_sheet_shows_the_stored_order_and_nothing_of_right_and_wrong():
    """QZ-08, QZ-27."""
    asked = Asked(question())

    choices = asked.sheet(B).choices

    assert [one.id for one in choices] == asked.order
    assert [one.id for one in choices if one.is_chosen] == [B]
    assert {(one.is_right, one.feedback) for one in choices} == {(None, "")}


def test_a_review_judges_ones_own_choices_and_the_others_when_released():
    asked = Asked(question())

    before = {
        one.id: one.is_right for one in asked.review(A, shows_right=False).choices
    }
    after = {one.id: one.is_right for one in asked.review(A, shows_right=True).choices}

    assert before == {A: True, B: None, C: None, D: None}
    assert after == {A: True, B: True, C: False, D: False}
