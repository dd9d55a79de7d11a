"""What a participant is shown of an attempt that ended, and when (QZ-28)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

# How long after handing in it is still "right after".
RIGHT_AFTER = timedelta(minutes=2)


class What(StrEnum):
    """`ANSWERS` are one's own: without them nothing of a question is shown."""

    ANSWERS = "answers"
    SCORE = "score"
    MARKS = "marks"
    RIGHT = "right"
    EXPLANATION = "explanation"
    FEEDBACK = "feedback"
    OVERALL = "overall"


class Phase(StrEnum):
    AFTER = "after"
    OPEN = "open"
    CLOSED = "closed"


class Preset(StrEnum):
    PASSED = "passed"
    AT_ONCE = "at_once"
    CLOSED = "closed"
    CUSTOM = "custom"


EVERYTHING = frozenset(What)
# What gives away what would have been right.
SOLUTION = frozenset([What.RIGHT, What.EXPLANATION])


def phase_of(*, ended_at: datetime, closed_at: datetime | None, now: datetime) -> Phase:
    """`closed_at` is when the last one may answer; None: the quiz never closes."""
    if closed_at is not None and now > closed_at:
        return Phase.CLOSED
    return Phase.AFTER if now < ended_at + RIGHT_AFTER else Phase.OPEN


def released(
    preset: str, custom: Iterable[str], phase: Phase, *, is_decided: bool
) -> frozenset[What]:
    """What is shown in this phase; `is_decided`: passed, or no attempt is left."""
    if preset == Preset.AT_ONCE:
        return EVERYTHING
    if preset == Preset.CLOSED:
        return EVERYTHING if phase == Phase.CLOSED else frozenset([What.SCORE])
    if preset == Preset.CUSTOM:
        return _ticked(custom, phase)
    return EVERYTHING if is_decided else EVERYTHING - SOLUTION


def cell(what: What, phase: Phase) -> str:
    """How a tick of the table is stored."""
    return f"{what}:{phase}"


def _ticked(custom: Iterable[str], phase: Phase) -> frozenset[What]:
    ticks = set(custom)
    shown = frozenset(what for what in What if cell(what, phase) in ticks)
    if What.ANSWERS in shown:
        return shown
    return shown & {What.SCORE, What.OVERALL}
