"""Questions on paper, without a database: printed, keyed and typed in."""

import json
from decimal import Decimal

import pytest

from courses.kinds import every_kind
from lms.on_paper import Unreadable, printed, read_cell, right_answer
from tests.courses.kinds import (
    test_case_set,
    test_fill_gaps,
    test_hotspot,
    test_matching,
    test_open_answer,
    test_ordering,
    test_scale,
)
from tests.courses.kinds.authored import Asked, make


def choices(*marks):
    blocks = [
        {"type": "choice", "id": str(n), "value": {"text": f"No. {n}", **mark}}
        for n, mark in enumerate(marks)
    ]
    defaults = {"is_pinned": False, "feedback": ""}
    for block in blocks:
        block["value"] = defaults | block["value"]
    return json.dumps(blocks)


RIGHT, WRONG = {"is_correct": True}, {"is_correct": False}
QUESTIONS = {
    "single": lambda: make("single", choices=choices(WRONG, RIGHT, WRONG)),
    "multiple": lambda: make("multiple", choices=choices(RIGHT, WRONG, RIGHT, WRONG)),
    "true_false": lambda: make("true_false", is_true=False),
    "numeric": lambda: make("numeric", number=Decimal("4.5"), tolerance=Decimal(0)),
    "short_answer": lambda: make(
        "short_answer", accepted=json.dumps([{"type": "answer", "value": "The means"}])
    ),
    "matching": test_matching.question,
    "ordering": test_ordering.question,
    "fill_gaps": test_fill_gaps.question,
    "case_set": test_case_set.question,
    "hotspot": test_hotspot.question,
    "open_answer": test_open_answer.question,
    "scale": test_scale.question,
}
MARKED_BY_THE_KEY = sorted(set(QUESTIONS) - {"open_answer", "scale"})


def on_paper(name, seed=1):
    asked = Asked(QUESTIONS[name](), seed)
    return asked, printed(asked.kind, asked.posed())


def test_every_kind_of_question_can_stand_on_paper():
    assert set(QUESTIONS) == {kind.key for kind in every_kind()}


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("name", MARKED_BY_THE_KEY)
def test_what_the_key_says_earns_all_when_it_is_typed_in(name, seed):
    """QZ-53: by the letters of the very variant, whatever its order."""
    asked, question = on_paper(name, seed)
    key = right_answer(asked.kind, asked.posed())
    typed = "means; " + key[-1] if name == "fill_gaps" else key

    values = read_cell(question, typed)

    assert asked.earned(*values) == 12


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_an_empty_cell_and_a_dash_are_no_answer(name):
    asked, question = on_paper(name)

    for typed in ("", "  ", "-", "—", "- -"):
        assert asked.read(*read_cell(question, typed)) is None


@pytest.mark.parametrize("name", MARKED_BY_THE_KEY)
def test_an_answer_is_shown_as_it_was_typed(name):
    asked, question = on_paper(name)
    key = right_answer(asked.kind, asked.posed())
    typed = "means; " + key[-1] if name == "fill_gaps" else key

    again = asked.again(*read_cell(question, typed))
    values = asked.kind.written(again)

    assert printed(asked.kind, asked.posed(values)).typed == typed


@pytest.mark.parametrize(
    ("name", "typed", "same"),
    [
        ("single", " b ", "B"),
        ("single", "В", "B"),
        ("multiple", "в, а", "AB"),
        ("multiple", "A B", "AB"),
        ("multiple", "ABA", "AB"),
        ("matching", "c, a b", "CAB"),
        ("matching", "А-С", "A-C"),
        ("ordering", "4 3 2 1", "4321"),
        ("case_set", "A/–", "A-"),
        ("hotspot", "2.", "2"),
    ],
)
def test_letters_are_read_however_they_are_typed(name, typed, same):
    _asked, question = on_paper(name)

    assert sorted(read_cell(question, typed)) == sorted(read_cell(question, same))


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("single", "AB", "Write one of A, B, C, or a dash for none."),
        ("single", "Ж", "Write one of A, B, C, or a dash for none."),
        ("multiple", "AX", "Write one or more of A, B, C, D, or a dash for none."),
        ("matching", "AB", "Write 3 letters one after the other, a dash for none."),
        ("matching", "AB9", "Write one of A, B, C, D, or a dash for none."),
        ("ordering", "123", "Write 4 numbers one after the other, a dash for none."),
        (
            "fill_gaps",
            "x",
            "Write 2 answers with a semicolon between, a dash for none.",
        ),
        ("scale", "9", "Write one of 1, 2, 3, 4, 5, or a dash for none."),
        ("case_set", "CA", "Write one of A, B, or a dash for none."),
    ],
)
def test_what_cannot_be_read_is_answered_by_what_can(name, typed, sentence):
    _asked, question = on_paper(name)

    with pytest.raises(Unreadable) as refusal:
        read_cell(question, typed)

    assert str(refusal.value) == sentence


def test_words_are_taken_as_they_are():
    _asked, question = on_paper("open_answer")

    assert read_cell(question, " Because; it - was. ") == ["Because; it - was."]


def test_choices_that_all_parts_share_are_printed_once():
    _asked, matching = on_paper("matching")
    _asked, case = on_paper("case_set")

    assert [sign.sign for sign in matching.shared] == ["A", "B", "C", "D"]
    assert case.shared == ()


def test_nothing_on_paper_says_what_is_right():
    """QZ-08."""
    for name in QUESTIONS:
        _asked, question = on_paper(name)
        assert "correct" not in repr(question)
        assert question.typed == ""
