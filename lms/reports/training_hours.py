"""Training hours: what was planned, what was held, what people attended of it."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .asking import period_in_words
from .counting import hours, in_order, name_of, not_known, together
from .dataset import Column, Report, Row, Table, register
from .question import Question
from .seats import Meeting, Seat, Seating, seating


@dataclass
class Hours:
    """Minutes of sessions, and of the people expected in those that were held."""

    sessions: int = 0
    planned: int = 0
    held: int = 0
    expected: int = 0
    attended: Fraction = Fraction(0)
    people: set[int] = field(default_factory=set)

    def add_meeting(self, meeting: Meeting) -> None:
        self.sessions += 1
        self.planned += meeting.minutes
        self.held += meeting.minutes if meeting.is_held else 0

    def add_seat(self, seat: Seat) -> None:
        if not seat.meeting.is_held or seat.expected.leaves:
            return
        self.expected += seat.meeting.minutes
        self.attended += seat.minutes_attended
        self.people.add(seat.person)

    def row(self, label: str, *, is_part: bool = True) -> Row:
        values = {
            "label": label,
            "people": len(self.people),
            "sessions": self.sessions,
            "planned": hours(self.planned),
            "held": hours(self.held),
            "expected": hours(self.expected),
            "attended": hours(self.attended),
        }
        return Row(values, is_part=is_part)


def tables(question: Question) -> list[Table]:
    found = seating(question)
    total = _sum(found)[""]
    parts = [(part, period_in_words(part)) for part in question.period.quarters()]

    def quarter(meeting: Meeting) -> str:
        return next(
            words for part, words in parts if part.first <= meeting.day <= part.last
        )

    whole = total.row(together()) if total.sessions else None
    return [
        _table(
            "centre",
            gettext("By centre"),
            gettext("Centre"),
            _rows(found, lambda m: m.place, lambda code: code or not_known()),
            whole,
            chart="attended",
        ),
        _table(
            "region",
            gettext("By region"),
            gettext("Region"),
            _rows(found, lambda m: m.region, lambda code: name_of("region", code)),
            whole,
        ),
        _table(
            "quarter",
            gettext("By quarter"),
            gettext("Quarter"),
            _rows(found, quarter, str),
            whole,
        ),
        _by_audience(found, total),
    ]


def _sum(
    found: Seating, of: Callable[[Meeting], str] = lambda meeting: ""
) -> dict[str, Hours]:
    sums: dict[str, Hours] = defaultdict(Hours)
    for meeting in found.meetings:
        sums[of(meeting)].add_meeting(meeting)
    for seat in found.seats:
        sums[of(seat.meeting)].add_seat(seat)
    return sums


def _rows(found: Seating, of, name: Callable[[str], str]) -> list[Row]:
    return [sums.row(name(code)) for code, sums in _sum(found, of).items()]


def _columns(label: str) -> list[Column]:
    return [
        Column("label", label),
        Column("people", gettext("People expected"), "people"),
        Column("sessions", gettext("Sessions"), "count"),
        Column("planned", gettext("Hours planned"), "hours"),
        Column("held", gettext("Hours held"), "hours"),
        Column("expected", gettext("Hours expected of people"), "hours"),
        Column("attended", gettext("Hours attended by people"), "hours"),
    ]


def _definition() -> str:
    return gettext(
        "Planned: the length of all sessions of the period that were not cancelled. "
        "Held: of those whose register says that they were held. Expected of people: "
        "for each session held, its length times everybody enrolled while it ran, "
        "excused people left out. Attended by people: of that, the minutes written "
        "down, else the mark's share of the session (late may be half); without a "
        "mark nothing. The centre and the region are those of the cohort."
    )


def _table(key: str, title: str, label: str, rows, total, chart="") -> Table:
    return Table(
        key,
        title,
        _columns(label),
        rows,
        _definition(),
        total=total,
        chart=chart,
    )


def _by_audience(found: Seating, total: Hours) -> Table:
    """Sessions are for everybody: only hours of people are told apart."""
    sums: dict[str, Hours] = defaultdict(Hours)
    for seat in found.seats:
        sums[seat.audience].add_seat(seat)
    kept = ("label", "people", "expected", "attended")
    return Table(
        "audience",
        gettext("By audience"),
        [column for column in _columns(gettext("Audience")) if column.key in kept],
        _only(kept, (sums[c].row(name_of("audience", c)) for c in _codes(sums))),
        _definition(),
        total=next(iter(_only(kept, [total.row(together())])), None),
    )


def _codes(sums: dict[str, Hours]) -> list[str]:
    return in_order("audience", [code for code, sum_ in sums.items() if sum_.people])


def _only(kept: Iterable[str], rows: Iterable[Row]) -> list[Row]:
    return [
        Row({key: row.values[key] for key in kept})
        for row in rows
        if row.values["people"]
    ]


register(Report("training-hours", _("Training hours"), tables, icon="time"))
