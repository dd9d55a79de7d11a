"""Letters: written once, sent after the fact is kept, tried again if the post fails."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from courses import clock
from lms.actions import messages
from lms.models import Message
from tests.factories import make_person

pytestmark = pytest.mark.django_db

LETTER = "lms/mail/correction_decided"
CONTEXT = {"name": "Gʻulom O'tkir", "decision": "yes"}


class Closed(BaseEmailBackend):
    """A post office that takes no letters."""

    def send_messages(self, letters):
        raise ConnectionRefusedError("nobody there")


@pytest.fixture
def post_closed(settings):
    settings.EMAIL_BACKEND = f"{__name__}.Closed"


def queue(person=None, key="certificate:1:holder", **fields):
    return messages.queue(
        person or make_person(), key=key, template=LETTER, context=CONTEXT, **fields
    )


def test_a_letter_goes_out_once_however_often_it_is_asked_for(
    django_capture_on_commit_callbacks,
):
    """CE-36"""
    person = make_person()

    with django_capture_on_commit_callbacks(execute=True):
        first, second = queue(person), queue(person)
    messages.send_due()

    assert first == second
    assert len(mail.outbox) == 1
    first.refresh_from_db()
    assert first.state == "sent"
    assert first.sent_at


def test_a_transaction_that_fails_sends_nothing(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        queue()
        transaction.set_rollback(True)

    assert mail.outbox == []
    assert not Message.objects.exists()


def test_the_words_are_plain_text_in_the_persons_language():
    queue(make_person(locale="ru"))

    messages.send_due()

    (letter,) = mail.outbox
    assert "Gʻulom O'tkir" in letter.body
    assert "\n" not in letter.subject


def test_nobody_is_written_to_who_has_no_address():
    assert queue(make_person(email="")) is None
    assert queue(make_person(anonymised_at=clock.now()), key="other") is None


def test_a_letter_waits_for_its_time(at):
    now = at("2026-10-12T09:00+05:00")
    queue(due_at=now + timedelta(hours=1))

    assert messages.send_due() == 0
    at(now + timedelta(hours=1))
    assert messages.send_due() == 1


@pytest.mark.usefixtures("post_closed")
def test_a_letter_that_cannot_be_sent_is_tried_later_and_then_given_up(at):
    now = at("2026-10-12T09:00+05:00")
    letter = queue()

    assert messages.send_due() == 0
    assert messages.send_due() == 0
    letter.refresh_from_db()
    assert (letter.state, letter.tries) == ("queued", 1)
    assert letter.error == "ConnectionRefusedError: nobody there"

    for _try in range(messages.TRIES):
        now = at(now + timedelta(hours=12))
        messages.send_due()
    letter.refresh_from_db()
    assert (letter.state, letter.tries) == ("failed", messages.TRIES)


def test_a_letter_another_worker_took_is_left_to_it():
    """CE-36"""
    letter = queue()
    Message.objects.update(tries=1)

    assert not messages._claim(letter, clock.now())
