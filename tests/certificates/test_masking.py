"""CE-12: strangers see initials, people who know the holder see the name."""

import pytest

from certificates.checking.masking import knows, masked


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Раҳимова Зебунисо Қодировна", "Р… З… Қ…"),
        ("  Lee ", "L…"),
        ("محمد کریمی", "م… ک…"),
        ("И\u0306усуф", "Й…"),
        ("", ""),
    ],
)
def test_a_name_is_masked_to_the_first_letter_of_each_word(name, shown):
    """CE-12"""
    assert masked(name) == shown


@pytest.mark.parametrize("typed", ["раҳимова", " РАХИМОВА ", "Rahimova"])
def test_the_family_name_opens_the_name_in_either_script(typed):
    """CE-12"""
    assert knows(typed, "Раҳимова Зебунисо", "Rahimova Zebuniso")


@pytest.mark.parametrize("typed", ["", " ", "Р", "Рахим", "Петрова", "…"])
def test_an_initial_a_part_and_another_name_open_nothing(typed):
    """CE-12"""
    assert not knows(typed, "Раҳимова Зебунисо Р", "")
