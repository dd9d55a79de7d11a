"""What belongs to what, without a database."""

import json
import re

import pytest

from courses.kinds import NotAnAnswer
from tests.courses.kinds.authored import Asked, make, part_id, parts


def question(right=("act", "means", "purpose"), **fields):
    blocks = parts(
        ("pair", {"left": "Recruitment", "right": right[0]}, "a"),
        ("pair", {"left": "Deception", "right": right[1]}, "b"),
        ("pair", {"left": "Forced labour", "right": right[2]}, "c"),
        ("distractor", "border", "d"),
    )
    return make("matching", parts=blocks, **fields)


A, B, C = map(part_id, "abc")


def solution(asked):
    return [f"{left}:{right}" for left, right in asked.key["correct"].items()]


def test_each_right_pair_earns_its_share_or_all_or_nothing():
    """QZ-24."""
    asked, whole = Asked(question()), Asked(question(is_all_or_nothing=True))
    right = solution(asked)

    assert [asked.earned(*right[:n]) for n in range(4)] == [0, 4, 8, 12]
    assert [whole.earned(*right[:n]) for n in range(4)] == [0, 0, 0, 12]


def test_two_left_sides_may_belong_to_the_same():
    """QZ-23: the same words are one side, with one id."""
    asked = Asked(question(right=("means", "means", "purpose")))

    assert len(asked.key["options"]) == 3
    assert asked.earned(*solution(asked)) == 12


def test_the_sheet_offers_every_right_side_to_each_left_one_and_remembers():
    asked = Asked(question())
    chosen = solution(asked)[1]

    rows = asked.sheet(chosen, "").rows

    assert [row.text for row in rows] == ["Recruitment", "Deception", "Forced labour"]
    assert {len(row.options) for row in rows} == {4}
    picked = [one.value for row in rows for one in row.options if one.is_chosen]
    assert picked == [chosen]
    assert asked.again(chosen) == asked.read(chosen)


def test_no_id_of_the_sheet_tells_what_belongs_to_what():
    """QZ-08: ids of right sides are neither those of pairs nor in their order."""
    orders = {tuple(Asked(question(), seed).order) for seed in range(99)}
    sheet = repr(Asked(question()).sheet())

    assert len(orders) > 12
    for row in Asked(question()).sheet().rows:
        assert all(re.fullmatch(r"[0-9a-f]{16}", o.value[37:]) for o in row.options)
    assert part_id("d") not in sheet


def test_a_translation_has_the_same_ids():
    russian = question(right=("деяние", "средство", "цель"))

    assert russian.shared_ids() == question().shared_ids()
    assert Asked(russian).key == Asked(question()).key


@pytest.mark.parametrize(
    "values",
    [[f"{A}:no"], ["no:no"], [A], [":"], [f"{A}:", f"{A}:"], ["\x00"]],
)
def test_a_forged_pair_is_refused(values):
    """QZ-21."""
    with pytest.raises(NotAnAnswer):
        Asked(question()).read(*values)


def test_one_left_side_with_two_right_ones_is_refused():
    """QZ-21."""
    asked = Asked(question())
    twice = [f"{A}:{right}" for right in asked.order[:2]]

    with pytest.raises(NotAnAnswer):
        asked.read(*twice)


def test_the_review_holds_nothing_right_before_release():
    """QZ-08."""
    asked = Asked(question())
    right = solution(asked)

    before = asked.review(right[0], shows_right=False).rows
    after = asked.review(right[0], shows_right=True).rows

    assert [(row.is_right, row.right) for row in before] == [
        (True, ""),
        (None, ""),
        (None, ""),
    ]
    assert [(row.is_right, row.right) for row in after] == [
        (True, "act"),
        (False, "means"),
        (False, "purpose"),
    ]


def test_what_is_missing_is_said():
    one = make("matching", parts=parts(("pair", {"left": "A", "right": "B"})))
    same = question(right=("act", "act", "act"))
    same.parts = json.loads(parts(*[("pair", {"left": n, "right": "B"}) for n in "xy"]))

    assert "two pairs" in str(one.gaps()["parts"])
    assert "different right sides" in str(same.gaps()["parts"])
    assert question().gaps() == {}
