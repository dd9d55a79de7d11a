"""A text with gaps, without a database."""

from decimal import Decimal

import pytest

from courses.kinds import NotAnAnswer, TooLong, mark
from tests.courses.kinds.authored import Asked, listed, make, part_id, parts


def gap(name, accepted, others=()):
    value = {"accepted": listed(*accepted), "others": listed(*others)}
    return ("gap", value, name)


def question(**fields):
    return make(
        "fill_gaps",
        parts=parts(
            ("text", "The act, the "),
            gap("a", ["means", "the means"]),
            ("text", " and the "),
            gap("b", ["purpose"], others=["border", "price"]),
        ),
        **fields,
    )


A, B = map(part_id, "ab")


def option(asked, text):
    return next(one for one, words in asked.body["options"].items() if words == text)


def test_each_gap_earns_its_share_or_all_or_nothing():
    """QZ-24."""
    asked, whole = Asked(question()), Asked(question(is_all_or_nothing=True))
    right, wrong = option(asked, "purpose"), option(asked, "border")

    assert asked.earned(A, " The MEANS", B, right) == 12
    assert asked.earned(A, "means", B, wrong) == 6
    assert asked.earned(A, "", B, right) == 6
    assert whole.earned(A, "means", B, wrong) == 0
    assert whole.earned(B, right, A, "means") == 12


@pytest.mark.parametrize("typed", ["not means", "mean", "means the", "не means"])
def test_a_gap_forgives_neither_negation_nor_other_words(typed):
    """QZ-25."""
    assert Asked(question()).earned(A, typed) == 0


def test_a_wording_of_any_language_counts_in_its_own_gap():
    """QZ-51."""
    key = Asked(question()).key
    accepted = {"en": {A: ["means"]}, "ru": {A: ["средство"], B: ["цель"]}}

    def earned(text):
        return mark(key, {"gaps": {A: text}}, Decimal(2), accepted)

    assert (earned("Средство"), earned("цель")) == (1, 0)


def test_the_sheet_shows_text_and_gaps_in_the_order_of_the_language():
    """QZ-08: a typed gap names nothing, a list says not which one is right."""
    asked = Asked(question())

    pieces = asked.sheet(A, "mine", B, "").pieces

    assert [piece.text or piece.number for piece in pieces] == [
        "The act, the ",
        1,
        " and the ",
        2,
    ]
    assert (pieces[1].given, pieces[1].options) == ("mine", [])
    assert {one.text for one in pieces[3].options} == {"purpose", "border", "price"}
    assert "means" not in repr(pieces)


def test_an_empty_form_is_no_answer_and_a_filled_one_comes_back():
    asked = Asked(question())

    assert asked.read(A, "", B, " ") is None
    assert not asked.kind.is_answered([A, "", B, ""])
    assert asked.kind.is_answered([A, "x", B, ""])
    assert asked.again(A, " x ", B, "") == {"gaps": {A: "x"}}


@pytest.mark.parametrize(
    "values", [[A], [A, "x", A, "y"], ["no", "x"], [B, "purpose"], [A, "\x00"]]
)
def test_a_forged_gap_is_refused(values):
    """QZ-21."""
    with pytest.raises(NotAnAnswer):
        Asked(question()).read(*values)


def test_a_text_too_long_for_its_gap_is_refused():
    with pytest.raises(TooLong):
        Asked(question()).read(A, "x" * 501)


def test_the_review_says_what_is_right_when_released():
    """QZ-08."""
    asked = Asked(question())
    given = [A, "deceit", B, option(asked, "purpose")]

    before = [p for p in asked.review(*given, shows_right=False).pieces if p.number]
    after = [p for p in asked.review(*given, shows_right=True).pieces if p.number]

    assert [(p.given, p.is_right, p.right) for p in before] == [
        ("deceit", False, ""),
        ("purpose", True, ""),
    ]
    assert [p.right for p in after] == ["means, the means", ""]


def test_a_gap_without_anything_right_is_missing_something():
    empty = make("fill_gaps", parts=parts(gap("a", [])))

    assert "one gap" in str(make("fill_gaps").gaps()["parts"])
    assert "each gap" in str(empty.gaps()["parts"])
    assert question().gaps() == {}
