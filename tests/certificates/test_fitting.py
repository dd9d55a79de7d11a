"""CE-29: a name never leaves its box."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates import glyphs
from certificates.fitting import SMALLEST, Box, Setting, fit

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
