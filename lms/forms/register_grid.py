"""A signed sheet as it is typed in: people are lines, sessions are columns.

Each cell carries in its name which mark it showed, so that a colleague's mark is never
overwritten unseen (ATT-04). What was typed stays in its cell, whatever is wrong.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.actions import attendance as actions
from lms.actions.attendance import Row
from lms.actions.refusal import Refused
from lms.alphabet import by_name
from lms.attendance import Line, sheet_of, statuses_of
from lms.models import Enrolment, MarkStatus, Session
from lms.scans import ACCEPTED, MOST_BYTES
from lms.status_words import status_named
from lms.statuses import full_of, letter_of, missed_of

NAME = re.compile(
    r"mark-(?P<session>\d{1,18})-(?P<enrolment>\d{1,18})"
    r"-(?P<version>\d{1,9})-(?P<code>[-\w]*)",
    re.ASCII,
)
LONGEST = 40


@dataclass
class Cell:
    """The mark of one person at one session: what it was, and what is typed."""

    line: Line
    session: Session
    typed: str
    version: int
    code: str
    error: str | Promise = ""

    @property
    def name(self) -> str:
        return f"mark-{self.session.pk}-{self.line.pk}-{self.version}-{self.code}"


@dataclass
class Person:
    """A line of the grid; a cell is None where nothing can be marked."""

    place: Enrolment
    cells: list[Cell | None] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.place.person.legal_name


class Grid:
    """The marks of these sessions, and what was typed over them."""

    def __init__(self, sessions: Iterable[Session]):
        self.sessions = list(sessions)
        self.statuses = {one.pk: statuses_of(one) for one in self.sessions}
        self.cells: dict[tuple[int, int], Cell] = {}
        places: dict[int, Enrolment] = {}
        for session in self.sessions:
            for line in sheet_of(session):
                if line.is_expected:
                    places[line.pk] = line.enrolment
                    self.cells[session.pk, line.pk] = self._cell(session, line)
        self.people = [
            Person(place, [self.cells.get((one.pk, place.pk)) for one in self.sessions])
            for place in sorted(places.values(), key=_by_name)
        ]

    def read(self, data: Mapping[str, str]) -> list[Cell]:
        """The cells in which something else stands than they showed."""
        touched = []
        for name in data:
            found = NAME.fullmatch(name)
            key = found and (int(found["session"]), int(found["enrolment"]))
            cell = self.cells.get(key) if key else None
            if cell is None:
                continue
            typed = data[name].strip()[:LONGEST]
            code = self._code(cell, typed)
            if code != found["code"]:
                cell.typed, cell.code = typed, found["code"]
                cell.version = int(found["version"])
                touched.append(cell)
        return touched

    @property
    def is_correction(self) -> bool:
        """Was one of the registers signed off before (ATT-49)?"""
        return any(session.is_reopened for session in self.sessions)

    def save(self, touched: Iterable[Cell], *, by, reason: str = "") -> int:
        """Write what can be read, session by session; the rest says why not."""
        touched, changed = list(touched), 0
        for session in self.sessions:
            here = [cell for cell in touched if cell.session == session]
            changed += self._save(session, here, by, reason)
        return changed

    def keys(self, session: Session) -> list[tuple[str, MarkStatus]]:
        """What is typed for each status of this session."""
        statuses = self.statuses[session.pk]
        return [(_sign(one, statuses), one) for one in statuses.values()]

    def _cell(self, session: Session, line: Line) -> Cell:
        statuses = self.statuses[session.pk]
        typed = _sign(line.status, statuses) if line.status else ""
        return Cell(line, session, typed, line.version, line.code)

    def _code(self, cell: Cell, typed: str) -> str | None:
        """The status meant; "" for an emptied cell, None for what nobody can read."""
        if not typed:
            return ""
        named = status_named(typed, self.statuses[cell.session.pk].values())
        return named.code if named else None

    def _save(self, session: Session, cells: list[Cell], by, reason: str) -> int:
        rows = []
        for cell in cells:
            code = self._code(cell, cell.typed)
            if code is None:
                cell.error = _("Nobody can read this. Write one of: %(signs)s.") % {
                    "signs": " ".join(sign for sign, _one in self.keys(session))
                }
            else:
                rows.append(Row(cell.line.pk, code, cell.version, cell.line.remark))
        if not rows:
            return 0
        try:
            saved = actions.save_register(session, rows=rows, by=by, reason=reason)
        except Refused as refusal:
            for cell in cells:
                cell.error = cell.error or str(refusal)
            return 0
        for line in saved.conflicts:
            self._ask(self.cells[session.pk, line.pk], line)
        return saved.changed

    def _ask(self, cell: Cell, line: Line) -> None:
        """A colleague was quicker: both are shown, and saving once more decides."""
        cell.version, cell.code = line.version, line.code
        cell.error = _(
            "%(by)s marked meanwhile: %(mark)s. Save again to change it."
        ) % {
            "by": line.mark.marked_by or "–",
            "mark": line.status or _("No mark"),
        }


class ScanForm(forms.Form):
    """The signed sheet itself."""

    file = forms.FileField(
        label=gettext_lazy("Photo or scan of the signed sheet"),
        help_text=gettext_lazy(
            "JPEG, PNG, WebP or PDF, at most 10 MB. Only staff of this cohort open it."
        ),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )

    def clean_file(self) -> bytes:
        """The bytes, and of a file too large as many as show that."""
        return self.cleaned_data["file"].read(MOST_BYTES + 1)


def _sign(status: MarkStatus, statuses: Mapping[str, MarkStatus]) -> str:
    """What one types for a status: + and - for the two that are most of a sheet."""
    all_of_them = statuses.values()
    if full_of(all_of_them) == status:
        return "+"
    if missed_of(all_of_them) == status:
        return "-"
    letter = letter_of(status)
    return letter if status_named(letter, all_of_them) == status else status.code


def _by_name(place: Enrolment):
    return by_name(place.person.legal_name), place.pk
