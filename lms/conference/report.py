"""What a report holds once it is read, whatever conference wrote it."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from enum import StrEnum
from typing import NamedTuple


class Form(StrEnum):
    ZOOM = "zoom"
    TEAMS = "teams"
    TABLE = "table"


@dataclass(frozen=True)
class Meeting:
    """The session a report is about. `zone`: whose clock the report goes by."""

    begins: datetime
    ends: datetime
    zone: tzinfo

    @property
    def day(self) -> date:
        return self.begins.astimezone(self.zone).date()

    @property
    def seconds(self) -> int:
        return int((self.ends - self.begins).total_seconds())


@dataclass(frozen=True)
class Join:
    """One line: somebody was there from then till then, or so many seconds.

    `is_total`: the line is one for all of a person's comings, and `seconds` is what
    they come to; the span is from the first to the last.
    """

    line: int
    name: str
    email: str = ""
    span: tuple[datetime, datetime] | None = None
    seconds: int | None = None
    is_total: bool = False


class Unread(NamedTuple):
    """A line that says nothing we understand; `why` is translated."""

    line: int
    why: str


@dataclass(frozen=True)
class Report:
    form: Form
    joins: tuple[Join, ...]
    unread: tuple[Unread, ...] = ()
