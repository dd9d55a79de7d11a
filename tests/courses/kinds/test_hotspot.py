"""A place on a picture, without a database."""

import pytest

from courses.kinds import NotAnAnswer
from tests.courses.kinds.authored import Asked, make, part_id, parts

WHERE = {"left": 10, "top": 20, "width": 30, "height": 40}


def region(name, is_correct=False):
    value = WHERE | {"label": f"The {name}", "is_correct": is_correct}
    return ("region", value, name)


def question():
    return make("hotspot", parts=parts(region("door", True), region("window")))


DOOR, WINDOW = part_id("door"), part_id("window")


def test_the_right_place_earns_all_and_another_nothing():
    """QZ-23."""
    assert [Asked(question()).earned(one) for one in (DOOR, WINDOW)] == [12, 0]


def test_the_places_are_a_list_with_the_numbers_of_the_picture():
    """QZ-08: nothing says which place is right."""
    sheet = Asked(question()).sheet(WINDOW)

    assert [one.text for one in sheet.choices] == ["1. The door", "2. The window"]
    assert [(one.id, one.number) for one in sheet.spots] == [(DOOR, 1), (WINDOW, 2)]
    assert {one.is_right for one in sheet.choices} == {None}
    assert "correct" not in repr(sheet)


@pytest.mark.parametrize("values", [["x"], [DOOR, WINDOW], [DOOR, DOOR]])
def test_a_place_that_was_not_offered_is_refused(values):
    """QZ-21."""
    with pytest.raises(NotAnAnswer):
        Asked(question()).read(*values)


def test_the_review_judges_the_chosen_place_and_shows_the_right_one_when_released():
    """QZ-08."""
    asked = Asked(question())

    before = asked.review(WINDOW, shows_right=False).choices
    after = asked.review(WINDOW, shows_right=True).choices

    assert [one.is_right for one in before] == [None, False]
    assert [one.is_right for one in after] == [True, False]


def test_a_picture_is_needed():
    assert "one picture" in str(question().gaps()["parts"])
