"""Ways to reach a person: e-mail, a letter on paper, and a stand-in for SMS.

A channel takes a letter or raises. `has_taken` answers whether it took this very
letter before: a worker that died between sending and writing so down asks it (CM-01).
"""

import smtplib
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from django.conf import settings
from django.core.cache import cache
from django.core.mail import EmailMessage, get_connection

from courses import clock
from lms.models import Message, Person

from .composing import Letter
from .invitations import domain
from .kinds import Kind

_WEEK = 7 * 24 * 3600
_CLOSED = (
    smtplib.SMTPServerDisconnected,
    smtplib.SMTPConnectError,
    smtplib.SMTPHeloError,
    smtplib.SMTPAuthenticationError,
)


class Channel(Protocol):
    """Open while a round of letters goes out."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    def has_taken(self, message: Message) -> bool: ...

    def send(self, message: Message, letter: Letter) -> None: ...


class Email:
    """Mail over one connection for all letters of a round."""

    def __enter__(self):
        self.connection = get_connection()
        self.connection.open()
        return self

    def __exit__(self, *error):
        self.connection.close()

    def has_taken(self, message):
        """SMTP cannot be asked; our own note of the server's yes can."""
        return cache.get(_note(message)) is not None

    def send(self, message, letter):
        mail = EmailMessage(
            letter.subject,
            letter.body,
            to=[message.to],
            headers={
                "Message-ID": message_id(message),
                "Content-Language": letter.locale,
                "Auto-Submitted": "auto-generated",
            },
            connection=self.connection,
            attachments=letter.attachments,
        )
        mail.send()
        cache.set(_note(message), clock.now().isoformat(), _WEEK)


class SmsStandIn:
    """For development: writes a file for each text and sends nothing to anybody.

    On where the setting USTOD_SMS_STAND_IN names a folder.
    """

    def __enter__(self):
        self.folder = Path(settings.USTOD_SMS_STAND_IN)
        self.folder.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(self, *error):
        pass

    def has_taken(self, message):
        return self._file(message).exists()

    def send(self, message, letter):
        text = f"NOT SENT: a stand-in for SMS\nTo: {message.to}\n\n{letter.body}"
        self._file(message).write_text(text, encoding="utf-8")

    def _file(self, message) -> Path:
        return self.folder / f"sms-stand-in-{message.pk}.txt"


# Paper is printed by hand (`lms.actions.printed_letters`): no channel sends it.
CHANNELS: dict[str, type[Channel]] = {
    Message.Channel.EMAIL: Email,
    Message.Channel.SMS: SmsStandIn,
}


def way_to(person: Person, kind: Kind) -> tuple[str, str] | None:
    """The channel and the address by which this letter reaches the person."""
    if person.anonymised_at:
        return None
    if person.email:
        return Message.Channel.EMAIL, person.email
    if person.phone and getattr(settings, "USTOD_SMS_STAND_IN", ""):
        return Message.Channel.SMS, person.phone
    return (Message.Channel.PAPER, "") if kind.on_paper else None


def message_id(message: Message) -> str:
    """The same at every try, so that a second copy is known as one (CM-01)."""
    return f"<message-{message.pk}.{message.queued_at:%Y%m%d%H%M%S}@{domain()}>"


def is_closed(error: Exception) -> bool:
    """The server is not there, hangs or hung up: the next letter fares no better."""
    if isinstance(error, smtplib.SMTPException):
        return isinstance(error, _CLOSED) or 421 in _codes(error)
    return isinstance(error, OSError)


def is_final(error: Exception) -> bool:
    """The server knows no such address: trying again changes nothing."""
    if not isinstance(error, smtplib.SMTPRecipientsRefused):
        return False
    return all(code >= 500 for code in _codes(error))


def in_words(error: Exception) -> str:
    """The reason as staff read it: what the server said."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        answers = [f"{code} {_text(said)}" for code, said in error.recipients.values()]
        return "; ".join(answers)
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_text(error.smtp_error)}"
    return f"{type(error).__name__}: {error}"


def _codes(error: smtplib.SMTPException) -> list[int]:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return [code for code, _said in error.recipients.values()]
    return [getattr(error, "smtp_code", 0)]


def _text(said: bytes | str) -> str:
    return said.decode(errors="replace") if isinstance(said, bytes) else said


def _note(message: Message) -> str:
    return f"letter-taken:{message_id(message)}"
