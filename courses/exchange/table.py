"""Questions as a table: CSV or a workbook, one question a line, headings above."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction

from django.utils.translation import gettext as _

from courses.marking import read_number
from courses.tables.delimited import read_text
from courses.tables.sheets import Line, Sheet, Unreadable
from courses.tables.workbook import read_workbook

from . import labels
from .drafts import (
    MOST_BYTES,
    MOST_QUESTIONS,
    NONE,
    WHOLE,
    Choice,
    NotThisFormat,
    Number,
    QuestionDraft,
    Reading,
    Refusal,
    Refused,
    excerpt_of,
    too_many_questions,
    with_choices,
)
from .headings import Headings, find_headings, kind_of, truth_of
from .markup import from_either, lines_of, words_of
from .numbers import number_of
from .texts import category_of, too_large

WORKBOOK = b"PK\x03\x04"


def looks_like(text: str) -> bool:
    try:
        sheets = read_text("\n".join(text.split("\n")[:50]).encode())
    except Unreadable:
        return False
    return any(find_headings(sheet) for sheet in sheets)


def read(data: bytes | str) -> Reading:
    """Every question of the table, or why not."""
    drafts: list[QuestionDraft] = []
    refusals: list[Refusal] = []
    for headings, line in _lines(_sheets(data)):
        if len(drafts) + len(refusals) == MOST_QUESTIONS:
            refusals.append(Refusal(line.number, too_many_questions()))
            break
        try:
            drafts.append(_draft(_Row(headings, line)))
        except Refused as reason:
            excerpt = excerpt_of(" · ".join(filter(None, line.cells)))
            refusals.append(Refusal(line.number, str(reason), excerpt))
    return Reading(tuple(drafts), tuple(refusals))


def _sheets(data: bytes | str) -> list[Sheet]:
    if len(data) > MOST_BYTES:
        raise NotThisFormat(too_large())
    if isinstance(data, str):
        data = data.encode("utf-8", "replace")
    try:
        is_workbook = data.startswith(WORKBOOK)
        return read_workbook(data) if is_workbook else read_text(data)
    except Unreadable as reason:
        raise NotThisFormat(str(reason)) from reason


def _lines(sheets: list[Sheet]) -> list[tuple[Headings, Line]]:
    """The lines below the headings of each sheet that has any."""
    found = [(sheet, find_headings(sheet)) for sheet in sheets]
    lines = [
        (headings, line)
        for sheet, headings in found
        if headings
        for line in sheet.lines
        if line.number > headings.number
    ]
    if not any(headings for _sheet, headings in found):
        raise NotThisFormat(
            _(
                "No line with column headings was found. One line above the questions"
                " must name the columns, such as: Question; Choice 1; Choice 2; Right."
            )
        )
    return lines


@dataclass(frozen=True)
class _Row:
    headings: Headings
    line: Line

    def cell(self, field: str) -> str:
        cells = (self.line.cell(c) for c in self.headings.columns_of(field))
        return next(filter(None, cells), "")

    def choices(self) -> list[tuple[str, str]]:
        """What was typed as choices, each with the heading of its column."""
        columns = self.headings.columns_of("choice")
        named = [(self.headings.titles[c], self.line.cell(c)) for c in columns]
        return [(title, text) for title, text in named if text]


def _draft(row: _Row) -> QuestionDraft:
    draft = QuestionDraft(
        kind="open",
        stem=from_either(row.cell("question")),
        line=row.line.number,
        name=words_of(row.cell("name")),
        category=category_of(row.cell("category")),
        language=row.cell("language").casefold()[:10],
        explanation=lines_of(row.cell("explanation")),
        tags=_tags(row.cell("tags")),
        difficulty=labels.difficulty_of(row.cell("difficulty")),
        country=labels.country_of(row.cell("country")),
    )
    if not draft.stem:
        raise Refused(_("There is no text of a question."))
    for field, kept in (("difficulty", draft.difficulty), ("country", draft.country)):
        if row.cell(field) and not kept:
            draft = draft.warned(_not_kept(row.cell(field)))
    return _READERS[_kind(row)](draft, row)


def _not_kept(text: str) -> str:
    return _("“%(text)s” is not understood and is left out.") % {
        "text": excerpt_of(text)
    }


def _kind(row: _Row) -> str:
    written, right = row.cell("kind"), row.cell("right")
    if written:
        kind = kind_of(written)
        if kind is None:
            raise Refused(
                _("“%(text)s” is no kind of question that a table can hold.")
                % {"text": excerpt_of(written)}
            )
        return kind
    if row.choices():
        return "choices"
    if truth_of(right) is not None:
        return "true_false"
    if read_number(right) is not None:
        return "numeric"
    return "short_answer" if right else "open"


def _choices(draft: QuestionDraft, row: _Row) -> QuestionDraft:
    choices = row.choices()
    right = _right_places(row.cell("right"), choices)
    share = Fraction(1, len(right)) if right else NONE
    return with_choices(
        draft,
        (
            Choice(words_of(text), share if place in right else NONE)
            for place, (_title, text) in enumerate(choices)
        ),
    )


def _right_places(right: str, choices: list[tuple[str, str]]) -> set[int]:
    """Named by their words, the letter or number of their column, or their place."""
    texts = [text.casefold() for _title, text in choices]
    if right.casefold() in texts:
        return {texts.index(right.casefold())}
    places = set()
    for name in _parts(right, ";,|"):
        place = _place(name.casefold(), [t.casefold() for t, _x in choices], texts)
        if place is None:
            raise Refused(
                _("“%(name)s” is named as right and is none of the choices.")
                % {"name": excerpt_of(name)}
            )
        places.add(place)
    return places


def _place(name: str, titles: list[str], texts: list[str]) -> int | None:
    if name in texts:
        return texts.index(name)
    for place, title in enumerate(titles):
        if name == title or title.split()[-1:] == [name]:
            return place
    if name.isdecimal() and len(name) < 4:
        return int(name) - 1 if 0 < int(name) <= len(texts) else None
    letters = next((some for some in ("abcdefghij", "абвгдежзик") if name in some), "")
    place = letters.index(name) if len(name) == 1 and letters else len(texts)
    return place if place < len(texts) else None


def _true_false(draft: QuestionDraft, row: _Row) -> QuestionDraft:
    is_true = truth_of(row.cell("right"))
    if is_true is None:
        raise Refused(_("The right answer is neither true nor false."))
    return replace(draft, kind="true_false", is_true=is_true)


def _numeric(draft: QuestionDraft, row: _Row) -> QuestionDraft:
    tolerance = abs(number_of(row.cell("tolerance") or "0"))
    number = Number(number_of(row.cell("right")), tolerance)
    return replace(draft, kind="numeric", numbers=(number,))


def _short_answer(draft: QuestionDraft, row: _Row) -> QuestionDraft:
    wordings = _parts(row.cell("right"), ";|")
    if not wordings:
        raise Refused(_("No accepted answer is written down."))
    choices = tuple(Choice(words_of(wording), WHOLE) for wording in wordings)
    return replace(draft, kind="short_answer", choices=choices)


def _open(draft: QuestionDraft, row: _Row) -> QuestionDraft:
    return draft


def _tags(text: str) -> tuple[str, ...]:
    return tuple(filter(None, (words_of(tag) for tag in _parts(text, ";,|"))))


def _parts(text: str, separators: str) -> list[str]:
    for separator in separators[1:]:
        text = text.replace(separator, separators[0])
    return [part.strip() for part in text.split(separators[0]) if part.strip()]


_READERS: dict[str, Callable[[QuestionDraft, _Row], QuestionDraft]] = {
    "choices": _choices,
    "true_false": _true_false,
    "numeric": _numeric,
    "short_answer": _short_answer,
    "open": _open,
}
