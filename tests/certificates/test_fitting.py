"""CE-29: a name never leaves its box."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.paper import glyphs
from certificates.paper.fitting import SMALLEST, Box, Setting, fit, wrap, wrap_parts

BOX = Box(across=600, largest=40, one_line=27)


def test_a_short_name_stands_on_one_line_in_the_largest_letters():
    assert fit("Ли", BOX) == Setting(["Ли"], 40)


def test_a_long_name_shrinks_before_it_breaks():
    lines, size = fit("Раҳимова Зебунисо Қодировна Бонувон", BOX)

    assert len(lines) == 1
    assert 27 <= size < 40


def test_a_name_of_sixty_letters_stands_on_two_lines():
    """CE-29"""
    name = "Мирзоҷалолиддинзода Абдураҳмонҷон Муҳаммадшарифович-Тӯраевхоҷа"

    assert fit(name, BOX) == Setting(
        ["Мирзоҷалолиддинзода Абдураҳмонҷон", "Муҳаммадшарифович-Тӯраевхоҷа"], 27
    )


@given(st.lists(st.text("Жшщmwiлӯ", min_size=1, max_size=15), min_size=1, max_size=8))
def test_every_line_fits_as_long_as_letters_can_be_read(words):
    """CE-29"""
    lines, size = fit(" ".join(words), BOX)

    assert " ".join(lines) == " ".join(words)
    assert len(lines) <= 2
    if size > SMALLEST:
        assert max(map(glyphs.width, lines)) * size <= BOX.across


@pytest.mark.parametrize("name", ["", "   "])
def test_no_name_is_an_empty_line(name):
    assert fit(name, BOX) == Setting([""], 40)


def test_a_word_nobody_could_read_on_one_line_breaks_in_its_middle():
    """CE-29"""
    lines, size = fit("Ж" * 120, BOX)

    assert lines == ["Ж" * 60, "Ж" * 60]
    assert glyphs.width(lines[0]) * size <= BOX.across


@given(st.lists(st.text("Жшщmwiлӯ", min_size=1, max_size=15), max_size=30))
def test_wrapped_lines_keep_every_word_and_stay_inside_the_box(words):
    lines = wrap(" ".join(words), 300, 10)

    assert " ".join(lines) == " ".join(words)
    for line in lines:
        assert glyphs.width(line) * 10 <= 300 or " " not in line


def test_lines_are_as_even_as_they_can_be():
    assert wrap("one two three four", glyphs.width("one two three") * 10, 10) == [
        "one two",
        "three four",
    ]


def test_parts_stay_whole_and_no_dot_begins_or_ends_a_line():
    parts = ["20 hours", "12 October 2026", "Khujand"]

    assert wrap_parts(parts, " · ", 150, 10) == [
        "20 hours · 12 October 2026",
        "Khujand",
    ]
    assert wrap_parts(parts, " · ", 50, 10) == wrap(" · ".join(parts), 50, 10)
