"""Aiken: lettered choices and the letter of the right one."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courses.exchange import aiken
from courses.exchange.drafts import Choice

from .drafts import drafts

FILE = """Where to talk?
A. In a safe place
B) In the corridor
ANSWER: A

Which are elements
of the crime?
a. Act
b. Border
c. Purpose
answer: A, C
"""


def test_questions_are_read_with_their_lines():
    reading = aiken.read(FILE)

    assert [(d.line, d.kind, d.stem) for d in reading.drafts] == [
        (1, "single", "<p>Where to talk?</p>"),
        (6, "multiple", "<p>Which are elements<br/>of the crime?</p>"),
    ]
    assert reading.drafts[0].choices == (
        Choice("In a safe place", Fraction(1)),
        Choice("In the corridor"),
    )
    assert [d.warnings for d in reading.drafts] == [(), ()]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Where?\nA. Here\nB. There\n", "no line “ANSWER:”"),
        ("Where?\nA. Here\nB. There\nANSWER: C", "letter of no choice"),
        ("Where?\nA. Here\nA. There\nANSWER: A", "the same letter"),
        ("Where?\nA. Here\nANSWER: A", "at least two"),
        ("ANSWER: A", "no text of a question"),
    ],
)
def test_what_cannot_be_read_is_refused(text, reason):
    (refusal,) = aiken.read(f"\n{text}").refusals

    assert reason in refusal.reason
    assert refusal.line == 2


def test_a_question_without_its_answer_does_not_swallow_the_next():
    reading = aiken.read(f"Who?\nA. You\nB. Me\n\n{FILE}")

    assert [r.line for r in reading.refusals] == [1]
    assert len(reading.drafts) == 2


@given(st.lists(drafts("single"), min_size=1, max_size=4))
@settings(max_examples=40, deadline=None)
def test_what_is_written_is_read_as_the_same(questions):
    written = aiken.write(questions)
    places = {refusal.line for refusal in written.left_out}
    kept = [d for place, d in enumerate(questions, 1) if place not in places]

    reading = aiken.read(written.content)

    assert reading.refusals == ()
    assert [(d.stem, [c.text for c in d.choices]) for d in reading.drafts] == [
        (d.stem, [c.text for c in d.choices]) for d in kept
    ]


def test_what_aiken_has_no_words_for_is_named():
    multiple = aiken.read(FILE).drafts[1]

    assert "one right choice only" in aiken.write([multiple]).left_out[0].reason
