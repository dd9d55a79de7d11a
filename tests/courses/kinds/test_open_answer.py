"""Free text that a person marks, without a database."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from django.template.loader import get_template, render_to_string

from courses.kinds import NotAnAnswer, TooLong, every_kind, mark_by_levels
from tests.courses.kinds.authored import Asked, make, part_id, parts


def criterion(name, *percents):
    """A criterion with a level for each of these percents."""
    levels = [
        {"type": "item", "value": {"points": one, "words": f"SECRET {one}"}, "id": one}
        for one in percents
    ]
    return "criterion", {"name": f"SECRET {name}", "levels": levels}, name


def question(*criteria):
    asked = criteria or [criterion("a", "0", "50"), criterion("b", "20", "50")]
    return make("open_answer", parts=parts(*asked))


A, B = part_id("a"), part_id("b")


def by_levels(levels, marks="3"):
    return mark_by_levels(Asked(question()).key, levels, Decimal(marks))


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


@pytest.mark.parametrize("kind", every_kind(), ids=lambda kind: kind.key)
def test_no_kind_takes_a_file_or_shows_an_answer_as_markup(kind):
    """QZ-58."""
    names = kind.sheet_template, kind.review_template, kind.marking_template
    sources = [get_template(name).template.source for name in names if name]

    for source in sources:
        assert 'type="file"' not in source
        assert not re.search(r"\|\s*(safe|richtext|urlize)|autoescape off", source)


@pytest.mark.parametrize("page", ["sheet", "review", "marking"])
def test_typed_markup_is_shown_as_text(page):
    """QZ-58."""
    asked = Asked(question())
    item = {"asked": asked.review("<b>bold</b>", shows_right=True), "place": 1}

    template = getattr(asked.kind, f"{page}_template")

    assert "&lt;b&gt;bold&lt;/b&gt;" in render_to_string(template, {"item": item})


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
    first, _second = asked.review("a", shows_right=True).criteria
    assert (first.name, first.levels[1].points) == ("SECRET a", "50")


def test_the_levels_reached_are_shown_with_the_criteria_only():
    """QZ-08."""
    asked = Asked(question())
    posed = replace(asked.posed(["a"]), levels={A: 1, B: 0})

    hidden = asked.kind.reviewed(posed, shows_right=False)
    shown = asked.kind.reviewed(posed, shows_right=True)

    assert hidden.criteria == []
    assert [[level.is_reached for level in one.levels] for one in shown.criteria] == [
        [False, True],
        [True, False],
    ]


def test_it_can_do_without_criteria():
    asked = Asked(make("open_answer"))

    assert make("open_answer").gaps() == {}
    assert mark_by_levels(asked.key, {}, Decimal(3)) is None
    assert asked.kind.criteria(asked.posed()) == []


def test_levels_add_up_to_a_share_of_the_marks():
    assert by_levels({A: 0, B: 0}) == Decimal("0.6")
    assert by_levels({A: 1, B: 0}) == Decimal("2.1")
    assert by_levels({A: 1, B: 1}) == 3


@pytest.mark.parametrize("levels", [{}, {A: 1}, {A: 1, B: 2}, {A: -1, B: 1}])
def test_anything_but_one_level_of_each_criterion_is_refused(levels):
    with pytest.raises(NotAnAnswer):
        by_levels(levels)


def test_the_best_levels_come_to_everything_there_is_to_earn():
    """QZ-22: what an earlier version let through earns no more than all."""
    thirds = [criterion(name, "0", "33.33") for name in "abc"]
    too_much = question(criterion("a", "100"), criterion("b", "50"))
    key = Asked(too_much).key

    assert question().gaps() == question(*thirds).gaps() == {}
    assert "150 percent" in str(too_much.gaps()["parts"])
    assert "Write the levels" in str(question(criterion("a")).gaps()["parts"])
    assert mark_by_levels(key, {A: 0, B: 0}, Decimal(3)) == 3


def test_a_level_that_a_translation_lacks_keeps_its_points():
    asked = Asked(question(criterion("a", "0", "100")))
    asked.body["criteria"][A]["levels"].pop()

    [one] = asked.kind.criteria(asked.posed())

    assert [(level.points, level.words) for level in one.levels] == [
        ("0", "SECRET 0"),
        ("100", ""),
    ]
