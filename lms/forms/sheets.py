"""Sheets of paper as they are typed in: a line for each person, a cell a question.

What was typed stays in its cell, whatever is wrong with it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from courses.kinds import NotAnAnswer, TooLong, as_posted, read_answer
from lms.models import Attempt, Enrolment, PaperVariant
from lms.on_paper import Unreadable, fold_sign, read_cell
from lms.paper_sheet import Item

from .cohorts import ReasonForm

LONGEST = 20_000


@dataclass
class Cell:
    """The answer to one question, as it was typed and why it cannot be read."""

    name: str
    place: int
    typed: str = ""
    error: str | Promise = ""


@dataclass
class Line:
    """The sheet of one person. `answers` is what could be read of it."""

    enrolment: Enrolment
    letter: str
    cells: list[Cell]
    letter_error: str | Promise = ""
    error: str | Promise = ""
    variant: PaperVariant | None = None
    answers: dict[int, dict | None] = field(default_factory=dict)

    @property
    def letter_name(self) -> str:
        return f"letter-{self.enrolment.pk}"

    @property
    def is_typed(self) -> bool:
        """Something is in its cells; the letter alone may have stood there before."""
        return any(cell.typed.strip() for cell in self.cells)

    @property
    def has_errors(self) -> bool:
        errors = [self.error, self.letter_error, *(cell.error for cell in self.cells)]
        return any(errors)


def read_lines(
    places: Iterable[Enrolment],
    papers: Mapping[PaperVariant, list[Item]],
    data: Mapping[str, str],
    letters: Mapping[int, str],
) -> list[Line]:
    """The grid as posted in `data`, or empty with the `letters` people were given."""
    most = max(len(items) for items in papers.values())
    lines = []
    for place in places:
        letter = data.get(f"letter-{place.pk}", letters.get(place.pk, ""))[:10]
        line = Line(place, letter, _cells(place, most, data))
        if data and line.is_typed:
            _read(line, papers)
        lines.append(line)
    return lines


def read_sheet(
    attempt: Attempt,
    items: list[Item],
    data: Mapping[str, str] | None,
    typed: Mapping[int, str],
) -> Line:
    """One sheet that is there already: what stands on it, or what was posted."""
    line = Line(attempt.enrolment, attempt.paper.letter, [])
    for item in items:
        name = _name(attempt.enrolment, item.place)
        now = typed[item.place] if data is None else data.get(name, "")[:LONGEST]
        line.cells.append(Cell(name, item.place, now))
    if data is not None:
        _read_cells(line, items)
    return line


class CorrectionForm(ReasonForm):
    """Why a sheet is corrected; the cells stand beside it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].widget = forms.TextInput()


def _name(place: Enrolment, number: int) -> str:
    return f"cell-{place.pk}-{number}"


def _cells(place: Enrolment, most: int, data: Mapping[str, str]) -> list[Cell]:
    names = {number: _name(place, number) for number in range(1, most + 1)}
    return [
        Cell(name, number, data.get(name, "")[:LONGEST])
        for number, name in names.items()
    ]


def _read(line: Line, papers: Mapping[PaperVariant, list[Item]]) -> None:
    by_letter = {variant.letter: variant for variant in papers}
    line.variant = by_letter.get(fold_sign(line.letter))
    if line.variant is None:
        letters = {"letters": ", ".join(by_letter)}
        line.letter_error = _("Write the letter of the sheet: %(letters)s.") % letters
        return
    _read_cells(line, papers[line.variant])


def _read_cells(line: Line, items: list[Item]) -> None:
    for cell in line.cells:
        if cell.place > len(items):
            if cell.typed.strip():
                cell.error = _("This variant has no such question.")
            continue
        item = items[cell.place - 1]
        try:
            posted = as_posted(read_cell(item.asked, cell.typed))
            line.answers[cell.place] = posted and read_answer(
                item.key, posted["posted"]
            )
        except Unreadable as refusal:
            cell.error = str(refusal)
        except TooLong as refusal:
            most = {"most": refusal.most}
            cell.error = _("Write at most %(most)s characters.") % most
        except NotAnAnswer:
            cell.error = _("This is no answer to this question.")
