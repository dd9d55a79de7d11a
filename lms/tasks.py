"""What the job worker does by the clock; safe to run twice."""

from .actions import attempts
from .actions.messages import send_due


def every_minute() -> None:
    """Hand in attempts whose time is up; send letters that wait for their time."""
    attempts.sweep()
    send_due()
