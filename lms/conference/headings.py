"""Which column of a conference's report holds what, in the languages it came in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from courses.tables.sheets import Line

_WORDS = {
    "name": """
        name (original name); name; full name; display name; participant
        participant name; имя (настоящее имя); имя (исходное имя); полное имя; имя
        участник; имя участника; ф.и.о.; фио; ном; ному насаб; номи пурра; иштирокчӣ
    """,
    "given_name": "first name",
    "surname": "last name",
    "email": """
        user email; email; e-mail; email address; e-mail address; mail
        электронная почта; эл. почта; адрес электронной почты; почта
        электронная почта пользователя; эл. почта пользователя; почтаи электронӣ
    """,
    # Teams: the name of an account, which looks like an address and mostly is one.
    "account": "participant id (upn); upn; идентификатор участника (upn)",
    "joined": """
        join time; time joined; joined; joined at; join; arrived
        время входа; время присоединения; вход; присоединение; вақти даромад
    """,
    "left": """
        leave time; time exited; left; left at; leave; exit time
        время выхода; выход; вақти баромад
    """,
    "first_joined": "first join; first join time; первый вход; первое присоединение",
    "last_left": "last leave; last leave time; последний выход",
    "length": """
        duration (minutes); total duration (minutes); in-meeting duration; duration
        attendance duration; time in session (minutes); minutes
        длительность (минуты); продолжительность (минуты); длительность
        общая продолжительность (минуты); общая длительность (минуты)
        продолжительность; длительность на собрании; продолжительность собрания
        минуты; давомнокӣ; давомнокӣ (дақиқа)
    """,
    # Teams, during a meeting: a line for each coming and each going.
    "action": "user action; действие пользователя",
    "happened": "timestamp; метка времени",
}
_FIELDS = {
    word.strip(): field
    for field, words in _WORDS.items()
    for word in re.split(r"[;\n]", words)
    if word.strip()
}
_TOTAL = re.compile(r"total duration|общая (продолж|длит)")
_UTC = re.compile(r"\s*\(utc\)$")


@dataclass(frozen=True)
class Headings:
    """The headings of one table: the column of each field we know."""

    columns: Mapping[str, int]
    is_utc: bool = False
    is_of_totals: bool = False

    @property
    def has_joins(self) -> bool:
        """A line for each time somebody came, not one for each person."""
        is_joins = not {"joined", "happened"}.isdisjoint(self.columns)
        return is_joins and not self.is_of_totals

    @property
    def says_how_long(self) -> bool:
        said = {"joined", "happened", "first_joined", "length"}
        return not said.isdisjoint(self.columns)

    def text(self, line: Line, field: str) -> str:
        return line.cell(self.columns[field]) if field in self.columns else ""

    def name(self, line: Line) -> str:
        name = self.text(line, "name")
        parts = (self.text(line, "given_name"), self.text(line, "surname"))
        return name or " ".join(filter(None, parts))


def headings_of(line: Line) -> Headings | None:
    """The line as headings; None where it names no column of people.

    Zoom writes of the host and the meeting on the left and of people on the right:
    a heading right of the name is meant before one left of it.
    """
    titles = [" ".join(cell.casefold().split()) for cell in line.cells]
    fields = [_FIELDS.get(_UTC.sub("", title), "") for title in titles]
    is_named = "name" in fields or {"given_name", "surname"} <= set(fields)
    if not is_named or len({field for field in fields if field}) < 2:
        return None
    begins = fields.index("name") if "name" in fields else 0
    order = [*range(begins, len(fields)), *range(begins)]
    columns: dict[str, int] = {}
    for column in order:
        if fields[column]:
            columns.setdefault(fields[column], column)
    is_utc = any(_UTC.search(title) for title in titles)
    return Headings(columns, is_utc, any(map(_TOTAL.match, titles)))
