"""What a browser may send."""

import pytest

from courses.kinds import NotAnAnswer, check_answer, read_answer, written

SINGLE = {"kind": "single", "options": ["a", "b"]}
MULTIPLE = {"kind": "multiple", "options": ["a", "b", "c"]}
TRUE_FALSE = {"kind": "true_false", "options": []}
TEXT = {"kind": "short_answer", "options": []}


@pytest.mark.parametrize(
    ("key", "values", "answer"),
    [
        (SINGLE, ["a"], {"chosen": ["a"]}),
        (SINGLE, [], None),
        (SINGLE, [""], None),
        (MULTIPLE, ["c", "a"], {"chosen": ["a", "c"]}),
        (TRUE_FALSE, ["false"], {"is_true": False}),
        (TEXT, [" кабала "], {"text": "кабала"}),
        (TEXT, ["  "], None),
    ],
)
def test_fields_become_an_answer_and_back(key, values, answer):
    assert read_answer(key, values) == answer
    assert check_answer(key, answer) == answer


@pytest.mark.parametrize(
    ("key", "values"),
    [
        (SINGLE, ["a", "b"]),
        (SINGLE, ["z"]),
        (MULTIPLE, ["a", "z"]),
        (MULTIPLE, ["a", "a"]),
        (TRUE_FALSE, ["perhaps"]),
        (TRUE_FALSE, ["true", "false"]),
        (TEXT, ["x" * 501]),
        (TEXT, ["\x00"]),
        (TEXT, ["a", "b"]),
    ],
)
def test_what_no_page_sends_is_no_answer(key, values):
    """QZ-21."""
    with pytest.raises(NotAnAnswer):
        read_answer(key, values)


def test_an_answer_fills_its_fields_again():
    answers = [
        (SINGLE, None),
        (SINGLE, {"chosen": ["a"]}),
        (TRUE_FALSE, {"is_true": True}),
        (TEXT, {"text": "5"}),
    ]

    values = [written(key, answer) for key, answer in answers]

    assert values == [[], ["a"], ["true"], ["5"]]


def test_an_answer_to_another_kind_is_no_answer():
    """QZ-21."""
    with pytest.raises(NotAnAnswer):
        check_answer(SINGLE, {"text": "a"})
