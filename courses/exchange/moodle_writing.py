"""Questions as Moodle XML, element by element as Moodle exports them."""

import base64
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable
from fractions import Fraction
from html import escape

from django.utils.translation import gettext as _

from . import rubrics
from .cloze import written as written_gap
from .drafts import (
    WHOLE,
    Choice,
    QuestionDraft,
    Refusal,
    Writing,
    excerpt_of,
    percent_of,
)
from .markup import storable, to_text, with_pictures
from .numbers import plain

_TYPES = {
    "single": "multichoice",
    "multiple": "multichoice",
    "true_false": "truefalse",
    "numeric": "numerical",
    "short_answer": "shortanswer",
    "matching": "matching",
    "ordering": "ordering",
    "gaps": "cloze",
    "case_set": "cloze",
    "open": "essay",
    "description": "description",
}


LONGEST_IDNUMBER = 100


def write(drafts: Iterable[QuestionDraft]) -> Writing:
    """The file, and the questions that Moodle XML cannot hold."""
    quiz = ET.Element("quiz")
    left_out, category = [], ""
    for place, draft in enumerate(drafts, 1):
        if draft.kind not in _TYPES:
            excerpt = excerpt_of(to_text(draft.stem))
            left_out.append(Refusal(place, _why_not(draft.kind), excerpt))
            continue
        if draft.category != category:
            category = draft.category
            _category(quiz, category)
        _question(quiz, draft)
    ET.indent(quiz)
    text = ET.tostring(quiz, encoding="unicode")
    return Writing(f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n', tuple(left_out))


def _why_not(kind: str) -> str:
    if kind == "scale":
        return _("Moodle asks opinions in a feedback, not in a quiz.")
    if kind == "hotspot":
        return _("A place to point at cannot be carried over to Moodle.")
    return _("Moodle has no such kind of question.")


def _category(quiz: ET.Element, path: str) -> None:
    box = ET.SubElement(quiz, "question", type="category")
    _text(ET.SubElement(box, "category"), f"$course$/top/{path}".rstrip("/"))


def _question(quiz: ET.Element, draft: QuestionDraft) -> None:
    question = ET.SubElement(quiz, "question", type=_TYPES[draft.kind])
    name = draft.name or excerpt_of(to_text(draft.stem))
    _text(ET.SubElement(question, "name"), name)
    _stem(question, draft)
    _words(question, "generalfeedback", draft.explanation)
    _plain(question, "defaultgrade", "0" if draft.kind == "description" else "1")
    _plain(question, "penalty", "0")
    _plain(question, "hidden", "0")
    if 0 < len(draft.name) <= LONGEST_IDNUMBER:
        _plain(question, "idnumber", draft.name)
    if draft.kind in _WRITERS:
        _WRITERS[draft.kind](question, draft)
    if draft.tags:
        tags = ET.SubElement(question, "tags")
        for tag in draft.tags:
            _text(ET.SubElement(tags, "tag"), tag)


def _stem(question: ET.Element, draft: QuestionDraft) -> None:
    stored = {one.name: f"@@PLUGINFILE@@/{one.name}" for one in draft.pictures}
    stem = with_pictures(draft.stem, stored)
    for place, gap in enumerate(draft.gaps, 1):
        stem = stem.replace(f"[[{place}]]", written_gap(gap), 1)
    box = ET.SubElement(question, "questiontext", format="html")
    _text(box, stem)
    for one in draft.pictures:
        file = ET.SubElement(box, "file", name=one.name, path="/", encoding="base64")
        file.text = base64.b64encode(one.data).decode()


def _multichoice(question: ET.Element, draft: QuestionDraft) -> None:
    _plain(question, "single", "true" if draft.kind == "single" else "false")
    # Moodle pins no single choice; what may not be mixed is mixed by nobody.
    is_mixed = not any(choice.is_pinned for choice in draft.choices)
    _plain(question, "shuffleanswers", "true" if is_mixed else "false")
    _plain(question, "answernumbering", "abc")
    for choice in draft.choices:
        _answer(question, choice)


def _true_false(question: ET.Element, draft: QuestionDraft) -> None:
    for is_true in (True, False):
        is_right = is_true is draft.is_true
        said = draft.if_right if is_right else draft.if_wrong
        share = Fraction(int(is_right))
        _answer(question, Choice("true" if is_true else "false", share, said), PLAIN)


def _short_answer(question: ET.Element, draft: QuestionDraft) -> None:
    _plain(question, "usecase", "0")
    for wording in draft.choices:
        _answer(question, wording, PLAIN)


def _numerical(question: ET.Element, draft: QuestionDraft) -> None:
    for one in draft.numbers:
        answer = _answer(
            question, Choice(plain(one.value), one.share, one.feedback), PLAIN
        )
        _plain(answer, "tolerance", plain(one.tolerance))
    if draft.unit:
        unit = ET.SubElement(ET.SubElement(question, "units"), "unit")
        _plain(unit, "multiplier", "1")
        _plain(unit, "unit_name", draft.unit)


def _matching(question: ET.Element, draft: QuestionDraft) -> None:
    _plain(question, "shuffleanswers", "true")
    for pair in draft.pairs:
        box = ET.SubElement(question, "subquestion", format="html")
        _text(box, _html(pair.left))
        _text(ET.SubElement(box, "answer"), _html(pair.right))


def _ordering(question: ET.Element, draft: QuestionDraft) -> None:
    _plain(question, "layouttype", "VERTICAL")
    _plain(question, "selecttype", "ALL")
    for place, choice in enumerate(draft.choices, 1):
        answer = ET.SubElement(
            question, "answer", fraction=f"{place}.0000000", format="html"
        )
        _text(answer, _html(choice.text))


def _essay(question: ET.Element, draft: QuestionDraft) -> None:
    _plain(question, "responseformat", "editor")
    _plain(question, "responserequired", "1")
    if draft.criteria:
        _words(question, "graderinfo", rubrics.written(draft.criteria))


PLAIN = "moodle_auto_format"


def _answer(question: ET.Element, choice: Choice, form: str = "html") -> ET.Element:
    percent = "100" if choice.share == WHOLE else percent_of(choice.share)
    answer = ET.SubElement(question, "answer", fraction=percent, format=form)
    _text(answer, _html(choice.text) if form == "html" else choice.text)
    _words(answer, "feedback", choice.feedback)
    return answer


def _words(parent: ET.Element, tag: str, words: str) -> None:
    _text(ET.SubElement(parent, tag, format="html"), _html(words))


def _html(words: str) -> str:
    return escape(words, quote=False).replace("\n", "<br/>")


def _text(parent: ET.Element, text: str) -> None:
    _plain(parent, "text", text)


def _plain(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, tag).text = storable(text)


_WRITERS: dict[str, Callable[[ET.Element, QuestionDraft], None]] = {
    "single": _multichoice,
    "multiple": _multichoice,
    "true_false": _true_false,
    "short_answer": _short_answer,
    "numeric": _numerical,
    "matching": _matching,
    "ordering": _ordering,
    "open": _essay,
}
