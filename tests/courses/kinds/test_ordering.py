"""Steps in their order, without a database."""

import pytest

from courses.kinds import NotAnAnswer
from tests.courses.kinds.authored import Asked, make, part_id, parts


def question(**fields):
    steps = parts(*[("step", name.upper(), name) for name in "abcd"])
    return make("ordering", parts=steps, **fields)


A, B, C, D = map(part_id, "abcd")


def placed(letters):
    """Values of the form for "bacd", a space being a step without a place."""
    return [f"{part_id(one)}:{n}" for n, one in enumerate(letters, 1) if one != " "]


@pytest.mark.parametrize(
    ("letters", "pairs", "whole"),
    [
        ("abcd", 12, 12),
        ("dabc", 8, 0),
        ("abdc", 4, 0),
        ("dcba", 0, 0),
        ("ab", 4, 0),
        ("a cd", 4, 0),
        ("a", 0, 0),
    ],
)
def test_right_neighbours_earn_a_share_or_the_whole_order_all(letters, pairs, whole):
    """QZ-24."""
    values = placed(letters)

    assert Asked(question()).earned(*values) == pairs
    assert Asked(question(is_all_or_nothing=True)).earned(*values) == whole


def test_one_place_for_two_steps_is_kept_and_earns_nothing():
    """QZ-24: nobody earns more by giving places twice."""
    asked = Asked(question())
    values = [f"{A}:1", f"{B}:2", f"{C}:2", f"{D}:3"]

    assert asked.again(*values) == {"places": {A: 1, B: 2, C: 2, D: 3}}
    assert asked.earned(*values) == 0


def test_the_steps_are_always_mixed_and_never_in_the_right_order():
    """QZ-08."""
    steps = question()
    orders = [Asked(steps, seed).order for seed in range(200)]

    assert [A, B, C, D] not in orders
    assert len({tuple(order) for order in orders}) > 20


def test_the_participant_is_told_how_it_is_marked():
    """QZ-24."""
    assert "earns its share" in str(Asked(question()).sheet().help)
    assert "only when all" in str(Asked(question(is_all_or_nothing=True)).sheet().help)


@pytest.mark.parametrize(
    "values", [[f"{A}:0"], [f"{A}:5"], ["x:1"], [A], [f"{A}:1", f"{A}:2"], [f"{A}:١"]]
)
def test_a_forged_place_is_refused(values):
    """QZ-21."""
    with pytest.raises(NotAnAnswer):
        Asked(question()).read(*values)


def test_the_sheet_remembers_the_places_given():
    steps = Asked(question()).sheet(*placed("ba")).steps

    given = {s.text: [o.text for o in s.places if o.is_chosen] for s in steps}
    assert given == {"A": ["2"], "B": ["1"], "C": [], "D": []}


def test_the_review_shows_the_right_order_when_released():
    """QZ-08."""
    asked = Asked(question())

    before = asked.review(*placed("bacd"), shows_right=False)
    after = asked.review(*placed("bacd"), shows_right=True)

    assert [(s.text, s.is_right) for s in before.steps] == [
        ("B", False),
        ("A", False),
        ("C", True),
        ("D", True),
    ]
    assert before.right is None
    assert after.right == ["A", "B", "C", "D"]


def test_a_review_of_the_whole_order_looks_at_places():
    review = Asked(question(is_all_or_nothing=True)).review(
        *placed("dbca"), shows_right=False
    )

    judged = [(step.text, step.is_right) for step in review.steps]
    assert judged == [("D", False), ("B", True), ("C", True), ("A", False)]


def test_two_steps_are_too_few():
    few = make("ordering", parts=parts(("step", "A"), ("step", "B")))

    assert "three steps" in str(few.gaps()["parts"])
    assert question().gaps() == {}
