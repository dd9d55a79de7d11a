"""A register as it stands on the screen and as it comes back.

Each line carries what it showed ("seen"): a line nobody touched is not sent on, so it
can never overwrite what a colleague marked meanwhile.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lms.actions.attendance import Row
from lms.attendance import Line, sheet_of, statuses_of
from lms.models import Mark, MarkStatus, Session

# One tap each, in this order; every other status stands behind the name.
AT_HAND = ("present", "late", "excused", "absent")
TONES = {
    "present": "done",
    "late": "late",
    "left_early": "late",
    "excused": "info",
    "absent": "decide",
}
LETTERS = {
    "present": pgettext_lazy("one letter for a mark", "P"),
    "late": pgettext_lazy("one letter for a mark", "L"),
    "left_early": pgettext_lazy("one letter for a mark", "Lv"),
    "excused": pgettext_lazy("one letter for a mark", "E"),
    "absent": pgettext_lazy("one letter for a mark", "A"),
}
LONGEST_REMARK = Mark._meta.get_field("remark").max_length
# An enrolment's key; what is longer is none, and costly to read.
KEY = re.compile(r"[0-9]{1,18}")
SEEN = re.compile(r"(\d{1,9}) ([-\w]*) ?(.*)", re.ASCII | re.DOTALL)


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
        return str(LETTERS.get(self.code, self.word[:1]))

    @property
    def tone(self) -> str:
        return TONES.get(self.code, "info")


@dataclass(frozen=True)
class Sent:
    """One line as it came back, beside what it had shown."""

    pk: int
    code: str
    remark: str
    seen_version: int
    seen_code: str
    seen_remark: str

    @property
    def is_touched(self) -> bool:
        return (self.code, self.remark) != (self.seen_code, self.seen_remark)

    @property
    def is_too_long(self) -> bool:
        return len(self.remark) > LONGEST_REMARK

    @property
    def row(self) -> Row:
        return Row(self.pk, self.code, self.seen_version, self.remark)


@dataclass
class Entry:
    """One line on the screen. `wanted` is a choice that is not saved yet."""

    line: Line
    code: str
    remark: str
    seen: str
    wanted: Choice | None = None
    is_asked: bool = False
    error: str | Promise = ""

    @property
    def tone(self) -> str:
        return TONES.get(self.line.code, "info")


def sent_lines(data: Mapping[str, str]) -> list[Sent]:
    """Every line of a posted form; what no page sends is left out."""
    found = []
    for name in data:
        number = name.removeprefix("seen-")
        seen = SEEN.fullmatch(data[name])
        if name == number or not seen or not KEY.fullmatch(number):
            continue
        version, code, remark = seen.groups()
        found.append(
            Sent(
                int(number),
                data.get(f"mark-{number}", code),
                data.get(f"remark-{number}", remark).strip(),
                int(version),
                code,
                remark,
            )
        )
    return found


class RegisterForm:
    """Everything the page shows of a register; `sent` fills in what was not saved."""

    def __init__(self, session: Session, sent: Iterable[Sent] = ()):
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
            seen = f"{line.version} {line.code} {line.remark}"
            return Entry(line, line.code, line.remark, seen)
        seen = f"{sent.seen_version} {sent.seen_code} {sent.seen_remark}"
        wanted = self.choices.get(sent.code)
        entry = Entry(line, sent.code, sent.remark, seen, wanted)
        if sent.is_too_long:
            entry.error = _("A remark has at most %(limit)s characters.") % {
                "limit": LONGEST_REMARK
            }
        return entry

    def ask(self, pks: set[int]) -> None:
        """These lines were marked otherwise meanwhile: show both and choose neither."""
        for entry in self.entries:
            if entry.line.pk in pks:
                line = entry.line
                entry.seen = f"{line.version} {line.code} {line.remark}"
                entry.remark = entry.remark or line.remark
                entry.code, entry.is_asked = "", True

    @cached_property
    def at_hand(self) -> list[Choice]:
        return [self.choices[code] for code in AT_HAND if code in self.choices]

    @property
    def at_hand_codes(self) -> tuple[str, ...]:
        return AT_HAND

    @cached_property
    def further(self) -> list[Choice]:
        return [one for code, one in self.choices.items() if code not in AT_HAND]

    @property
    def expected(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.line.is_expected]

    @property
    def unsaved(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.wanted]

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
    def missing(self) -> int:
        return len(self.expected) - self.marked
