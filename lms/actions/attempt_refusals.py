"""Why an attempt does not start or an answer is not taken."""

from lms.models import Response

from .refusal import Refused


class AttemptRefused(Refused):
    """Nothing was changed; the text says why."""


class NotStudying(AttemptRefused):
    """The place is not active, or its edition does not have this quiz."""


class CodeNeeded(AttemptRefused):
    """The quiz is sat in a room, whose code or a ticket lets one in."""


class CodeRefused(AttemptRefused):
    """The code of a room or of a ticket does not let this person in here now."""

    field = "code"


class NoAttemptLeft(AttemptRefused):
    """All attempts are used up; one counts from its start (QZ-02)."""


class TooEarly(AttemptRefused):
    """The quiz opens later, or the pause after the last attempt is not over."""


class QuizClosed(AttemptRefused):
    """The quiz is closed for this participant."""


class QuizNotReady(AttemptRefused):
    """The quiz has no questions, or one that is not there any more."""


class PoolTooSmall(QuizNotReady):
    """A draw asks for more questions than its shelf holds."""


class TamperedAnswer(AttemptRefused):
    """No page of ours sends this (QZ-21)."""


class AnswerTooLong(TamperedAnswer):
    """The page's field takes no more characters."""


class AttemptEnded(AttemptRefused):
    """Handed in already; answers do not change any more."""


class TooLate(AttemptEnded):
    """The time was over; what was saved before counts."""


class TimeIsLeft(AttemptRefused):
    """A browser's clock says that the time is up; the server's does not (QZ-10)."""


class StaleAnswer(AttemptRefused):
    """A newer answer is stored, from another tab or device; `newer` is its response."""

    def __init__(self, text, newer: Response):
        super().__init__(text)
        self.newer = newer
