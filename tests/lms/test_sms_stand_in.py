"""The stand-in for SMS: off by default, writes files, never claims to have sent."""

import pytest

from lms.actions import messages
from lms.models import Message
from tests.factories import make_person

pytestmark = pytest.mark.django_db

LETTER = "lms/mail/correction_decided"


def queue(person):
    context = {"decision": "yes", "note": ""}
    return messages.queue(person, key="a", template=LETTER, context=context)


def test_it_writes_a_file_that_says_that_nothing_was_sent(settings, tmp_path):
    settings.USTOD_SMS_STAND_IN = str(tmp_path / "texts")
    person = make_person(email="", phone="+992900000001")

    queue(person)
    messages.send_due()
    messages.send_due()

    [file] = (tmp_path / "texts").iterdir()
    text = file.read_text(encoding="utf-8")
    assert text.startswith("NOT SENT: a stand-in for SMS\nTo: +992900000001\n")
    assert person.legal_name in text
    letter = Message.objects.get()
    assert letter.channel == "sms"
    assert "sends nothing" in letter.get_channel_display()


def test_it_is_off_by_default():
    assert queue(make_person(email="", phone="+992900000001")) is None
