"""A cohort's attendance: its people and their figures, who is at risk first.

The figures are those of `lms.sums`, the states those of the requirements that every
other page reads. As many queries for 300 people as for one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .alphabet import by_name
from .attendance_rules import MINUTES
from .completion import Requirement, Text, percent_text, requirements
from .models import Cohort, Enrolment
from .presence import attendance_sums_of
from .shares import Share
from .standing import waived_by
from .sums import Sums, reaches

# The worst first: what the words say, and their colour.
STATES: dict[str, tuple[Text, str]] = {
    "lost": (_("Cannot be reached any more"), "decide"),
    "behind": (_("Below what is needed"), "late"),
    "open": (_("On the way"), "info"),
    "met": (_("Reached"), "done"),
    "waived": (_("Waived"), "done"),
    "none": ("", ""),
}
ORDER = list(STATES)


@dataclass(frozen=True)
class Row:
    """One person; `lacking` are the mandatory sessions not attended, by number."""

    place: Enrolment
    sums: Sums
    state: str

    @property
    def name(self) -> str:
        return self.place.person.legal_name

    @property
    def word(self) -> Text:
        return STATES[self.state][0]

    @property
    def tone(self) -> str:
        return STATES[self.state][1]

    @property
    def percents(self) -> list[str]:
        """So far, at least, at best, as they are read."""
        sums = self.sums
        found = (sums.percent, sums.projected, sums.best_possible)
        return ["–" if one is None else percent_text(one) for one in found]

    @property
    def minutes(self) -> Share:
        return self.sums.in_minutes.so_far

    @property
    def minutes_present(self) -> int:
        """Whole minutes; a part of one is left out."""
        return int(self.minutes.earned)

    @property
    def lacking(self) -> list[int]:
        return [one.number for one in self.sums.lacking if one.is_held]

    @property
    def order(self) -> tuple:
        so_far = self.sums.percent
        worst = Fraction(101) if so_far is None else so_far
        return ORDER.index(self.state), worst, by_name(self.name)


@dataclass(frozen=True)
class Table:
    """`is_timed`: what is asked for is measured in minutes.

    `best_of` is how many sessions count, 0 for all.
    """

    rows: list[Row]
    needed: int
    is_timed: bool
    best_of: int

    @property
    def needed_in_words(self) -> str:
        return percent_text(Fraction(self.needed))

    @property
    def at_risk(self) -> list[Row]:
        return [row for row in self.rows if row.state in ("lost", "behind")]

    @property
    def is_anything_lacking(self) -> bool:
        """Has anybody missed a mandatory session? Else that column says nothing."""
        return any(row.lacking for row in self.rows)


def attendance_table_of(cohort: Cohort) -> Table:
    """Everybody who studies in the cohort; empty where it never meets."""
    places = list(cohort.enrolments.studying().select_related("person", "organisation"))
    sums, waived = attendance_sums_of(cohort, places), waived_by(places)
    rows = [
        Row(place, sums[place.pk], _state(place, sums[place.pk], waived[place.pk]))
        for place in places
        if place.pk in sums
    ]
    rows.sort(key=lambda row: row.order)
    rules = rows[0].sums.rules if rows else None
    return Table(
        rows,
        needed=rules.percent if rules else 0,
        is_timed=bool(rules and rules.measure == MINUTES),
        best_of=rules.best_of if rules else 0,
    )


def file_rows(table: Table) -> Iterator[list]:
    """The same for a file: percents cut to a tenth, whole minutes."""
    yield [
        gettext("Name"),
        gettext("Organisation"),
        gettext("Attendance"),
        gettext("So far"),
        gettext("At least"),
        gettext("At best"),
        gettext("Sessions held"),
        gettext("Credits"),
        gettext("Without a mark"),
        gettext("Minutes present"),
        gettext("Minutes of these sessions"),
        gettext("Mandatory sessions missing"),
    ]
    for row in table.rows:
        organisation = row.place.organisation
        yield [
            row.name,
            organisation.name if organisation else "",
            str(row.word),
            *row.percents,
            row.sums.countable,
            float(row.sums.credit),
            row.sums.unmarked,
            row.minutes_present,
            row.minutes.of,
            ", ".join(str(number) for number in row.lacking),
        ]


def _state(place: Enrolment, sums: Sums, waived: set[str]) -> str:
    asked = requirements(
        [], completed=set(), waived=waived, quizzes={}, attendance=sums
    )
    if place.status == Enrolment.Status.COMPLETED:
        return "met" if asked else "none"
    if not asked:
        return "none"
    if any(one.state == "lost" for one in asked):
        return "lost"
    if all(one.met for one in asked):
        return "waived" if all(one.is_waived for one in asked) else "met"
    return "behind" if _is_behind(asked, sums) else "open"


def _is_behind(asked: Iterable[Requirement], sums: Sums) -> bool:
    """Below the percentage so far; a session to come is nobody's fault."""
    percents = [one for one in asked if one.needed is not None and not one.met]
    if not percents or sums.percent is None:
        return False
    return not reaches(sums.percent, sums.rules.percent)
