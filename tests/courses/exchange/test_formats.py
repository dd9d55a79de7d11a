"""Which format a file has, and what any broken file is answered with."""

import random
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from moodle_xml_parser import parser as moodle_parser
from pygiftparser import parser

from courses.exchange import formats, gift, moodle_writing, moodle_xml
from courses.exchange.drafts import NotThisFormat

from .test_aiken import FILE as AIKEN
from .test_moodle_xml import answer, question, quiz

SAMPLE = (Path(__file__).parents[2] / "data" / "bank-sample.gift").read_text()
XML = quiz(
    question("multichoice", answer("A") + answer("B", "0")),
    question("cloze", text="In {1:SA:=Khujand~%50%Hujand#nearly}."),
    question("numerical", answer("11")),
)
TABLE = "Question;A;B;Right\nWhere?;Here;There;B\nHow many?;;;11\n"
FILES = {"gift": SAMPLE, "moodle_xml": XML, "table": TABLE, "aiken": AIKEN}
MARKS = "{}~=#:\\%[]<>&;\"'/!-$\n\t\r \x00\ufeff₽ӣ0A"


@pytest.mark.parametrize(("key", "text"), FILES.items())
def test_a_format_is_told_by_what_the_file_holds(key, text):
    found, reading = formats.read(text.encode())

    assert found.key == key
    assert reading.drafts
    assert formats.read(text)[1] == reading


@pytest.mark.parametrize(
    "text", ["", " \n", "Hello.", "a;b\n1;2", "\x00\x01", "%PDF-1.7"]
)
def test_what_is_no_file_of_questions_is_refused_in_a_sentence(text):
    with pytest.raises(NotThisFormat, match=r"\w"):
        formats.read(text.encode())


def broken(text: str, chance: random.Random) -> str:
    """A file as a tired editor, a bad line or a stranger leaves it."""
    for _time in range(chance.randint(1, 8)):
        at = chance.randrange(len(text) + 1)
        until = at + chance.choice([0, 0, 1, 3, 40, 400])
        put = chance.choice(["", *MARKS]) * chance.choice([1, 1, 1, 2, 30])
        text = text[:at] + put + text[until:]
    return text


def refusal_of(read, data) -> str:
    """Why the whole is refused; "" when it was read."""
    try:
        read(data)
    except NotThisFormat as reason:
        return str(reason) or "nothing was said"
    return ""


def answered(data, read=lambda data: formats.read(data)[1]) -> None:
    """Questions or sentences, within a second; nothing else may come out."""
    started = time.process_time()
    readings = []
    said = refusal_of(lambda data: readings.append(read(data)), data)
    assert time.process_time() - started < 1
    assert said != "nothing was said"
    for reading in readings:
        assert all(refusal.reason for refusal in reading.refusals)
        assert all(draft.stem for draft in reading.drafts)


@pytest.mark.parametrize("key", FILES)
def test_a_broken_file_is_answered_in_sentences(key):
    chance = random.Random(key)  # noqa: S311 - not a secret

    for _time in range(40):
        answered(broken(FILES[key], chance).encode("utf-8", "replace"))


@given(st.one_of(st.binary(max_size=300), st.text(MARKS, max_size=300)))
@settings(max_examples=100, deadline=None)
def test_anything_at_all_is_answered_in_sentences(data):
    answered(data)


@pytest.mark.slow
def test_ten_thousand_broken_files_are_answered_in_sentences():
    chance = random.Random(2026)  # noqa: S311 - not a secret
    readers = [(one.read, FILES[one.key]) for one in formats.FORMATS]

    for number in range(10_000):
        read, text = readers[number % len(readers)]
        answered(broken(text, chance).encode("utf-8", "replace"), read)


N = 20_000
HOSTILE = {
    "braces": "{" * N,
    "choices": "A {" + "~" * N + "}",
    "lines": "A {\n\n" * N,
    "comments": "[html]A " + "<!--" * 4_900 + "{T}",
    "open tags": "[html]A " + "<b " * 6_000 + "{T}",
    "paragraphs": "[html]" + "<p>a" * 4_900 + "{T}",
    "emphasis": "[markdown]" + "*_[" * 6_000 + "{T}",
    "labels": "// " + "[tag:" * N,
    "arrows": "A {=" + "->" * N + "}",
    "digits": "A {#" + "1" * N + "}",
    "gaps": quiz(question("cloze", text="{1:SA:" * 3_000)),
    "elements": f"<quiz>{'<question/>' * N}</quiz>",
    "letters": "Q\n" + "A. x\n" * N + "ANSWER: A",
    "columns": "Question;Right\n" + ";" * N,
    "quotation marks": "Question;Right\n" + '"' * N,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_file_takes_longer_than_its_length(text):
    answered(text.encode())


def said(text: str) -> str:
    for letter in "~=#{}:":
        text = text.replace(f"\\{letter}", letter)
    return text.strip()


def test_another_reader_finds_the_same_questions_and_right_answers(tmp_path):
    drafts = gift.read(SAMPLE).drafts
    file = tmp_path / "ours.gift"
    file.write_text(gift.write(drafts).content)

    with file.open() as lines:
        theirs = parser.parseFile(lines)

    # This reader ends the name of a category at its first space.
    assert [(q.title, q.cat) for q in theirs] == [
        (d.name, d.category.partition(" ")[0]) for d in drafts
    ]
    for question_, draft in zip(theirs, drafts, strict=True):
        assert question_.valid
        assert right_of(question_) == expected(draft), draft.name


def test_another_reader_of_moodle_xml_finds_the_same_right_answers():
    """It knows questions with choices and texts with gaps."""
    drafts = [*gift.read(SAMPLE).drafts, *moodle_xml.read(XML).drafts]

    theirs = moodle_parser.parse_string(moodle_writing.write(drafts).content)

    chosen = [draft for draft in drafts if draft.kind in ("single", "multiple")]
    assert [
        (one.single, [(o.answer, o.score_fraction) for o in one.options])
        for one in theirs["multichoice"]
    ] == [(draft.kind == "single", shares_of(draft.choices)) for draft in chosen]
    [cloze], [gaps] = theirs["cloze"], [d for d in drafts if d.kind == "gaps"]
    assert [
        [(option.answer, option.score) for option in gap.options] for gap in cloze.gaps
    ] == [shares_of(gap.answers) for gap in gaps.gaps]


def shares_of(choices):
    return [
        (choice.text, pytest.approx(float(choice.share * 100), abs=0.001))
        for choice in choices
    ]


def right_of(theirs):
    answers = theirs.answers
    kind = type(answers).__name__
    if kind == "TrueFalseSet":
        return answers.answer
    if kind == "NumericAnswerSet":
        return [(a.value, a.tolerance) for a in answers.answers]
    if kind == "MatchingSet":
        return [(said(a.question), said(a.answer)) for a in answers.answers]
    if kind == "Essay":
        return None
    return [said(a.answer) for a in answers.answers if a.fraction > 0]


def expected(draft):
    if draft.kind == "true_false":
        return draft.is_true
    if draft.kind == "numeric":
        return [(float(n.value), float(n.tolerance)) for n in draft.numbers]
    if draft.kind == "matching":
        return [(pair.left, pair.right) for pair in draft.pairs]
    if draft.kind == "open":
        return None
    return [choice.text for choice in draft.choices if choice.share > 0]
