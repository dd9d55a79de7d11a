"""Moodle XML: kept with its pictures, refused where it would reach outside."""

import base64
import io
import xml.etree.ElementTree as ET
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from courses.exchange import moodle_xml
from courses.exchange.drafts import (
    Choice,
    Gap,
    NotThisFormat,
    Pair,
    Picture,
    QuestionDraft,
)

from .drafts import drafts, number, same

WHOLE = Fraction(1)


def quiz(*questions):
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n{"".join(questions)}</quiz>'
    )


def question(kind, inside="", text="Where?", form="html"):
    return (
        f'<question type="{kind}"><name><text>n</text></name><questiontext format='
        f'"{form}"><text><![CDATA[{text}]]></text></questiontext>{inside}</question>\n'
    )


def answer(text, fraction="100", feedback="", form="html"):
    return (
        f'<answer fraction="{fraction}" format="{form}"><text>{text}</text>'
        f"<feedback><text>{feedback}</text></feedback></answer>"
    )


def one(*questions):
    reading = moodle_xml.read(quiz(*questions))
    assert reading.refusals == ()
    (draft,) = reading.drafts
    return draft


def refused(*questions):
    reading = moodle_xml.read(quiz(*questions))
    assert reading.drafts == ()
    (refusal,) = reading.refusals
    return refusal


def png(size=(2, 2)):
    file = io.BytesIO()
    Image.new("RGBA", size, (10, 20, 30, 255)).save(file, "PNG")
    return file.getvalue()


def pictured(data, name="a b.png"):
    encoded = base64.b64encode(data).decode()
    return (
        '<question type="essay"><questiontext format="html"><text><![CDATA[<p>See '
        '<img src="@@PLUGINFILE@@/a%20b.png" alt="A map"></p>]]></text>'
        f'<file name="{name}" path="/" encoding="base64">{encoded}</file>'
        "</questiontext></question>"
    )


def test_each_kind_is_read():
    two = answer("A", feedback="Yes.") + answer("B", "0")

    assert one(question("multichoice", two)).choices == (
        Choice("A", WHOLE, "Yes."),
        Choice("B"),
    )
    truth = one(
        question("truefalse", answer("true", "0", "No.") + answer("false", "100"))
    )
    assert (truth.is_true, truth.if_wrong) == (False, "No.")
    assert one(question("shortanswer", answer("A &lt; B"))).choices[0].text == "A < B"
    near = '<answer fraction="100"><text>11</text><tolerance>0.5</tolerance></answer>'
    unit = "<units><unit><multiplier>1</multiplier><unit_name>km</unit_name></unit>"
    numeric = one(question("numerical", f"{near}{unit}</units>"))
    assert (list(numeric.numbers), numeric.unit) == ([number("11", "0.5")], "km")
    assert one(question("essay")).kind == "open"
    assert one(question("description")).kind == "description"


def test_pairs_and_orders_are_read():
    sides = [("A", "1"), ("", "2"), ("B", "3")]
    pairs = "".join(
        f"<subquestion><text>{left}</text><answer><text>{right}</text></answer>"
        "</subquestion>"
        for left, right in sides
    )

    assert one(question("matching", pairs)).pairs == tuple(
        Pair(left, right) for left, right in sides
    )
    order = answer("Second", "2") + answer("First", "1")
    assert [c.text for c in one(question("ordering", order)).choices] == [
        "First",
        "Second",
    ]


def test_gaps_are_read_in_both_of_moodles_ways():
    text = "In {1:SHORTANSWER:=Khujand~%50%Hujand#nearly} or {2:MC:~here~=there}."
    cloze = one(question("cloze", text=text))

    assert cloze.stem == "<p>In [[1]] or [[2]].</p>"
    assert cloze.gaps == (
        Gap(
            (Choice("Khujand", WHOLE), Choice("Hujand", Fraction(1, 2), "nearly")),
            is_typed=True,
        ),
        Gap((Choice("here"), Choice("there", WHOLE))),
    )
    boxes = "".join(
        f"<dragbox><text>{text}</text><group>{group}</group></dragbox>"
        for text, group in [("a", 1), ("b", 2), ("c", 1)]
    )
    dragged = one(question("ddwtos", boxes, text="[[3]] then [[2]]"))
    assert dragged.stem == "<p>[[1]] then [[2]]</p>"
    assert dragged.gaps == (
        Gap((Choice("a"), Choice("c", WHOLE))),
        Gap((Choice("b", WHOLE),)),
    )


def test_categories_tags_and_lines_are_kept():
    shelf = (
        '<question type="category"><category><text>$course$/top/Law/Means</text>'
        "</category></question>\n"
    )
    tags = "<tags><tag><text>law</text></tag></tags>"

    draft = one(shelf, question("essay", tags))

    assert (draft.category, draft.tags, draft.line) == ("Law/Means", ("law",), 4)


def test_a_picture_is_drawn_anew_and_kept_where_it_stood():
    draft = one(pictured(png() + b"<script>"))

    (picture,) = draft.pictures
    assert draft.stem == f'<p>See <img src="{picture.name}" alt="A map"/></p>'
    assert picture.data.startswith(b"\x89PNG")
    assert b"<script>" not in picture.data


def test_pictures_come_back_as_they_were_written():
    draft = one(pictured(png()))

    written = moodle_xml.write([draft])

    assert moodle_xml.read(written.content).drafts[0].pictures == draft.pictures


@pytest.mark.parametrize(
    "data",
    [b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"<html></html>", b"", png()[:40]],
)
def test_what_is_no_picture_is_refused(data):
    """QZ-58"""
    assert "cannot be read" in refused(pictured(data)).reason


def test_a_picture_of_another_place_is_left_out_with_a_warning():
    text = 'Look <img src="http://192.0.2.1/x.png" onerror="x()">'

    draft = one(question("essay", text=text))

    assert draft.stem == "<p>Look</p>"
    assert "is not in the file" in draft.warnings[0]


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        (question("calculated"), "Moodle calls “calculated”"),
        (question("multichoice", answer("A")), "at least two"),
        (question("multichoice", answer("A", "0") * 2), "No choice is marked"),
        (question("multichoice", answer("A", "many") * 2), "not between"),
        (question("truefalse", answer("yes")), "true and false"),
        (question("numerical", answer("*")), "no right number"),
        (question("numerical", answer("x")), "is not a number"),
        (question("matching"), "at least two pairs"),
        (question("ordering"), "at least two things"),
        (question("cloze"), "no gap in the text"),
        (question("cloze", text="{1:NUMERICAL:=5}"), "cannot be taken over"),
        (question("cloze", text="{1:SA:~a}"), "has no right answer"),
        (question("ddwtos", text="[[1]]"), "do not agree"),
        (question("essay", text=""), "no text of a question"),
        (
            question("multichoice", answer("&lt;img src='x'&gt;") * 2),
            "holds a picture",
        ),
    ],
)
def test_what_cannot_be_taken_is_refused_with_its_line(written, reason):
    refusal = refused(written)

    assert reason in refusal.reason
    assert refusal.line == 3


BOMB = '<!DOCTYPE q [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><quiz>&b;</quiz>'
OUTSIDE = '<!DOCTYPE q [<!ENTITY a SYSTEM "file:///etc/passwd">]><quiz>&a;</quiz>'


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (BOMB, "not followed"),
        (OUTSIDE, "not followed"),
        ('<!DOCTYPE quiz SYSTEM "http://192.0.2.1/a.dtd"><quiz/>', "not followed"),
        ("<quiz>\n<question>", "from line 2 on"),
        ("<quiz>&nbsp;</quiz>", "from line 1 on"),
        ("<html></html>", "no file of Moodle questions"),
        ("<quiz>" * 40, "nested too deeply"),
        ("<?xml version='1.0' encoding='none-such'?><quiz/>", "is broken"),
        ("", "cannot be read from line 1 on"),
    ],
)
def test_a_file_that_is_not_whole_or_reaches_outside_is_refused(text, reason):
    with pytest.raises(NotThisFormat, match=reason):
        moodle_xml.read(text.encode())


def test_an_alphabet_that_the_file_names_is_read():
    text = quiz(question("essay", text="Где?")).replace("UTF-8", "windows-1251")

    assert moodle_xml.read(text.encode("cp1251")).drafts[0].stem == "<p>Где?</p>"


@given(st.lists(drafts(name=st.just("Named")), min_size=1, max_size=4))
@settings(max_examples=80, deadline=None)
def test_what_is_written_is_read_as_the_same(questions):
    reading = moodle_xml.read(moodle_xml.write(questions).content)

    assert reading.refusals == ()
    assert [same(d) for d in reading.drafts] == [same(d) for d in questions]


def test_gaps_and_orders_are_written_as_moodle_has_them():
    gaps = QuestionDraft(
        "gaps",
        "<p>In [[1]] and [[2]].</p>",
        name="g",
        gaps=(
            Gap((Choice("a~b", WHOLE, "x#y"), Choice("c\\d", Fraction(1, 2))), True),
            Gap((Choice("e}f"), Choice("=g", WHOLE))),
        ),
    )
    order = QuestionDraft(
        "ordering", "<p>Order.</p>", name="o", choices=(Choice("a"), Choice("b"))
    )

    written = moodle_xml.write([gaps, order])

    assert moodle_xml.read(written.content).drafts == (gaps, order)


def test_what_is_written_has_the_elements_that_moodle_asks_for():
    """Read by a stranger to our code, after Moodle's published structure."""
    shares = {"A": 50, "B": 50, "C": -50}
    answers = "".join(answer(text, str(share)) for text, share in shares.items())
    draft = one(question("multichoice", answers))

    tree = ET.fromstring(moodle_xml.write([draft]).content)  # noqa: S314 - ours

    (written,) = tree.findall("question")
    assert written.get("type") == "multichoice"
    assert written.findtext("name/text") == "n"
    assert written.find("questiontext").get("format") == "html"
    assert written.findtext("single") == "false"
    answers = written.findall("answer")
    assert {a.findtext("text"): float(a.get("fraction")) for a in answers} == shares


def test_the_name_of_a_picture_says_nothing_of_its_answer():
    """QZ-08: no picture is called by what it shows."""
    draft = one(pictured(png(), "a b.png"))

    assert isinstance(draft.pictures[0], Picture)
    assert draft.pictures[0].name.removesuffix(".png").isalnum()
