"""What those may ask who count people and know nobody (RP-04).

An observer asks for a year, or for one part of it: a quarter, a donor or a project.
The part is answered only as far as nothing small is left over when it and the parts
beside it are subtracted from the year: whole, with its totals alone, or not at all.
"""

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lms.models import Donor, Project

from .asking import QuestionForm
from .dataset import HIDDEN, Column, Report, Row, Table
from .disclosure import protect
from .period import Period
from .question import Question

PARTS = ("quarter", "donor", "project")


class ObserverForm(QuestionForm):
    """A year, and at most one part of it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.fields.keys() - {"year", *PARTS, "whose"}:
            del self.fields[name]

    def clean(self):
        answers = super().clean()
        narrowed = [name for name in PARTS if answers.get(name)]
        for name in narrowed[1:]:
            self.add_error(name, _("Choose a quarter, a donor or a project, not two."))
        return answers


def observed(report: Report, question: Question) -> tuple[list[Table], list[str]]:
    """The tables without small groups, and what to say about it."""
    tables = _asked(report, question)
    siblings = list(_beside(question))
    if not siblings:
        return [protect(table) for table in tables], []
    place = siblings.index(question)
    family = _family(report, question, siblings)
    here = protect(family).rows[place]
    if here.values["people"] is HIDDEN:
        return [], [
            gettext(
                "This part cannot be shown: it, or what it leaves of the year, would "
                "speak of fewer than five people."
            )
        ]
    if HIDDEN in here.values.values():
        return _totals_alone(tables), [
            gettext(
                "Only the totals of this part are shown: its tables would speak of "
                "fewer than five people."
            )
        ]
    return [protect(table) for table in tables], []


def is_whole(question: Question) -> bool:
    """Asks for a whole year, unnarrowed."""
    return question == _wider(question)


def _asked(report: Report, question: Question) -> list[Table]:
    return [table for table in report.tables(question) if not table.is_detail]


def _year(question: Question) -> Period:
    return Period.year(question.period.first.year)


def _wider(question: Question) -> Question:
    return replace(question, period=_year(question), donor=None, project=None)


def _beside(question: Question) -> Iterator[Question]:
    """The question and the other parts of the same kind; none for a whole year."""
    wider = _wider(question)
    if question.donor:
        donors = Donor.objects.filter(cohorts__in=question.cohorts).distinct()
        yield from (replace(wider, donor=donor) for donor in donors)
    elif question.project:
        projects = Project.objects.filter(cohorts__in=question.cohorts).distinct()
        yield from (replace(wider, project=project) for project in projects)
    elif question.period != wider.period:
        yield from (wider.within(part) for part in wider.period.quarters())


def _family(report: Report, question: Question, siblings: list[Question]) -> Table:
    """One table of all the parts: their people, and every figure of people in them."""
    rows = [_everything(_asked(report, sibling)) for sibling in siblings]
    total = _everything(_asked(report, _wider(question)))
    keys = dict.fromkeys(
        key for row in [*rows, total] for key in row if key != "people"
    )
    columns = [Column("people", "", "people")]
    columns += [Column(key, "", "people", part_of="people") for key in keys]
    blank = dict.fromkeys(keys, 0)
    parts = [Row({**blank, **row}) for row in rows]
    return Table("family", "", columns, parts, "", total=Row({**blank, **total}))


def _everything(tables: list[Table]) -> dict[str, int]:
    """Every figure of people by table, row and column; "people" is the first total."""
    found = {"people": 0}
    for number, table in enumerate(tables):
        people = [column.key for column in table.columns if column.kind == "people"]
        for row in table.rows:
            name = sorted(row.narrows.items()) or row.values.get("label")
            for key in people:
                found[f"{table.key} {name} {key}"] = row.values.get(key) or 0
        for key in people if table.total else []:
            found[f"{table.key} total {key}"] = table.total.values.get(key) or 0
        if number == 0 and people:
            found["people"] = _headline(table, people[0])
    return found


def _headline(table: Table, key: str) -> int:
    if table.total:
        return table.total.values.get(key) or 0
    return sum(row.values.get(key) or 0 for row in table.rows)


def _totals_alone(tables: list[Table]) -> list[Table]:
    """The first table's total without its parts."""
    first = tables[0]
    people = [column.key for column in first.columns if column.kind == "people"]
    kept = [
        column
        for column in first.columns
        if column.key in ("label", *people[:1])
        or (column.kind in ("count", "hours") and not column.part_of)
    ]
    return [replace(first, columns=kept, rows=[first.total] if first.total else [])]
