"""Links that show a certificate: the holder's, and copies that staff send."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from wagtail.models import ModelLogEntry

from certificates.actions import ending, sharing
from certificates.models import Certificate, ShareLink
from certificates.recipients import recipients_of
from courses import clock
from lms.actions import messages
from lms.models import Message
from tests.cast import choose_language
from tests.factories import make_nomination, make_person

from .builders import make_completed
from .held import make_holders

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def cast_once(once):
    return make_holders()


@pytest.fixture
def link(cast):
    return sharing.share(cast.certificate, by=cast.participant)


def shown(client, link):
    return client.get(reverse("certificates:shared", args=[link.token]))


def main(response):
    return response.content.decode().partition("<main")[2].partition("</main>")[0]


def test_a_link_is_made_once_and_cannot_be_guessed(cast, link):
    again = sharing.share(cast.certificate, by=cast.participant)

    assert again == link
    assert len(link.token.partition("-")[2]) * 4 >= 128
    assert link.key not in (cast.certificate.code, str(cast.certificate.pk))
    assert ModelLogEntry.objects.filter(action="certificates.share").count() == 1


def test_the_table_alone_opens_nothing(client, link):
    response = client.get(reverse("certificates:shared", args=[link.key]))
    forged = client.get(reverse("certificates:shared", args=[f"{link.key}-{'0' * 40}"]))

    assert (response.status_code, forged.status_code) == (404, 404)


def test_whoever_has_the_link_sees_the_full_name_and_the_very_file(client, cast, link):
    response = shown(client, link)
    file = client.get(
        reverse("certificates:shared_file", args=[link.token]), {"inline": ""}
    )

    html = response.content.decode()
    assert cast.certificate.content["holder"] in html
    assert cast.certificate.number in html
    assert response["Referrer-Policy"] == "no-referrer"
    assert "noindex" in response["X-Robots-Tag"]
    assert file.getvalue() == cast.certificate.pdf.open("rb").read()
    assert file["Content-Disposition"].startswith("inline")


def test_views_are_counted_and_viewers_are_not(client, link):
    shown(client, link)
    client.head(reverse("certificates:shared", args=[link.token]))
    shown(client, link)

    assert ShareLink.objects.get(pk=link.pk).views == 2


def test_the_holder_s_own_look_at_it_is_not_counted(client, cast, link):
    client.force_login(cast.participant)
    mine = shown(client, link)
    client.force_login(cast.other_participant)
    shown(client, link)

    assert mine.status_code == 200
    assert ShareLink.objects.get(pk=link.pk).views == 1


def test_a_link_that_is_off_or_over_says_the_same_as_one_made_up(client, cast, at):
    link = sharing.share(cast.certificate, by=cast.participant, days=30)
    made_up = client.get(reverse("certificates:shared", args=["0123456789abcdef-0"]))
    at((clock.now() + timedelta(days=31)).isoformat())

    over = shown(client, link)
    other = sharing.share(cast.certificate, by=cast.participant)
    sharing.stop_sharing(other, by=cast.participant)
    off = shown(client, other)

    assert {one.status_code for one in (made_up, over, off)} == {404}
    assert main(made_up) == main(over) == main(off)
    file = reverse("certificates:shared_file", args=[other.token])
    assert client.get(file).status_code == 404


def test_a_certificate_that_ended_takes_its_links_along(client, cast, link):
    ending.withdraw(cast.certificate, by=cast.participant)

    assert shown(client, link).status_code == 404
    with pytest.raises(sharing.NotToShow):
        sharing.share(cast.certificate, by=cast.participant)


def test_a_copy_goes_once_to_each_who_has_to_do_with_the_cohort(cast):
    """CE-36"""
    make_nomination(cast.cohort, contact_email="focal@example.org")
    to = recipients_of(cast.cohort)

    new = sharing.send_copies([cast.certificate], to=to, by=cast.coordinator)
    again = sharing.send_copies([cast.certificate], to=to, by=cast.coordinator)

    assert [one.email for one in to] == [
        cast.coordinator.email,
        cast.trainer.email,
        "focal@example.org",
    ]
    assert (new, again) == (3, 0)
    assert Message.objects.filter(template="certificates/mail/copy").count() == 3


def test_sending_copies_issues_nothing(cast):
    """CE-23"""
    ready = make_completed(cohort=cast.cohort)
    before = set(Certificate.objects.values_list("pk", flat=True))
    certificates = Certificate.objects.filter(cohort=cast.cohort)

    sharing.send_copies(
        certificates, to=recipients_of(cast.cohort), by=cast.coordinator
    )
    messages.send_due()

    assert set(Certificate.objects.values_list("pk", flat=True)) == before
    assert not ready.certificates.exists()


def test_the_letter_is_in_the_language_of_its_reader_not_of_the_paper(client, cast):
    """CE-37"""
    (recipient, *_others) = recipients_of(cast.cohort)
    cast.cohort.locale = "ru"
    cast.cohort.save()
    (russian, *_others) = recipients_of(cast.cohort)

    sharing.send_copies([cast.certificate], to=[russian], by=cast.coordinator)
    messages.send_due()

    letter = next(one for one in mail.outbox if one.to == [recipient.email])
    link = ShareLink.objects.get(purpose="copy")
    assert cast.certificate.content["language"] == "tg"
    assert reverse("certificates:shared", args=[link.token])[3:] in letter.body
    assert "/ru/shared/" in letter.body
    assert cast.certificate.content["holder"] not in letter.subject + letter.body
    assert link.expires_at == link.made_at + timedelta(days=30)


def test_a_copy_for_staff_is_in_their_own_language_and_greets_them_in_it(cast):
    """CE-37"""
    choose_language(cast.coordinator, "ru")
    make_person(user=cast.trainer, locale="en")

    (coordinator, trainer) = recipients_of(cast.cohort)

    assert (coordinator.locale, trainer.locale) == ("ru", "en")
    assert coordinator.name == "коллега"


def test_nothing_is_sent_of_what_has_ended(cast):
    ending.withdraw(cast.certificate, by=cast.participant)

    with pytest.raises(sharing.NotToShow):
        sharing.send_copies(
            [cast.certificate], to=recipients_of(cast.cohort), by=cast.coordinator
        )

    assert not ShareLink.objects.exists()


def test_a_copy_of_what_is_renewed_and_still_valid_is_sent(cast):
    other = cast.other_certificate
    Certificate.objects.filter(pk=other.pk).update(renews=cast.certificate)
    to = recipients_of(cast.cohort)[:1]

    sharing.send_copies([cast.certificate], to=to, by=cast.coordinator)
    messages.send_due()

    assert Message.objects.get(template="certificates/mail/copy").state == "sent"
