"""CE-08: codes nobody can guess and everybody can type."""

import math
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates import codes

# Made without chance of its own, so that a failure can be repeated.
a_code = st.text(codes.ALPHABET, min_size=codes.RANDOM, max_size=codes.RANDOM).map(
    lambda body: body + codes._check(body)
)
LOOKS_LIKE = {
    "0": "OoОо",
    "1": "IlLi",
    "2": "Zz",
    "5": "Ss",
    "8": "Bв",
    "3": "З",
    "A": "Аа",
    "C": "Сс",
    "E": "Ее",
    "H": "Нн",
    "K": "Кк",
    "M": "Мм",
    "P": "Рр",
    "T": "Тт",
    "V": "Uu",
    "X": "Хх",
    "Y": "Уу",
}


def test_a_code_holds_at_least_eighty_bits():
    """CE-08"""
    assert codes.RANDOM * math.log2(len(codes.ALPHABET)) >= 80
    assert len({codes.make() for _ in range(1000)}) == 1000


def test_the_alphabet_has_no_two_characters_that_look_alike():
    """CE-08"""
    assert not set("OILSZBU") & set(codes.ALPHABET)


@given(a_code, st.data())
def test_look_alikes_case_dashes_and_spaces_read_as_the_same_code(code, data):
    """CE-08"""
    typed = "".join(
        data.draw(st.sampled_from(c + c.lower() + LOOKS_LIKE.get(c, "")))
        + data.draw(st.sampled_from(["", "-", " ", "–", "\u00a0"]))
        for c in code
    )

    assert codes.read(typed) == code


@given(a_code, st.integers(0, codes.LENGTH - 1), st.sampled_from(codes.ALPHABET))
def test_one_wrong_character_is_noticed(code, place, wrong):
    """CE-08"""
    typed = code[:place] + wrong + code[place + 1 :]

    if typed == code:
        assert codes.read(typed) == code
    else:
        with pytest.raises(codes.NotACode):
            codes.read(typed)


@given(a_code, st.integers(0, codes.LENGTH - 2))
def test_two_characters_that_changed_places_are_noticed(code, place):
    """CE-08"""
    typed = code[:place] + code[place + 1] + code[place] + code[place + 2 :]

    if typed != code:
        with pytest.raises(codes.NotACode):
            codes.read(typed)


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/ru/verify/{}/",
        "https://example.org/verify/{}",
        "example.org/ru/verify/{}/#name",
        "https://example.org/verify/{}?utm_source=mail&x=1",
        "https://example.org/en/verify/?code={}",
        "https://example.org/verify/{}.json",
        "https://example.org:8000/verify/{}/credential.json",
        "Code: {}",
    ],
)
def test_the_address_of_a_page_about_it_reads_as_its_code(address):
    """As a browser gives it."""
    code = codes.make()

    assert codes.read(address.format(codes.grouped(code))) == code


@pytest.mark.parametrize(
    ("typed", "is_one"),
    [
        ("UST-2026-000033", True),
        ("№ ust 2026 000033", True),
        ("УСТ–2026–000033.", True),
        ("A1-B-2026-1000033", True),
        ("UST-2026", False),
        ("2026-000033", False),
        ("K7M4QX-9RT2AC-0HDW3", False),
        ("K7M4QX-902124-012345", False),
        ("", False),
    ],
)
def test_a_number_is_known_by_its_shape(typed, is_one):
    assert codes.is_number(typed) is is_one


@given(st.text(max_size=80))
def test_whatever_is_typed_is_a_code_or_is_refused(text):
    with suppress(codes.NotACode):
        assert len(codes.read(text)) == codes.LENGTH


def test_a_code_is_printed_in_three_groups():
    assert codes.grouped("ABCDEF123456GHJKMN") == "ABCDEF-123456-GHJKMN"
