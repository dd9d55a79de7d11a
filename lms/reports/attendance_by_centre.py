"""Attendance by centre: what the marks of everybody expected there add up to."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lms.sums import attendance_sums

from .counting import name_of, not_known, tenths, together
from .dataset import Column, Report, Row, Table, register
from .question import Question
from .seats import Seat, seating


def tables(question: Question) -> list[Table]:
    found = seating(question)
    seats = [seat for seat in found.seats if _counts_here(seat)]
    guests = found.guests
    total = _row(together(), seats, guests) if seats else None
    return [
        _table(
            "centre",
            gettext("By centre"),
            gettext("Centre"),
            [
                _row(place or not_known(), group, guests)
                for place, group in _grouped(seats, "place").items()
            ],
            total,
            chart="percent",
        ),
        _table(
            "region",
            gettext("By region"),
            gettext("Region"),
            [
                _row(name_of("region", code), group, guests)
                for code, group in _grouped(seats, "region").items()
            ],
            total,
        ),
    ]


def _counts_here(seat: Seat) -> bool:
    """Required sessions that were held, or begun and marked."""
    return seat.meeting.is_required and seat.expected.is_held


def _grouped(seats: Iterable[Seat], attribute: str) -> dict[str, list[Seat]]:
    found = defaultdict(list)
    for seat in seats:
        found[getattr(seat.meeting, attribute)].append(seat)
    return dict(sorted(found.items(), key=lambda item: (not item[0], item[0])))


def _row(label: str, seats: list[Seat], guests: Counter[int]) -> Row:
    sums = attendance_sums(seat.expected for seat in seats)
    meetings = {seat.meeting.pk for seat in seats}
    return Row(
        {
            "label": label,
            "people": len({seat.person for seat in seats}),
            "sessions": len(meetings),
            "expected": sums.countable,
            "credit": float(sums.credit),
            "percent": tenths(sums.percent),
            "unmarked": sums.unmarked,
            "excused": sum(seat.expected.leaves for seat in seats),
            "guests": sum(guests[meeting] for meeting in meetings),
        }
    )


def _table(key: str, title: str, label: str, rows, total, chart="") -> Table:
    columns = [
        Column("label", label),
        Column("people", gettext("People expected"), "people"),
        Column("sessions", gettext("Sessions held"), "count"),
        Column("expected", gettext("Presences expected"), "count"),
        Column("credit", gettext("Credits"), "points"),
        Column("percent", gettext("Attendance"), "percent"),
        Column("unmarked", gettext("Without a mark"), "count"),
        Column("excused", gettext("Excused"), "count"),
        Column("guests", gettext("Guests"), "count"),
    ]
    return Table(key, title, columns, rows, _definition(), total=total, chart=chart)


def _definition() -> str:
    return gettext(
        "Attendance is credits divided by presences expected. A presence is expected "
        "of everybody enrolled while a required session of the period was held; "
        "present gives one credit, late what its status says, absent none. An excused "
        "presence leaves both numbers. Without a mark counts as expected and gives no "
        "credit. Percents are exact and cut to a tenth, never rounded up. The centre "
        "is the cohort's place. Guests came without a place; they are counted beside "
        "and enter no other number."
    )


register(Report("attendance", _("Attendance by centre"), tables, icon="tasks"))
