"""Marking with the keyboard alone, with the page's script and without it."""

import pytest

from lms.models import ResponseScore

from . import open_answers
from .places import place

WITH_SCRIPT = ["2", "1", "Enter"]
WITHOUT = ["ArrowDown", "Tab", "Space", "Enter"]


@pytest.mark.parametrize(("scripts", "keys"), [(True, WITH_SCRIPT), (False, WITHOUT)])
def test_levels_are_chosen_and_saved_with_the_keyboard(visit, scripts, keys):
    response = open_answers.to_mark()
    page = visit("trainer", scripts=scripts).open(place("mark answer", "en"))
    page.locator("fieldset input").first.focus()

    for key in keys:
        page.keyboard.press(key)
    page.get_by_text("The mark is saved.").wait_for()

    levels = ResponseScore.objects.latest("pk").levels
    assert [levels[one] for one in response.version.key["criteria"]] == [1, 0]
