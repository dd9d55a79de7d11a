"""Letters through a real mail server: one that takes, refuses, hangs and hangs up."""

import email
import socket
from datetime import timedelta
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from django.core.cache import cache

from courses import clock
from lms.actions import messages
from lms.models import Message
from tests.factories import make_person

pytestmark = pytest.mark.django_db

NOW = "2026-10-12T09:00+05:00"


class Server:
    """Keeps what it takes; `refuse` answers RCPT of an address, `drop` hangs up."""

    def __init__(self):
        self.taken, self.refuse, self.drop = [], {}, False

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        letter = email.message_from_bytes(envelope.content, policy=default)
        self.taken.append((envelope.rcpt_tos, letter))
        if self.drop:
            server.transport.abort()
        return "250 OK"


@pytest.fixture
def server(settings):
    handler = Server()
    controller = Controller(handler, hostname="127.0.0.1", port=0)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        controller.port = free.getsockname()[1]
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    yield handler
    controller.stop()


def queued(person=None):
    person = person or make_person()
    # Without the job behind it: each test says when the round is.
    message = Message(
        key=f"x:{person.pk}",
        person=person,
        to=person.email,
        template="lms/mail/correction_decided",
        locale=person.locale,
        context={"decision": "accepted", "note": "Ҷамшед: исправлено"},
        queued_at=clock.now(),
        due_at=clock.now(),
    )
    message.save()
    return message


def state_of(message):
    message.refresh_from_db()
    return message.state, message.tries


@pytest.mark.parametrize("locale", ["en", "ru", "tg"])
def test_a_letter_arrives_in_each_language(server, locale):
    message = queued(make_person(locale=locale))

    assert messages.send_due() == 1

    ((to, letter),) = server.taken
    assert to == [message.to]
    assert letter["Content-Language"] == locale
    assert letter["Auto-Submitted"] == "auto-generated"
    assert "Ҷамшед: исправлено" in letter.get_content()
    assert state_of(message) == ("sent", 1)


def test_an_address_the_server_does_not_know_is_given_up_at_once(server):
    """CM-09"""
    bad, good = queued(), queued()
    server.refuse[bad.to] = "550 No such mailbox"

    assert messages.send_due() == 1

    assert state_of(bad) == ("failed", 1)
    assert bad.error == "550 No such mailbox"
    assert state_of(good) == ("sent", 1)


def test_a_server_that_is_busy_is_asked_again_after_growing_gaps(server, at):
    """CM-09"""
    at(NOW)
    message = queued()
    server.refuse[message.to] = "451 Try again later"
    gaps = []

    for _try in range(messages.TRIES - 1):
        messages.send_due()
        message.refresh_from_db()
        gaps.append(message.due_at - clock.now())
        at(message.due_at)

    assert gaps == sorted(set(gaps))
    assert message.error == "451 Try again later"
    server.refuse.clear()
    assert messages.send_due() == 1
    assert (*state_of(message), message.error) == ("sent", messages.TRIES, "")


def test_a_server_that_closes_ends_the_round_and_nothing_is_lost(server, at):
    """CM-09"""
    at(NOW)
    first, second = queued(), queued()
    server.refuse[first.to] = "421 Closing"

    assert messages.send_due() == 0

    assert state_of(first) == ("queued", 1)
    assert state_of(second) == ("queued", 0)
    assert messages.send_due() == 1
    assert state_of(second) == ("sent", 1)


def test_a_server_that_hangs_is_not_waited_for(settings, at):
    """CM-09"""
    at(NOW)
    message = queued()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = silent.getsockname()
        settings.EMAIL_TIMEOUT = 0.05

        assert messages.send_due() == 0

    assert state_of(message) == ("queued", 1)
    assert "imed out" in message.error


def test_a_server_that_takes_and_drops_gets_the_same_letter_again(server, at):
    """CM-01: whoever counts by Message-ID sees one letter."""
    now = at(NOW)
    message = queued()
    server.drop = True

    assert messages.send_due() == 0
    assert state_of(message) == ("queued", 1)
    server.drop = False
    at(now + timedelta(hours=1))
    assert messages.send_due() == 1

    assert len({letter["Message-ID"] for _to, letter in server.taken}) == 1


def test_what_was_taken_but_not_written_down_is_not_sent_twice(server, at):
    """CM-01"""
    now = at(NOW)
    message = queued()
    messages.send_due()
    # What a worker leaves that dies between the server's yes and its own note.
    Message.objects.update(state="queued", sent_at=None, due_at=now)

    assert messages.send_due() == 1

    assert len(server.taken) == 1
    assert state_of(message) == ("sent", 2)


def test_without_the_note_the_second_copy_has_the_same_id(server, at):
    """CM-01"""
    now = at(NOW)
    queued()
    messages.send_due()
    cache.clear()
    Message.objects.update(state="queued", sent_at=None, due_at=now)
    messages.send_due()

    assert len(server.taken) == 2
    assert len({letter["Message-ID"] for _to, letter in server.taken}) == 1
