"""Revoking: a class for everybody, a note for us, and a letter to the holder."""

import pytest
from django.core import mail
from django.urls import reverse

from certificates.actions import ending
from certificates.models import Certificate
from lms.actions import messages
from lms.models import Message
from tests.factories import make_user

from .held import make_holders

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def cast_once(once):
    return make_holders()


def kinds(cast):
    letters = Message.objects.filter(person=cast.person, template__contains="certif")
    rows = letters.exclude(template="certificates/mail/issued").order_by("pk")
    return [row.template.rpartition("/")[2] for row in rows]


def revoke(cast, **more):
    return ending.revoke(
        cast.certificate, by=cast.coordinator, reason="A secret note", **more
    )


@pytest.mark.parametrize("ended_class", ["", "anger", "x" * 300])
def test_a_class_that_is_not_one_of_ours_is_refused(cast, ended_class):
    """CE-20"""
    with pytest.raises(ending.ClassMissing):
        revoke(cast, ended_class=ended_class)


def test_the_holder_is_told_the_class_and_not_the_note(cast):
    """CE-20, CE-36"""
    row = revoke(cast, ended_class="conduct")
    revoke(cast, ended_class="conduct")
    messages.send_due()

    letter = mail.outbox[-1]
    assert kinds(cast) == ["revoked"]
    assert letter.to == [cast.person.email]
    assert row.get_ended_class_display() in letter.body
    assert "secret" not in letter.subject + letter.body


def test_whoever_revokes_may_tell_the_holder_otherwise(cast):
    """CE-20"""
    revoke(cast, tell_holder=False)
    ending.reinstate(cast.certificate, by=make_user(), reason="A mistake")

    assert kinds(cast) == []


def test_who_heard_of_it_hears_that_it_is_undone(cast):
    """CE-20"""
    revoke(cast)
    messages.send_due()
    ending.reinstate(cast.certificate, by=make_user(), reason="A mistake")

    assert kinds(cast) == ["revoked", "valid_again"]


def test_the_form_asks_for_the_class_and_the_note(client, cast):
    """CE-20"""
    client.force_login(cast.coordinator)
    url = reverse("certificates_list:revoke", args=[cast.certificate.pk])

    client.post(url, {"reason": "A note"})
    client.post(url, {"ended_class": "error"})
    client.post(url, {"ended_class": "holder", "reason": "A note"})
    still = Certificate.objects.get(pk=cast.certificate.pk).status
    client.post(url, {"ended_class": "deception", "reason": "A note"})

    row = Certificate.objects.get(pk=cast.certificate.pk)
    assert still == "valid"
    assert (row.status, row.ended_class, row.ended_reason) == (
        "revoked",
        "deception",
        "A note",
    )
    assert kinds(cast) == []


def test_a_copy_is_sent_from_the_page_to_people_of_the_cohort_only(client, cast):
    """CE-23"""
    client.force_login(cast.coordinator)
    url = reverse("certificates_list:send_copy", args=[cast.certificate.pk])

    client.post(url, {"chosen": ["somebody@example.org"]})
    none = Message.objects.filter(template="certificates/mail/copy").count()
    client.post(url, {"chosen": [f"trainer:{cast.trainer.pk}"]})

    letter = Message.objects.get(template="certificates/mail/copy")
    assert (none, letter.to) == (0, cast.trainer.email)


def test_copies_of_a_whole_cohort_are_sent_from_the_list_at_once(client, cast):
    """CE-23, CE-36: to people of the cohort, of what the sender may change."""
    client.force_login(cast.coordinator)
    index = reverse("certificates_list:index")
    url = reverse("certificates_list:send_copies", args=[cast.cohort.pk])
    to = f"trainer:{cast.trainer.pk}"
    narrowed = client.get(index, {"cohort": cast.cohort.pk}).content.decode()

    page = client.get(url).content.decode()
    foreign = [to], [str(cast.other_certificate.pk)]
    for chosen, certificates in (foreign, ([to], []), ([], [cast.certificate.pk])):
        client.post(url, {"chosen": chosen, "certificates": certificates})
    none = Message.objects.filter(template="certificates/mail/copy").count()
    client.post(url, {"chosen": [to], "certificates": [cast.certificate.pk]})

    letter = Message.objects.get(template="certificates/mail/copy")
    assert url in narrowed
    assert url not in client.get(index).content.decode()
    assert cast.certificate.number in page
    assert cast.other_certificate.number not in page
    assert (none, letter.to) == (0, cast.trainer.email)
    assert client.get(index, {"cohort": "9" * 40}).status_code == 200
