"""What a course asks of attendance, as its edition froze it."""

from collections.abc import Mapping
from dataclasses import dataclass

SESSIONS, MINUTES = "sessions", "minutes"
NOT_EXPECTED, ABSENT, TRAINER = "not_expected", "absent", "trainer"


@dataclass(frozen=True)
class Rules:
    """`percent` is the least attendance, 0 for none, measured in sessions or minutes.

    `best_of` is how many sessions count, 0 for all: the best ones (ATT-10). `before`
    says what sessions are that ended before the place began: not expected, absent, or
    whatever the trainer marks (ATT-11).
    """

    percent: int = 0
    measure: str = SESSIONS
    best_of: int = 0
    before: str = NOT_EXPECTED


def rules_of(policy: Mapping[str, object]) -> Rules:
    """From an edition's policy; what an older one does not say is as it was then."""
    return Rules(
        percent=_number(policy.get("attendance_percent")),
        measure=str(policy.get("attendance_measure", SESSIONS)),
        best_of=_number(policy.get("attendance_best_of")),
        before=str(policy.get("attendance_before", NOT_EXPECTED)),
    )


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
