"""Why somebody could not check in, each in its own words."""

from django.utils import formats
from django.utils.translation import gettext as _

from lms.models import RefusedCheckIn, Session

from .sessions import AttendanceRefused

Why = RefusedCheckIn.Why


class CheckInRefused(AttendanceRefused):
    """Nobody was marked. `why` is kept with the try (ATT-25)."""

    field = "code"

    def __init__(self, text: str, why: str):
        super().__init__(text)
        self.why = why


class NotOpenYet(CheckInRefused):
    """The window has not begun; a later try is as good as a first one (ATT-15)."""


class AskTheTrainer(CheckInRefused):
    """Only the trainer can mark now (ATT-16, ATT-17)."""


class CodeRefused(CheckInRefused):
    """It is no code of this room now."""


class TicketRefused(CheckInRefused):
    """It was used before, is over, or is another person's (ATT-21)."""


class OffSite(CheckInRefused):
    """The cohort takes codes from its own place only (ATT-24)."""


class NotOnTheList(CheckInRefused):
    """Whoever it is has no place at this session."""


class TooManyTries(CheckInRefused):
    """This person or this device has to wait a minute; nobody else has."""


def closed() -> AskTheTrainer:
    text = _("The register of this session is closed. Ask the trainer.")
    return AskTheTrainer(text, Why.CLOSED)


def cancelled() -> AskTheTrainer:
    return AskTheTrainer(_("This session was cancelled."), Why.CLOSED)


def by_trainer_only() -> AskTheTrainer:
    text = _("In this cohort only the trainer marks who is there. Ask the trainer.")
    return AskTheTrainer(text, Why.CLOSED)


def not_open_yet(session: Session, opens_at) -> NotOpenYet:
    time = formats.time_format(opens_at.astimezone(session.cohort.zone), "H:i")
    text = _("Too early. You can check in from %(time)s. Read the code again then.")
    return NotOpenYet(text % {"time": time}, Why.TOO_EARLY)


def too_late() -> AskTheTrainer:
    text = _("Too late to check in yourself. Ask the trainer to mark you.")
    return AskTheTrainer(text, Why.TOO_LATE)


def unknown_code() -> CodeRefused:
    text = _("This is no code of this room. Look at it again, sign by sign.")
    return CodeRefused(text, Why.UNKNOWN)


def old_code() -> CodeRefused:
    text = _("This code is over: a new one comes every half minute. Read it again.")
    return CodeRefused(text, Why.OLD)


def code_of_another_day() -> CodeRefused:
    text = _("This is a code of an earlier session. Read the one of today.")
    return CodeRefused(text, Why.OLD)


def code_of_another_session() -> CodeRefused:
    text = _("This is the code of another session. Read the one of your own room.")
    return CodeRefused(text, Why.OTHER_SESSION)


def ticket_spent() -> TicketRefused:
    text = _("The scanned code was used already. Read the code again.")
    return TicketRefused(text, Why.SPENT)


def ticket_over() -> TicketRefused:
    text = _("It is too long ago that you scanned the code. Read it again.")
    return TicketRefused(text, Why.SPENT)


def off_site() -> OffSite:
    text = _(
        "You are not in the network of the room. Join it and try again, or ask the "
        "trainer."
    )
    return OffSite(text, Why.OFF_SITE)


def not_on_the_list() -> NotOnTheList:
    text = _("You are not on the list of this session. Ask the trainer.")
    return NotOnTheList(text, Why.NOT_EXPECTED)


def too_many_tries() -> TooManyTries:
    text = _("Too many tries. Wait a minute and try again.")
    return TooManyTries(text, Why.TOO_MANY)
