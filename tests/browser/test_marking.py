"""Marking with the keyboard alone, with the page's script and without it."""

import pytest

from lms.models import ResponseScore

from . import open_answers
from .places import place


@pytest.mark.parametrize(
    ("scripts", "keys", "levels"),
    [
        (True, ["2", "1", "Enter"], [1, 0]),
        (False, ["ArrowDown", "Tab", "ArrowDown", "Enter"], [1, 1]),
    ],
)
def test_levels_are_chosen_and_saved_with_the_keyboard(visit, scripts, keys, levels):
    response = open_answers.to_mark()
    page = visit("trainer", scripts=scripts).open(place("mark answer", "en"))

    page.locator("fieldset input").first.focus()
    for key in keys:
        page.keyboard.press(key)
    print(
        page.locator("main").inner_text()[:1500],
        [page.locator("input").nth(i).is_checked() for i in range(4, 6)],
    )
    page.get_by_text("The mark is saved.").wait_for()

    score = ResponseScore.objects.latest("pk")
    assert [score.levels[one] for one in response.version.key["criteria"]] == levels
