"""What completing takes: one list of requirements for every screen, report and rule."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction
from typing import Literal, Protocol

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from .attendance_rules import MINUTES
from .sums import Sums, reaches

Text = str | Promise
Kind = Literal["lesson", "quiz", "attendance"]
State = Literal["done", "open", "lost", "waived"]

ATTENDANCE = "attendance"
MANDATORY = "mandatory_sessions"
# What is asked of sessions, by its key.
ATTENDED: dict[str, Text] = {
    ATTENDANCE: _("Attendance"),
    MANDATORY: _("Sessions that must be attended"),
}

DONE = _("Done.")
WAIVED = _("Waived.")
TO_DO: dict[str, Text] = {
    "opened": _("Not opened yet."),
    "read": _("Not read to the end yet."),
    "self_check": _("The self-check is not answered yet."),
    "sign_off": _("The trainer has not signed it off yet."),
    "quiz": _("Not tried yet."),
}


class Activity(Protocol):
    """What the outline says of a lesson or a quiz."""

    @property
    def key(self) -> object: ...
    @property
    def title(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def completes(self) -> str: ...


@dataclass(frozen=True)
class Requirement:
    """One thing to do. `value` and `needed` are percents where it has any.

    `is_awaiting`: it was handed in, somebody else has to mark it.

    `why` says in the reader's language what is missing.
    """

    key: str
    kind: Kind
    title: Text
    met: bool
    value: Fraction | None = None
    needed: Fraction | None = None
    why: Text = DONE
    can_still_be_met: bool = True
    is_waived: bool = False
    is_awaiting: bool = False

    @property
    def state(self) -> State:
        """In one word, for tables of many."""
        if self.is_waived:
            return "waived"
        if self.met:
            return "done"
        return "open" if self.can_still_be_met else "lost"


@dataclass(frozen=True)
class QuizResult:
    """What one enrolment's attempts at a quiz come to, in percent."""

    best: Fraction | None
    needed: Fraction
    attempts_left: bool
    is_awaiting: bool = False


def requirements(
    activities: Iterable[Activity],
    *,
    completed: set[str],
    waived: set[str],
    quizzes: Mapping[str, QuizResult],
    attendance: Sums | None,
) -> list[Requirement]:
    """Everything this edition asks, in teaching order, attendance last.

    `activities` are the required ones that exist; keys are text. `attendance` None
    means that no session is asked for. Mandatory sessions are asked for apart from
    the percentage (ATT-51).
    """
    found = [
        _quiz(activity, str(activity.key) in completed, quizzes.get(str(activity.key)))
        if activity.kind == "quiz"
        else _lesson(activity, str(activity.key) in completed)
        for activity in activities
    ]
    if attendance is not None and attendance.rules.percent:
        found.append(_attendance(attendance, attendance.rules.percent))
    if attendance is not None and attendance.mandatory:
        found.append(_mandatory(attendance))
    return [_waive(one) if one.key in waived else one for one in found]


def is_complete(found: list[Requirement], *, activities_required: int) -> bool:
    """Is all of it done? A course taken off the site for a while completes nobody."""
    activities = [one for one in found if one.kind != "attendance"]
    if activities_required and not activities:
        return False
    return bool(found) and all(one.met for one in found)


def percent_done(required: Iterable[object], completed: set[str]) -> int:
    """Whole percents of the required activities done; 100 only when all are."""
    keys = {str(key) for key in required}
    return len(keys & completed) * 100 // len(keys) if keys else 0


def seconds_missing(shown_at: datetime, least_seconds: int, now: datetime) -> int:
    """How much longer reading takes at least, in whole seconds; 0 when long enough."""
    left = shown_at + timedelta(seconds=least_seconds) - now
    return max(-(-left // timedelta(seconds=1)), 0)


def percent_text(percent: Fraction) -> str:
    """For reading: cut to a tenth, so that 79.96 is never shown as the 80 it is not."""
    exact = Decimal(percent.numerator) / percent.denominator
    cut = exact.quantize(Decimal("0.1"), ROUND_DOWN)
    shown = number_format(cut.normalize() if cut % 1 else int(cut))
    return gettext("%(number)s%%") % {"number": shown}


def _waive(one: Requirement) -> Requirement:
    if one.met:
        return one
    return replace(one, met=True, why=WAIVED, can_still_be_met=True, is_waived=True)


def _lesson(activity: Activity, is_done: bool) -> Requirement:
    why = DONE if is_done else TO_DO.get(activity.completes, TO_DO["read"])
    return Requirement(str(activity.key), "lesson", activity.title, is_done, why=why)


def _quiz(activity: Activity, is_done: bool, result: QuizResult | None) -> Requirement:
    if result is None:
        why = DONE if is_done else TO_DO["quiz"]
        return Requirement(str(activity.key), "quiz", activity.title, is_done, why=why)
    return Requirement(
        str(activity.key),
        "quiz",
        activity.title,
        is_done,
        result.best,
        result.needed,
        DONE if is_done else _quiz_why(result),
        is_done or result.attempts_left or result.is_awaiting,
        is_awaiting=not is_done and result.is_awaiting,
    )


def _quiz_why(result: QuizResult) -> Text:
    if result.is_awaiting:
        return _("Handed in; it is still being marked.")
    if not result.attempts_left:
        return format_lazy(
            _("No attempt is left; {needed} is needed. The trainer can help."),
            needed=percent_text(result.needed),
        )
    if result.best is None:
        return TO_DO["quiz"]
    return format_lazy(
        _("{value} so far, {needed} is needed."),
        value=percent_text(result.best),
        needed=percent_text(result.needed),
    )


def _attendance(sums: Sums, least: int) -> Requirement:
    """Met once no later absence can undo it: sessions to come count as missed."""
    met = reaches(sums.projected, least)
    best = sums.best_possible
    can_still = best is None or best >= least
    return Requirement(
        ATTENDANCE,
        "attendance",
        ATTENDED[ATTENDANCE],
        met,
        sums.percent,
        Fraction(least),
        DONE if met else _attendance_why(sums, least, can_still),
        met or can_still,
    )


def _attendance_why(sums: Sums, least: int, can_still: bool) -> Text:
    if sums.percent is None:
        if sums.to_come:
            return _("The sessions have not begun yet.")
        return _("No session counts yet. The coordinator can help.")
    if not can_still:
        text = _("{value} so far; {least} cannot be reached any more.")
    elif sums.rules.measure == MINUTES:
        text = _("{value} of the minutes so far; {least} of all is needed.")
    else:
        text = _("{value} so far; {least} of all sessions is needed.")
    return format_lazy(
        text, value=percent_text(sums.percent), least=percent_text(Fraction(least))
    )


def _mandatory(sums: Sums) -> Requirement:
    """Each must be attended, late or not; an excuse does not stand in for it."""
    missed = [one.number for one in sums.lacking if one.is_missed]
    open_ = [one.number for one in sums.lacking if not one.is_missed]
    return Requirement(
        MANDATORY,
        "attendance",
        ATTENDED[MANDATORY],
        not sums.lacking,
        why=_mandatory_why(missed, open_),
        can_still_be_met=not missed,
    )


def _mandatory_why(missed: list[int], open_: list[int]) -> Text:
    if not missed and not open_:
        return DONE
    words = ngettext_lazy(
        "Not complete: session {numbers}.",
        "Not complete: sessions {numbers}.",
        len(missed) + len(open_),
    )
    numbers = ", ".join(number_format(one) for one in sorted([*missed, *open_]))
    said = format_lazy(words, numbers=numbers)
    if missed:
        return format_lazy("{said} {help}", said=said, help=_("The trainer can help."))
    return said
