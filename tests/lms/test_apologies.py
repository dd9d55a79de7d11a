"""Saying before a session that one cannot come, and what becomes of it."""

import io
from copy import deepcopy
from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from lms.actions import apologies, attendance, messages, retention, sessions
from lms.actions.erasure import anonymise
from lms.actions.marks import NotExpected
from lms.actions.refusal import ReasonMissing
from lms.attendance import sheet_of
from lms.models import Apology, Enrolment, Mark, MarkEvent
from lms.panels import waiting
from lms.standing import attendance_of
from tests.cast import make_cast
from tests.factories import make_session

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4 a certificate"
ILL = "My child is in hospital."


@pytest.fixture(scope="module")
def scene_once(once, at_once):
    """Two days before a session at nine."""
    now = at_once("2026-10-10T08:00+05:00")
    cast = make_cast()
    type(cast.cohort).objects.update(
        timezone="Asia/Dushanbe", starts_on=date(2026, 10, 1), ends_on=date(2026, 11, 1)
    )
    cast.cohort.refresh_from_db()
    cast.session = make_session(cast.cohort, local_date=date(2026, 10, 12))
    Enrolment.objects.update(active_from=now - timedelta(days=5))
    cast.enrolment.refresh_from_db()
    return cast


@pytest.fixture
def scene(scene_once, db):
    return deepcopy(scene_once)


def picture() -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (20, 10)).save(kept, "PNG")
    return kept.getvalue()


def said(scene, **fields):
    fields = {"reason": ILL} | fields
    return apologies.apologise(
        scene.session, enrolment=scene.enrolment, by=scene.participant, **fields
    )


def test_an_approved_apology_excuses_and_leaves_both_sides_of_the_sum(scene):
    """ATT-08: and the reason stays out of the mark."""
    apology = said(scene)

    apologies.approve_apology(apology, by=scene.trainer)
    apologies.approve_apology(apology, by=scene.coordinator)

    mark = Mark.objects.get(enrolment=scene.enrolment)
    assert (mark.status.code, mark.source, mark.marked_by, mark.remark) == (
        "excused",
        "trainer",
        scene.trainer,
        "",
    )
    event = MarkEvent.objects.get()
    assert event.reason == "Excused on request"
    assert attendance_of(scene.enrolment).countable == 0


def test_the_participant_is_told_what_was_decided_and_not_why_they_asked(scene, at):
    apologies.approve_apology(said(scene), by=scene.trainer, answer="Get well.")
    messages.send_due()

    [letter] = mail.outbox
    assert "You are excused: the session does not count for you." in letter.body
    assert "Get well." in letter.body
    assert ILL not in letter.body


def test_declining_needs_a_word_and_leaves_the_register_alone(scene):
    apology = said(scene)

    with pytest.raises(apologies.AnswerMissing) as refusal:
        apologies.decline_apology(apology, by=scene.trainer, answer=" ")
    declined = apologies.decline_apology(apology, by=scene.trainer, answer="Exam day.")

    assert refusal.value.field == "answer"
    assert (declined.state, declined.answer) == ("declined", "Exam day.")
    assert not Mark.objects.exists()


def test_what_is_decided_is_not_decided_again_nor_taken_back(scene):
    apology = said(scene)
    apologies.decline_apology(apology, by=scene.trainer, answer="No.")

    with pytest.raises(apologies.Decided):
        apologies.approve_apology(apology, by=scene.trainer)
    with pytest.raises(apologies.Decided):
        apologies.take_back_apology(apology, by=scene.participant)


def test_the_same_said_twice_is_one_and_another_waits_until_it_is_taken_back(scene):
    first = said(scene)

    assert said(scene) == first
    with pytest.raises(apologies.SaidAlready):
        said(scene, reason="Another reason.")
    apologies.take_back_apology(first, by=scene.participant)

    assert said(scene, reason="Another reason.").pk != first.pk


def test_what_is_taken_back_is_forgotten_with_its_paper(
    scene, django_capture_on_commit_callbacks
):
    apology = said(scene, paper=PDF)
    name = apology.paper.name

    with django_capture_on_commit_callbacks(execute=True):
        apologies.take_back_apology(apology, by=scene.participant)

    apology.refresh_from_db()
    assert (apology.reason, apology.paper.name, apology.state) == ("", "", "taken_back")
    assert not storages["private"].exists(name)


def test_nobody_can_say_so_once_the_session_has_begun(scene, at):
    at("2026-10-12T08:59:59+05:00")
    said(scene)
    at("2026-10-12T09:00+05:00")

    with pytest.raises(apologies.TooLate):
        said(scene, reason="Late.")


def test_a_trainer_may_decide_after_the_session(scene, at):
    apology = said(scene)
    at("2026-10-13T09:00+05:00")
    attendance.mark(
        scene.session,
        enrolment=scene.enrolment,
        status_code="absent",
        by=scene.trainer,
    )

    apologies.approve_apology(apology, by=scene.trainer)

    assert Mark.objects.get().status.code == "excused"


def test_it_is_refused_where_nobody_is_expected_or_nothing_is_said(scene):
    with pytest.raises(ReasonMissing):
        said(scene, reason="  ")
    with pytest.raises(apologies.PaperRefused) as refusal:
        said(scene, paper=b"MZ a program")
    Enrolment.objects.filter(pk=scene.enrolment.pk).update(status="withdrawn")
    scene.enrolment.refresh_from_db()
    with pytest.raises(NotExpected):
        said(scene)

    assert refusal.value.field == "paper"
    assert not Apology.objects.exists()


def test_a_cancelled_session_needs_no_apology(scene):
    apology = said(scene)
    sessions.cancel(scene.session, by=scene.trainer, reason="Snow.")

    with pytest.raises(sessions.SessionCancelled):
        apologies.approve_apology(apology, by=scene.trainer)

    assert "apologies" not in {panel.key for panel, _ in waiting(scene.trainer)}


def test_it_stands_beside_the_name_and_among_the_tasks_of_who_teaches(scene):
    apology = said(scene)

    [line] = [one for one in sheet_of(scene.session) if one.pk == scene.enrolment.pk]
    tasks = {panel.key: tasks for panel, tasks in waiting(scene.trainer)}

    assert line.apology == apology
    [task] = tasks["apologies"]
    assert task.url == reverse("lms:apology_decide", args=[apology.pk])
    assert "apologies" not in {panel.key for panel, _ in waiting(scene.other_trainer)}


def test_why_somebody_could_not_come_is_forgotten_half_a_year_after(
    scene, at, django_capture_on_commit_callbacks
):
    apology = said(scene, paper=PDF)
    apologies.approve_apology(apology, by=scene.trainer, answer="Get well.")
    name = Apology.objects.get().paper.name
    at("2027-04-10T08:00+05:00")
    retention.keep_house()
    kept = Apology.objects.get().reason

    at("2027-04-11T08:00+05:00")
    with django_capture_on_commit_callbacks(execute=True):
        retention.keep_house()

    apology.refresh_from_db()
    assert kept == ILL
    assert (apology.reason, apology.paper.name, apology.answer) == ("", "", "")
    assert (apology.state, Mark.objects.get().status.code) == ("approved", "excused")
    assert not storages["private"].exists(name)


def test_erasing_a_person_forgets_why_and_keeps_that_they_were_excused(scene):
    """ATT-54"""
    apologies.approve_apology(said(scene), by=scene.trainer, answer="Get well.")

    anonymise(scene.person, by=scene.administrator, reason="Asked.")

    apology = Apology.objects.get()
    assert (apology.reason, apology.answer, apology.state) == ("", "", "approved")
    assert Mark.objects.get().status.code == "excused"


def test_a_participant_sends_a_photo_reads_the_state_and_takes_it_back(scene, client):
    client.force_login(scene.participant)
    url = reverse("lms:my_apology", args=[scene.session.pk])
    photo = SimpleUploadedFile("a.png", picture(), "image/png")

    sent = client.post(url, {"reason": ILL, "paper": photo}, follow=True)
    apology = Apology.objects.get()
    paper = client.get(reverse("lms:apology_paper", args=[apology.pk]))
    back = client.post(reverse("lms:apology_back", args=[apology.pk]), follow=True)

    assert "Waits for an answer" in sent.content.decode()
    assert paper["Content-Disposition"].startswith("attachment")
    assert "Taken back. You are expected." in back.content.decode()


def test_a_trainer_excuses_on_the_page_and_finds_it_on_the_register(scene, client):
    apology = said(scene)
    client.force_login(scene.trainer)
    url = reverse("lms:apology_decide", args=[apology.pk])

    register = client.get(reverse("lms:register", args=[scene.session.pk]))
    empty = client.post(url, {"decline": "1", "answer": ""})
    done = client.post(url, {"approve": "1", "answer": ""})

    assert url in register.content.decode()
    assert "Write why: the participant reads it." in empty.content.decode()
    assert (done.status_code, Mark.objects.get().status.code) == (302, "excused")


@pytest.mark.parametrize("who", ["marker", "observer", "other_trainer", "participant"])
def test_nobody_else_reads_why(scene, client, who):
    apology = said(scene, paper=PDF)
    client.force_login(getattr(scene, who))

    decide = client.get(reverse("lms:apology_decide", args=[apology.pk]))
    paper = client.get(reverse("lms:apology_paper", args=[apology.pk]))

    assert decide.status_code == 404
    assert paper.status_code == (200 if who == "participant" else 404)
