"""Questions as staff write them, and what answers come to, without a database."""

from decimal import Decimal

import pytest

from lms.survey_figures import mean_of, results
from lms.survey_questions import Unclear, as_lines, defaults, read_lines

ENGLISH = "scale: Useful?\nchoice: Pace? | Slow | Right\ntext: What else?"
RUSSIAN = "scale: Полезно?\nchoice: Темп? | Медленно | Верно\ntext: Что ещё?"


def test_lines_in_each_language_make_one_set_of_questions():
    found = read_lines({"en": ENGLISH, "ru": RUSSIAN})

    assert [question["kind"] for question in found] == ["scale", "choice", "text"]
    assert found[1] == {
        "key": "q2-choice",
        "kind": "choice",
        "texts": {"en": "Pace?", "ru": "Темп?"},
        "options": {"en": ["Slow", "Right"], "ru": ["Медленно", "Верно"]},
    }


@pytest.mark.parametrize("is_later", [False, True])
def test_what_is_written_out_is_read_back(is_later):
    questions = defaults(is_later=is_later)
    written = {code: as_lines(questions, code) for code in ("en", "ru", "tg")}

    assert read_lines(written, before=questions) == questions


def test_a_question_that_keeps_its_place_and_kind_keeps_its_key():
    before = read_lines({"en": ENGLISH})
    before[0]["key"] = "useful"

    found = read_lines({"en": "scale: Of use?\ntext: Pace?"}, before=before)

    assert [question["key"] for question in found] == ["useful", "q2-text"]


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ("", "at least one question"),
        ("Useful?", "does not begin with"),
        ("mark: Useful?", "does not begin with"),
        ("scale:", "has no question"),
        ("scale: " + "x" * 241, "very long"),
        ("choice: Pace?", "two to eight choices"),
        ("choice: Pace? | Slow | ", "an empty choice"),
        ("text: Why? | Because", "only a choice"),
        ("text: Why?\n" * 13, "At most 12"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_the_line(lines, says):
    with pytest.raises(Unclear, match=says) as refusal:
        read_lines({"en": ENGLISH, "ru": lines})

    assert refusal.value.language == "ru"


def test_a_language_that_asks_something_else_is_refused():
    with pytest.raises(Unclear, match="asks other questions") as refusal:
        read_lines({"en": ENGLISH, "ru": "text: Что ещё?"})

    assert refusal.value.language == "ru"


@pytest.mark.parametrize(
    ("marks", "mean"), [([], None), ([4, 5], "4.5"), ([1, 1, 2], "1.3")]
)
def test_a_mean_is_cut_to_a_tenth(marks, mean):
    assert mean_of(marks) == (None if mean is None else Decimal(mean))


def test_words_stand_in_another_order_under_each_question():
    """RP-04: lines of one person cannot be found by their place."""
    questions = read_lines({"en": "text: One?\ntext: Two?"})
    answers = [
        (f"name-{n}", {question["key"]: str(n) for question in questions})
        for n in range(20)
    ]

    one, two = results(questions, answers, "en")

    assert sorted(one.texts) == sorted(two.texts)
    assert one.texts != two.texts
    assert one.texts != [str(n) for n in range(20)]
