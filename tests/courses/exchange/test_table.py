"""Questions as a table, in three languages, with any separator."""

import io
from fractions import Fraction

import openpyxl
import pytest

from courses.exchange import table
from courses.exchange.drafts import Choice, NotThisFormat

from .drafts import number

HEADINGS = "Question;Type;A;B;C;Right;Tolerance;Explanation;Category;Name;Language\n"


def one(line, headings=HEADINGS):
    reading = table.read(headings + line)
    assert reading.refusals == ()
    (draft,) = reading.drafts
    return draft


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Where?;;Here;There;;A", "single"),
        ("Which?;;Act;Border;Purpose;A, C", "multiple"),
        ("It is so.;;;;;true", "true_false"),
        ("How many?;;;;;11;0,5", "numeric"),
        ("Which word?;;;;;one|another", "short_answer"),
        ("Write.", "open"),
        ("How many?;short answer;;;;11", "short_answer"),
        ("Чаро?;ҷавоби муфассал", "open"),
        ("Почему?;Развернутый ответ", "open"),
    ],
)
def test_the_kind_is_what_the_line_holds(line, kind):
    assert one(line).kind == kind


def test_a_whole_line_is_read():
    draft = one("Where?;;Here;There;;B;;Because.;Law/Means;where;en")

    assert draft.choices == (Choice("Here"), Choice("There", Fraction(1)))
    assert (draft.explanation, draft.category) == ("Because.", "Law/Means")
    assert (draft.name, draft.language, draft.line) == ("where", "en", 2)


@pytest.mark.parametrize("right", ["B", "2", "There", "there", "б"])
def test_the_right_choice_is_named_by_letter_place_or_words(right):
    draft = one(f"Where?;;Here;There;;{right}")

    assert [choice.share for choice in draft.choices] == [0, 1]


def test_headings_of_the_three_languages_are_known():
    russian = one("Где?;Тут;Там;2", "Вопрос;Вариант 1;Вариант 2;Правильный ответ\n")
    tajik = one("Оё рост аст?;ҳа", "Савол;Ҷавоби дуруст\n")

    assert [c.text for c in russian.choices] == ["Тут", "Там"]
    assert tajik.is_true is True


def test_numbers_have_their_tolerance():
    assert list(one("How many?;;;;;11;0,5").numbers) == [number("11", "0.5")]


def test_a_workbook_is_read_and_formulas_are_words():
    book = openpyxl.Workbook()
    book.active.append(["A list"])
    book.active.append(["Question", "Right"])
    book.active.append(["How many?", 11])
    book.active.append(["=1+1", "x"])
    file = io.BytesIO()
    book.save(file)

    reading = table.read(file.getvalue())

    assert [(d.line, d.kind, d.stem) for d in reading.drafts] == [
        (3, "numeric", "<p>How many?</p>"),
        (4, "short_answer", "<p>=1+1</p>"),
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Where?;;Here;There;;D", "none of the choices"),
        ("Where?;;Here;There", "No choice is marked as right"),
        ("Where?;riddle;;;;x", "no kind of question"),
        ("Where?;number;;;;x", "is not a number"),
        ("Where?;true/false;;;;x", "neither true nor false"),
        ("Where?;short answer", "No accepted answer"),
        (";;Here;There;;A", "no text of a question"),
    ],
)
def test_a_line_that_cannot_be_taken_is_refused(line, reason):
    (refusal,) = table.read(HEADINGS + line).refusals

    assert reason in refusal.reason
    assert refusal.line == 2


@pytest.mark.parametrize("text", ["Name;Phone\nA;1", 'Question;Right\n"a', "x"])
def test_a_table_of_something_else_is_refused(text):
    with pytest.raises(NotThisFormat):
        table.read(text)
