"""One text and several questions about it, without a database."""

import pytest

from courses.kinds import NotAnAnswer
from tests.courses.kinds.authored import Asked, make, part_id, parts


def choice(name, text, is_correct=False):
    value = {"text": text, "is_correct": is_correct}
    return {"type": "item", "value": value, "id": part_id(name)}


def question(**fields):
    first = [choice("a1", "Yes", True), choice("a2", "No")]
    second = [choice("b1", "Yes"), choice("b2", "No", True), choice("b3", "Perhaps")]
    return make(
        "case_set",
        parts=parts(
            ("case", "Zebo is promised work abroad."),
            ("asked", {"question": "Is there an act?", "choices": first}, "a"),
            ("asked", {"question": "Is there a means?", "choices": second}, "b"),
        ),
        **fields,
    )


A, B = part_id("a"), part_id("b")


def solution(asked):
    return [f"{one}:{right[0]}" for one, right in asked.key["correct"].items()]


def test_each_right_answer_earns_its_share_or_all_or_nothing():
    """QZ-23, QZ-24: "Yes" to one question is not "Yes" to another."""
    asked, whole = Asked(question()), Asked(question(is_all_or_nothing=True))
    right = solution(asked)

    assert [asked.earned(*right[:n]) for n in range(3)] == [0, 6, 12]
    assert [whole.earned(*right[:n]) for n in range(3)] == [0, 0, 12]


def test_each_question_offers_its_own_choices_and_remembers():
    """QZ-08."""
    asked = Asked(question())
    chosen = solution(asked)[0]

    sheet = asked.sheet(chosen)

    assert sheet.before == "Zebo is promised work abroad."
    assert [len(row.options) for row in sheet.rows] == [2, 3]
    assert [row.is_right for row in sheet.rows] == [None, None]
    assert asked.again(chosen) == asked.read(chosen)


def test_a_choice_of_another_question_is_refused():
    """QZ-21."""
    asked = Asked(question())
    right = asked.key["correct"][A][0]

    for values in ([f"{B}:{right}"], [f"{A}:x"], ["x:y"], [f"{A}:{right}"] * 2):
        with pytest.raises(NotAnAnswer):
            asked.read(*values)


def test_the_review_says_what_was_right_when_released():
    """QZ-08."""
    asked = Asked(question())
    given = solution(asked)[0]

    before = asked.review(given, shows_right=False).rows
    after = asked.review(given, shows_right=True).rows

    assert [(row.is_right, row.right) for row in before] == [(True, ""), (None, "")]
    assert [(row.is_right, row.right) for row in after] == [
        (True, "Yes"),
        (False, "No"),
    ]


def test_what_is_missing_is_said():
    only = make("case_set", parts=parts(("case", "What happens.")))
    none_right = {"question": "?", "choices": [choice("x", "Yes"), choice("y", "No")]}
    unmarked = make("case_set", parts=parts(("case", "?"), ("asked", none_right, "a")))

    assert "what happens" in str(make("case_set").gaps()["parts"])
    assert "one question" in str(only.gaps()["parts"])
    assert "one marked right" in str(unmarked.gaps()["parts"])
    assert question().gaps() == {}
