"""Criteria as notes for graders, without a database."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.exchange import moodle_xml, rubrics
from courses.exchange.drafts import Criterion, QuestionDraft

MEANS = Criterion("Means", ((Decimal(0), "none"), (Decimal("39.5"), "100 %: <all>")))
DUTY = Criterion("Duty", ((Decimal("60.5"), "both"),))


def test_criteria_are_written_and_read_as_notes_for_graders():
    draft = QuestionDraft("open", "<p>Why?</p>", name="why", criteria=(MEANS, DUTY))

    written = moodle_xml.write([draft])

    assert "39.5 %: 100 %: &amp;lt;all&amp;gt;" in written.content
    assert moodle_xml.read(written.content).drafts == (draft,)


@pytest.mark.parametrize(
    "notes",
    [
        "Be kind.",
        "100 %: a level of nothing",
        "Means\n40 %: too little",
        "Means\n100 %: all\nA criterion without a level",
        f"{'x' * 201}\n100 %: all",
        f"Means\n100 %: {'x' * 501}",
        "Means\n" + "100 %: all\n" * 200,
    ],
)
def test_any_other_notes_are_left_out_with_a_word(notes):
    text = f"<graderinfo format='plain_text'><text>{notes}</text></graderinfo>"
    essay = f"""<quiz><question type="essay"><questiontext><text>Why?</text>
        </questiontext>{text}</question></quiz>"""

    [draft] = moodle_xml.read(essay).drafts

    assert draft.criteria == ()
    assert "notes for graders" in draft.warnings[0]


@given(st.text(alphabet="a1 %:,.\n", max_size=60))
def test_any_text_is_read_or_left(text):
    assert isinstance(rubrics.read(text), tuple)
