"""What somebody thinks, without a database."""

import pytest

from courses.kinds import NotAnAnswer
from tests.courses.kinds.authored import Asked, make, parts


def question(steps=5):
    scale = {"low": "not at all", "high": "fully", "steps": steps}
    return make("scale", parts=parts(("scale", scale, "a")))


def test_it_is_never_scored_and_says_so():
    asked = Asked(question())

    assert not asked.kind.is_scored
    assert asked.earned("5") == 0
    assert "no right or wrong" in str(asked.sheet().help)


def test_its_steps_keep_their_order_and_say_what_the_ends_mean():
    choices = Asked(question()).sheet("4").choices

    assert [str(one.text) for one in choices] == [
        "1, not at all",
        "2",
        "3",
        "4",
        "5, fully",
    ]
    assert [one.id for one in choices if one.is_chosen] == ["4"]


@pytest.mark.parametrize("values", [["0"], ["6"], ["1", "2"], ["x"]])
def test_a_step_that_is_not_there_is_refused(values):
    """QZ-21."""
    with pytest.raises(NotAnAnswer):
        Asked(question()).read(*values)


def test_a_review_judges_nothing():
    choices = Asked(question()).review("2", shows_right=True).choices

    assert {one.is_right for one in choices} == {None}


def test_two_scales_or_none_are_a_gap():
    assert "one scale" in str(make("scale").gaps()["parts"])
    assert question().gaps() == {}
    assert question(2).shared_ids() != question().shared_ids()
