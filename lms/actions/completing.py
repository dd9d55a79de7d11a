"""What else happens when a place is completed; an app above `lms` adds its step."""

from collections.abc import Callable

from lms.models import Enrolment

Step = Callable[[Enrolment], None]
_steps: list[Step] = []


def register_step(step: Step) -> None:
    """Called inside the transaction that completes; a second call adds nothing."""
    if step not in _steps:
        _steps.append(step)


def take_steps(enrolment: Enrolment) -> None:
    for step in _steps:
        step(enrolment)
