"""What an answer earns, without a database."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.kinds import mark
from courses.marking import counted, normalise, read_number

FOUR = {"options": ["a", "b", "c", "d"]}
ONE = Decimal(1)


@pytest.mark.parametrize(
    ("chosen", "earned"), [(["a"], 1), (["b"], 0), ([], 0), (["a", "b"], 0)]
)
def test_a_single_choice_earns_all_or_nothing(chosen, earned):
    key = FOUR | {"kind": "single", "correct": ["a"]}

    assert mark(key, {"chosen": chosen}, ONE, {}) == earned


@pytest.mark.parametrize(
    ("chosen", "earned"),
    [
        (["a", "b"], "3.00"),
        (["a"], "1.50"),
        (["a", "c"], "0.00"),
        (["a", "b", "c"], "1.50"),
        (["c", "d"], "0.00"),
        (["a", "b", "c", "d"], "0.00"),
    ],
)
def test_several_choices_earn_right_minus_wrong_and_everything_ticked_nothing(
    chosen, earned
):
    """QZ-24."""
    key = FOUR | {"kind": "multiple", "correct": ["a", "b"]}

    assert mark(key, {"chosen": chosen}, Decimal(3), {}) == Decimal(earned)


@given(chosen=st.sets(st.sampled_from("abcd")))
def test_no_choice_ever_earns_below_zero_or_above_the_marks(chosen):
    key = FOUR | {"kind": "multiple", "correct": ["a", "b", "c"]}

    assert 0 <= mark(key, {"chosen": sorted(chosen)}, Decimal("2.5"), {}) <= 2.5


def test_a_choice_counts_by_its_id_whatever_its_text():
    """QZ-23: two options may read the same, a typo may be corrected."""
    key = {"kind": "single", "correct": ["id-2"], "options": ["id-1", "id-2"]}

    assert mark(key, {"chosen": ["id-2"]}, ONE, {}) == 1
    assert mark(key, {"chosen": ["id-1"]}, ONE, {}) == 0


@pytest.mark.parametrize(("said", "earned"), [(True, 0), (False, 1)])
def test_a_true_or_false_answer_is_compared(said, earned):
    key = {"kind": "true_false", "correct": False, "options": []}

    assert mark(key, {"is_true": said}, ONE, {}) == earned


@pytest.mark.parametrize(
    ("text", "earned"),
    [
        ("2,5", 1),
        ("2.5", 1),
        (" 2.60 ", 1),
        ("2.61", 0),
        ("٢٫٥", 1),
        ("۲.۵", 1),
        ("two", 0),
        ("1e1", 0),
        ("NaN", 0),
        ("", 0),
    ],
)
def test_a_number_counts_within_its_tolerance_with_comma_or_point(text, earned):
    key = {"kind": "numeric", "correct": "2.5", "tolerance": "0.1", "options": []}

    assert mark(key, {"text": text}, ONE, {}) == earned


def test_numbers_are_read_as_people_type_them():
    texts = ["1 200", "−3", "+4", ".5", "5.", "1,2,3", "9" * 40, "0x1"]

    assert [read_number(text) for text in texts] == [
        Decimal(1200),
        Decimal(-3),
        Decimal(4),
        Decimal("0.5"),
        Decimal(5),
        None,
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("typed", "wording"),
    [
        ("  Долговая   кабала ", "долговая кабала"),
        ("ещё", "еще"),
        ("ещ\u0435\u0308", "ЕЩЕ"),
        ("e\u0301te\u0301", "été"),
        ("o\u02bbzbek", "o'zbek"),
        ("o\u02bczbek", "o\u2019zbek"),
        ("модда ۱۳۰", "модда 130"),
        ("١٣٠", "130"),
    ],
)
def test_typed_answers_are_compared_without_what_changes_no_meaning(typed, wording):
    """QZ-25."""
    key = {"kind": "short_answer", "correct": [], "options": []}

    assert mark(key, {"text": typed}, ONE, {"ru": ["иное", wording]}) == 1


@pytest.mark.parametrize(
    "typed", ["не виновен", "кабала долговая", "not consent", "долговая кабал", ""]
)
def test_words_order_and_negation_are_never_forgiven(typed):
    """QZ-25."""
    key = {"kind": "short_answer", "correct": [], "options": []}
    accepted = {"ru": ["виновен", "долговая кабала"], "en": ["consent"]}

    assert mark(key, {"text": typed}, ONE, accepted) == 0


@given(text=st.text())
def test_normalising_twice_is_normalising_once(text):
    once = normalise(text)

    assert normalise(once) == once


def test_a_wording_of_any_language_counts():
    """QZ-51."""
    key = {"kind": "short_answer", "correct": [], "options": []}
    accepted = {"en": ["consent"], "tg": ["розигӣ"]}

    assert mark(key, {"text": "Розигӣ"}, ONE, accepted) == 1


def test_no_answer_earns_nothing():
    assert mark(FOUR | {"kind": "single", "correct": ["a"]}, None, ONE, {}) == 0


@pytest.mark.parametrize(
    ("grading", "share"),
    [
        ("highest", Fraction(3, 4)),
        ("first", Fraction(1, 2)),
        ("last", Fraction(1, 4)),
        ("average", Fraction(1, 2)),
    ],
)
def test_several_attempts_come_to_one_result(grading, share):
    """QZ-30."""
    shares = [Fraction(1, 2), Fraction(3, 4), Fraction(1, 4)]

    assert counted(grading, shares) == share
    assert counted(grading, []) is None
