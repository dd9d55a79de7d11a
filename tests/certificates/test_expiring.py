"""Holders hear 90 and 30 days before the last day of a certificate, once each."""

from datetime import date, timedelta

import pytest
from django.core import mail

from certificates.actions import ending
from certificates.actions.expiring import tell_who_expires
from certificates.actions.issuing import issue
from certificates.letters import EXPIRES
from certificates.models import AwardRule, Certificate
from courses import clock
from courses.models import CoursePage
from lms.actions import messages
from lms.models import Message

from .builders import make_completed

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
    ending.revoke(issued.certificate, by=issued.by, reason="Wrong person")

    messages.send_due()

    letter = Message.objects.get(template=EXPIRES.key)
    assert (letter.state, letter.dropped_because) == ("dropped", "replaced")
    assert night(30) == 1


def renewed(issued, **fields):
    """Who took the course again renewed it; what became of that one."""
    again = issue(make_completed(issued.person), by=issued.by)
    Certificate.objects.filter(pk=again.pk).update(renews=issued.certificate, **fields)
    Message.objects.all().delete()


def test_who_has_renewed_it_is_not_told(night, issued):
    renewed(issued)

    assert night(90) == 0


def test_a_renewal_that_was_revoked_is_none(night, issued):
    renewed(issued, status="revoked", ended_at=clock.now(), ended_reason="x")

    assert night(90) == 1
    messages.send_due()

    assert Message.objects.get(template=EXPIRES.key).state == "sent"


def test_the_last_day_is_that_of_the_issuer_wherever_the_site_is(night, settings):
    settings.USTOD_ISSUER_ZONE = "Pacific/Kiritimati"

    assert night(0) == 0


OVER = "It is not renewed: after its last day it does not count any more."


@pytest.mark.parametrize(
    ("rule", "kind", "is_live", "said"),
    [
        (
            {"renewal": "old_end", "valid_months": 24, "opens_months": 3},
            "completion",
            True,
            "It can be renewed from 12 July 2028 on. Ask your coordinator how.",
        ),
        (
            {},
            "completion",
            True,
            f"{OVER} You get a new one by taking the course again.",
        ),
        ({"is_on": False}, "completion", True, OVER),
        ({}, "completion", False, OVER),
        (
            {},
            "trainer",
            True,
            f"{OVER} You get a new one by teaching the course again.",
        ),
    ],
    ids=["renewed", "taken again", "given no more", "closed course", "taught again"],
)
def test_the_letter_says_how_one_gets_a_new_one_if_at_all(
    night, issued, rule, kind, is_live, said
):
    """CE-17. It names the course in no case: others may read the mailbox (CM-11)."""
    row = issued.certificate
    AwardRule.objects.update_or_create(course_key=None, kind=kind, defaults=rule)
    Certificate.objects.update(kind=kind)
    course = CoursePage.objects.get(translation_key=row.cohort.edition.course_key)
    CoursePage.objects.update(live=is_live)
    night(90)

    messages.send_due()

    [letter] = mail.outbox
    assert f"{said}\n" in letter.body
    assert ("coordinator" in letter.body) is ("renewal" in rule)
    assert course.slug not in letter.body
    assert course.title not in letter.body


def test_the_letter_says_which_certificate_and_until_when(night, issued):
    night(90)

    messages.send_due()

    [letter] = mail.outbox
    assert letter.to == [issued.person.email]
    assert issued.certificate.number in letter.subject + letter.body
    assert "2028" in letter.body
