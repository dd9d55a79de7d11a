"""Free text that a person marks, without a database."""

import pytest

from courses.kinds import NotAnAnswer, TooLong
from tests.courses.kinds.authored import Asked, make, parts


def question():
    level = {"points": "50", "words": "SECRET: names two."}
    levels = [{"type": "item", "value": level, "id": "1"}]
    return make(
        "open_answer",
        parts=parts(("criterion", {"name": "SECRET", "levels": levels}, "a")),
    )


def test_a_person_marks_it_and_nothing_earns_nothing():
    """QZ-31."""
    assert Asked(question()).earned("Because.") is None
    assert Asked(question()).earned(" \n ") == 0


def test_what_nobody_types_is_taken_out_on_save_and_on_display():
    """QZ-58: markup stays text; what is invisible or turns the writing goes."""
    asked = Asked(question())
    stored = asked.read(" <b>a</b>\r\n\tb\x00\x1b\u202e c\u200d\ud800 ")

    assert stored == {"text": "<b>a</b>\n\tb c\u200d"}
    assert asked.kind.written({"text": "a\x00\u202eb"}) == ["ab"]


def test_two_megabytes_are_refused_with_their_limit():
    with pytest.raises(TooLong) as refused:
        Asked(question()).read("я" * 2_000_000)

    assert refused.value.most == 20_000
    assert Asked(question()).read("я" * 20_000)


def test_two_texts_are_refused():
    """QZ-21."""
    with pytest.raises(NotAnAnswer):
        Asked(question()).read("a", "b")


def test_the_criteria_are_shown_only_when_released():
    """QZ-08."""
    asked = Asked(question())

    assert "SECRET" not in repr(asked.sheet("a"))
    assert "SECRET" not in repr(asked.review("a", shows_right=False))
    [criterion] = asked.review("a", shows_right=True).criteria
    assert (criterion.name, criterion.levels[0].points) == ("SECRET", "50")


def test_it_can_do_without_criteria():
    assert make("open_answer").gaps() == {}
    assert question().gaps() == {}
