"""Letters on paper: one a page, in the person's language, once, while still true."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader
from wagtail.models import ModelLogEntry

from lms.actions import cohort_letters, messages
from lms.actions.printed_letters import NothingToPrint, print_letters
from lms.models import Enrolment, Message
from lms.panels import waiting
from tests.cast import make_cast
from tests.factories import make_cohort, make_enrolment, make_person

pytestmark = pytest.mark.django_db

TEXTS = {
    "en": ("About {training}", "Dear {name}, bring a pen."),
    "tg": ("Дар бораи {training}", "Муҳтарам {name}, қалам биёред."),
}


def without_mail(cohort, name="Мадина Раҳимова", **fields):
    return make_enrolment(make_person(legal_name=name, email="", **fields), cohort)


def approved(cohort, at, now="2026-10-12T09:00+05:00"):
    """A letter to everybody whose time to be taken back is over."""
    now = at(now)
    letter = cohort_letters.write(cohort, texts=TEXTS, audience="everybody", by=None)
    cohort_letters.approve(letter, by=None)
    at(now + cohort_letters.GRACE)
    return now


def pages(file):
    return [page.extract_text() for page in PdfReader(BytesIO(file)).pages]


def test_a_coordinator_of_another_cohort_prints_nothing(client, at):
    """PR-11"""
    cast = make_cast()
    without_mail(cast.cohort)
    approved(cast.cohort, at)
    address = reverse("lms_cohorts:print_letters", args=[cast.cohort.pk])

    client.force_login(cast.other_coordinator)
    assert client.post(address, follow=True).status_code == 404
    client.force_login(cast.trainer)
    # Refused pages of the admin lead back to its front page.
    answer = client.post(address, follow=True)
    assert answer["Content-Type"] != "application/pdf"

    assert Message.objects.get(channel="paper").state == "queued"


def test_each_person_gets_a_page_in_their_language(at):
    """CM-05"""
    cohort = make_cohort()
    without_mail(cohort, "Мадина Раҳимова", locale="tg")
    without_mail(cohort, "John Smith", locale="en")
    make_enrolment(cohort=cohort)
    approved(cohort, at)

    tajik, english = pages(print_letters(cohort, by=None))

    assert "Муҳтарам Мадина Раҳимова" in tajik
    assert "12 октябр 2026" in tajik
    assert "Dear John Smith" in english
    assert "Мадина" not in english


def test_a_printed_letter_is_sent_and_is_printed_once(at):
    """CM-01"""
    cohort = make_cohort()
    without_mail(cohort)
    now = approved(cohort, at)

    print_letters(cohort, by=None)

    letter = Message.objects.get()
    assert (letter.state, letter.sent_at) == ("sent", now + cohort_letters.GRACE)
    with pytest.raises(NothingToPrint):
        print_letters(cohort, by=None)
    assert ModelLogEntry.objects.filter(action="lms.print_letters").count() == 1


def test_who_has_no_place_any_more_gets_no_page_and_the_outbox_says_why(at):
    """CM-02"""
    cohort = make_cohort()
    place = without_mail(cohort)
    approved(cohort, at)
    Enrolment.objects.filter(pk=place.pk).update(status="withdrawn")

    with pytest.raises(NothingToPrint):
        print_letters(cohort, by=None)

    letter = Message.objects.get()
    assert (letter.state, letter.dropped_because) == ("dropped", "ended")


def test_a_letter_waits_for_its_approval_and_for_its_time(at):
    """CM-06"""
    cohort = make_cohort()
    without_mail(cohort)
    now = approved(cohort, at)
    at(now + cohort_letters.GRACE - timedelta(seconds=1))

    with pytest.raises(NothingToPrint):
        print_letters(cohort, by=None)


def test_no_round_of_mail_takes_a_letter_on_paper(at):
    cohort = make_cohort()
    without_mail(cohort)
    approved(cohort, at)

    assert messages.send_due() == 0
    assert Message.objects.get().state == "queued"


def test_what_waits_for_the_printer_is_told_and_the_button_gives_the_file(client, at):
    cast = make_cast()
    without_mail(cast.cohort)
    approved(cast.cohort, at)
    client.force_login(cast.coordinator)

    tasks = {panel.key: tasks for panel, tasks in waiting(cast.coordinator)}
    [task] = tasks["paper"]
    page = client.get(task.url)
    assert "1 letter waits for the printer" in page.text
    assert Message.objects.get(channel="paper").state == "queued"

    answer = client.post(task.url)
    assert answer["Content-Type"] == "application/pdf"
    assert len(pages(answer.content)) == 1
    assert "No letter waits to be printed." in client.post(task.url).text
    assert "paper" not in {panel.key for panel, _tasks in waiting(cast.coordinator)}
