"""Holders hear 90 and 30 days before the last day of a certificate, once each."""

from datetime import date, timedelta

import pytest
from django.core import mail

from certificates.actions import issuing
from certificates.actions.expiring import tell_who_expires
from certificates.letters import EXPIRES
from certificates.models import Certificate
from lms.actions import messages
from lms.models import Message

pytestmark = pytest.mark.django_db

LAST_DAY = date(2028, 10, 12)


@pytest.fixture
def night(at, issued):
    """`night(90)` is the nightly round so many days before the last one."""
    Certificate.objects.update(valid_until=LAST_DAY)
    Message.objects.all().delete()

    def run(days_left):
        at(f"{LAST_DAY - timedelta(days=days_left)}T21:00+05:00")
        tell_who_expires()
        return Message.objects.filter(template=EXPIRES.key).count()

    return run


def test_holders_are_told_ninety_and_thirty_days_before_and_once_each(night, issued):
    """CM-01"""
    assert night(91) == 0
    assert [night(90), night(90), night(31)] == [1, 1, 1]
    assert [night(30), night(30), night(0)] == [2, 2, 2]
    assert night(-1) == 2

    keys = set(Message.objects.values_list("key", flat=True))
    pk = issued.certificate.pk
    assert keys == {f"certificate:{pk}:expires:{days}" for days in (30, 90)}


def test_a_night_that_was_missed_tells_late_and_once(night):
    assert night(29) == 1
    assert night(28) == 1


def test_a_letter_about_a_revoked_certificate_is_not_sent(night, issued):
    """CM-02"""
    night(90)
    issuing.revoke(issued.certificate, by=issued.by, reason="Wrong person")

    messages.send_due()

    letter = Message.objects.get(template=EXPIRES.key)
    assert (letter.state, letter.dropped_because) == ("dropped", "replaced")
    assert night(30) == 1


def test_the_letter_says_which_certificate_and_until_when(night, issued):
    night(90)

    messages.send_due()

    [letter] = mail.outbox
    assert letter.to == [issued.person.email]
    assert issued.certificate.number in letter.subject + letter.body
    assert "2028" in letter.body
