"""From the bytes of a report to who was there when."""

from collections.abc import Iterator
from datetime import UTC
from typing import NamedTuple

from django.utils.translation import gettext as _

from courses.tables.sheets import Line, Unreadable

from .moments import Order, Written, instant, order_of, seconds_of, written
from .report import Join, Meeting, Report, Unread
from .tables import Table, tables_of

_COMES = ("joined", "присоедин", "вош", "join")
_GOES = ("left", "leave", "покинул", "выш")


class AmbiguousDates(Unreadable):
    """03/04 may be 3 April or 4 March, and nothing in the file tells (ATT-35)."""


class _Row(NamedTuple):
    """One line with its cells told apart; the times as they stand there."""

    line: int
    name: str
    email: str
    joined: str
    left: str
    length: str
    is_total: bool
    is_utc: bool


def read_report(data: bytes, meeting: Meeting, *, order: str = "") -> Report:
    """Everybody's lines. Raises Unreadable; AmbiguousDates where `order` is wanted."""
    form, tables = tables_of(data)
    rows = list(_rows([one for one in tables if one.headings.says_how_long]))
    if not rows:
        raise Unreadable(
            _("This report says who came, but not when or for how long. Nothing to do.")
            if tables[0].lines
            else _("The report names nobody.")
        )
    moments = {
        text: found
        for row in rows
        for text in (row.joined, row.left)
        if text and (found := written(text))
    }
    chosen = Order(order) if order in list(Order) else _order(moments, meeting)
    joins: list[Join] = []
    unread: list[Unread] = []
    for row in rows:
        read = _join(row, moments, chosen, meeting)
        if isinstance(read, Join):
            joins.append(read)
        else:
            unread.append(read)
    return Report(form, tuple(joins), tuple(unread))


def _order(moments: dict[str, Written], meeting: Meeting) -> Order:
    try:
        order = order_of(moments.values(), meeting.day)
    except ValueError:
        raise Unreadable(
            _(
                "The dates of this file contradict each other: some begin with the "
                "day, some with the month. Save the report again."
            )
        ) from None
    if order is None:
        raise AmbiguousDates(
            _("“%(date)s” may begin with the day or with the month. Choose which.")
            % {"date": next(iter(moments))}
        )
    return order


def _rows(tables: list[Table]) -> Iterator[_Row]:
    """A line for each coming; a person's total only where no such line names them."""
    detailed = [table for table in tables if table.headings.has_joins]
    named: set[tuple[str, str]] = set()
    for table in detailed:
        rows = _paired(table) if "action" in table.headings.columns else _plain(table)
        for row in rows:
            named |= {("name", row.name.casefold()), ("email", row.email)}
            yield row
    for table in tables:
        if table not in detailed:
            for row in _plain(table):
                about = {("name", row.name.casefold())}
                about |= {("email", row.email)} if row.email else set()
                if named.isdisjoint(about):
                    yield row


def _plain(table: Table) -> Iterator[_Row]:
    headings = table.headings
    is_total = not headings.has_joins
    is_first = "first_joined" in headings.columns
    came, went = ("first_joined", "last_left") if is_first else ("joined", "left")
    for line in table.lines:
        name, email = headings.name(line), _email(table, line)
        # A line with nothing but a word is a title or a footer, and nobody.
        if (name or email) and sum(map(bool, line.cells)) > 1:
            yield _Row(
                line.number,
                name or email,
                email,
                headings.text(line, came),
                headings.text(line, went),
                headings.text(line, "length"),
                is_total,
                headings.is_utc,
            )


def _paired(table: Table) -> Iterator[_Row]:
    """Comings and goings, one a line, made into stays. An open one has no end."""
    open_since: dict[str, Line] = {}
    headings = table.headings

    def row(came: Line, left: str) -> _Row:
        name, joined = headings.name(came), headings.text(came, "happened")
        email = _email(table, came)
        return _Row(came.number, name, email, joined, left, "", False, headings.is_utc)

    for line in table.lines:
        name = headings.name(line).casefold()
        action = headings.text(line, "action").casefold()
        if action.startswith(_COMES):
            open_since.setdefault(name, line)
        elif action.startswith(_GOES) and name in open_since:
            yield row(open_since.pop(name), headings.text(line, "happened"))
    for line in open_since.values():
        yield row(line, "")


def _email(table: Table, line: Line) -> str:
    email = table.headings.text(line, "email") or table.headings.text(line, "account")
    return email.casefold() if "@" in email else ""


def _join(
    row: _Row, moments: dict[str, Written], order: Order, meeting: Meeting
) -> Join | Unread:
    seconds = seconds_of(row.length)
    if not row.joined:
        if seconds is None and row.length:
            return Unread(row.line, _no_time(row.length))
        if seconds is None:
            return Unread(row.line, _("It says neither when nor for how long."))
        return Join(row.line, row.name, row.email, None, seconds, is_total=True)
    zone = UTC if row.is_utc else meeting.zone
    came = moments.get(row.joined)
    went = moments.get(row.left)
    if came is None or (row.left and went is None):
        return Unread(row.line, _no_time(row.left if came else row.joined))
    begins = instant(came, order, zone, meeting.begins)
    # Who has not left was there until the end.
    ends = instant(went, order, zone, meeting.ends) if went else meeting.ends
    if went and ends < begins:
        return Unread(row.line, _("It ends before it begins."))
    span = (begins, max(begins, ends))
    return Join(row.line, row.name, row.email, span, seconds, is_total=row.is_total)


def _no_time(text: str) -> str:
    return _("“%(text)s” is no time.") % {"text": text[:60]}
