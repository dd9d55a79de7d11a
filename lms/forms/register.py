"""A register as it stands on the screen and as it comes back.

Each line carries what it showed ("seen"): a line nobody touched is not sent on, so it
can never overwrite what a colleague marked meanwhile.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from lms.actions.attendance import UNTOUCHED, Row
from lms.attendance import Line, sheet_of, statuses_of
from lms.models import Mark, MarkStatus, Session
from lms.statuses import letter_of, missed_of, tone_of

# One tap each, in this order; every other status stands behind the name. Of a set that
# was made the first as many are at hand.
AT_HAND = ("present", "late", "excused", "absent")
LONGEST_REMARK = Mark._meta.get_field("remark").max_length
# An enrolment's key; what is longer is none, and costly to read.
KEY = re.compile(r"[0-9]{1,18}")
MINUTES = re.compile(r"[0-9]{1,4}")
SEEN = re.compile(r"(\d{1,9}) ([-\w]*)(?: (\d*))? ?(.*)", re.ASCII | re.DOTALL)
# How the names of a line's fields begin.
LINE = ("seen-", "mark-", "minutes-", "remark-")


@dataclass(frozen=True)
class Choice:
    """A status as a button: its letter on a phone, its word where there is room."""

    status: MarkStatus

    @property
    def code(self) -> str:
        return self.status.code

    @cached_property
    def word(self) -> str:
        return str(self.status)

    @cached_property
    def letter(self) -> str:
        return letter_of(self.status)

    @property
    def tone(self) -> str:
        return tone_of(self.status)


@dataclass(frozen=True)
class Sent:
    """One line as it came back, beside what it had shown."""

    pk: int
    code: str
    minutes: str
    remark: str
    seen_version: int
    seen_code: str
    seen_minutes: str
    seen_remark: str

    @property
    def is_touched(self) -> bool:
        return (self.code, self.minutes, self.remark) != (
            self.seen_code,
            self.seen_minutes,
            self.seen_remark,
        )

    @property
    def seen(self) -> str:
        return _seen(
            self.seen_version, self.seen_code, self.seen_minutes, self.seen_remark
        )

    @property
    def error(self) -> str:
        """What is wrong with the line itself, be it whose it may."""
        if len(self.remark) > LONGEST_REMARK:
            text = _("A remark has at most %(limit)s characters.")
            return text % {"limit": LONGEST_REMARK}
        if self.minutes and not MINUTES.fullmatch(self.minutes):
            return _("Write the minutes as a whole number.")
        return ""

    @property
    def row(self) -> Row:
        minutes = int(self.minutes) if self.minutes else None
        if self.minutes == self.seen_minutes:
            minutes = UNTOUCHED
        return Row(self.pk, self.code, self.seen_version, self.remark, minutes)


@dataclass
class Entry:
    """One line on the screen. `wanted` is a choice that is not saved yet."""

    line: Line
    code: str
    minutes: str
    remark: str
    seen: str
    wanted: Choice | None = None
    is_asked: bool = False
    is_unsaved: bool = False
    error: str = ""

    @property
    def tone(self) -> str:
        return tone_of(self.line.status)


def sent_lines(data: Mapping[str, str]) -> list[Sent]:
    """Every line of a posted form; what no page sends is left out."""
    found = []
    for name in data:
        number = name.removeprefix("seen-")
        seen = SEEN.fullmatch(data[name])
        if name == number or not seen or not KEY.fullmatch(number):
            continue
        version, code, minutes, remark = seen.groups(default="")
        found.append(
            Sent(
                int(number),
                data.get(f"mark-{number}", code),
                data.get(f"minutes-{number}", minutes).strip(),
                data.get(f"remark-{number}", remark).replace("\x00", "").strip(),
                int(version),
                code,
                minutes,
                remark,
            )
        )
    return found


def _seen(version: int, code: str, minutes: str, remark: str) -> str:
    return f"{version} {code} {minutes} {remark}"


def _seen_now(line: Line) -> str:
    return _seen(line.version, line.code, _minutes_of(line), line.remark)


def _minutes_of(line: Line) -> str:
    return "" if line.minutes is None else str(line.minutes)


class RegisterForm:
    """Everything the page shows of a register; `sent` fills in what was not saved."""

    def __init__(self, session: Session, sent: Iterable[Sent] = ()):
        self.session = session
        self.is_usual = session.status_set == MarkStatus.USUAL
        self.choices = {
            code: Choice(status) for code, status in statuses_of(session).items()
        }
        sent = {one.pk: one for one in sent}
        self.entries = [
            self._entry(line, sent.get(line.pk)) for line in sheet_of(session)
        ]

    def _entry(self, line: Line, sent: Sent | None) -> Entry:
        """With the version the trainer saw, so that a later save still compares."""
        if sent is None or not sent.is_touched:
            return Entry(
                line, line.code, _minutes_of(line), line.remark, _seen_now(line)
            )
        wanted = self.choices.get(sent.code)
        return Entry(
            line,
            sent.code,
            sent.minutes,
            sent.remark,
            sent.seen,
            wanted,
            is_unsaved=True,
            error=sent.error or self._too_long(sent),
        )

    def _too_long(self, sent: Sent) -> str:
        if not sent.minutes or int(sent.minutes) <= self.session.minutes:
            return ""
        text = _("The session has %(limit)s minutes.")
        return text % {"limit": self.session.minutes}

    def ask(self, pks: set[int]) -> None:
        """These lines were marked otherwise meanwhile: show both and choose neither."""
        for entry in self.entries:
            if entry.line.pk in pks:
                line = entry.line
                entry.seen = _seen_now(line)
                entry.minutes = entry.minutes or _minutes_of(line)
                entry.remark = entry.remark or line.remark
                entry.code, entry.is_asked = "", True

    @cached_property
    def at_hand(self) -> list[Choice]:
        return [self.choices[code] for code in self.at_hand_codes]

    @property
    def at_hand_codes(self) -> tuple[str, ...]:
        if self.is_usual:
            return tuple(code for code in AT_HAND if code in self.choices)
        return tuple(self.choices)[: len(AT_HAND)]

    @cached_property
    def further(self) -> list[Choice]:
        at_hand = self.at_hand_codes
        return [one for code, one in self.choices.items() if code not in at_hand]

    @property
    def expected(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.line.is_expected]

    @property
    def unsaved(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.wanted]

    @property
    def is_unsaved(self) -> bool:
        """Does the page hold anything that would be lost with it?"""
        return any(entry.is_unsaved for entry in self.entries)

    @property
    def wrong(self) -> list[Entry]:
        """The lines for whose sake nothing was saved."""
        return [entry for entry in self.entries if entry.error]

    @property
    def counts(self) -> list[tuple[Choice, int]]:
        """How many of each status are recorded, whether at hand or not."""
        codes = [entry.line.code for entry in self.expected]
        return [
            (choice, codes.count(choice.code))
            for choice in [*self.at_hand, *self.further]
        ]

    @property
    def marked(self) -> int:
        return sum(bool(entry.line.code) for entry in self.expected)

    @property
    def has_missed(self) -> bool:
        """Is there a status for who was not there and has no excuse?"""
        return missed_of([one.status for one in self.choices.values()]) is not None

    @property
    def missing(self) -> int:
        return len(self.expected) - self.marked
