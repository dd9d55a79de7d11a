"""Who marked whom when: for staff, and for the participant it is about."""

import re
from copy import deepcopy
from datetime import datetime
from html import unescape
from uuid import UUID

import pytest
from django.urls import reverse

from lms.actions import attendance as actions
from lms.actions.evidence import Evidence, record, undo
from lms.models import Session
from tests.cast import make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def scene_once(once, at_once):
    at_once("2026-10-12T09:05+05:00")
    cast = make_cast()
    Session.objects.update(local_date="2026-10-12", starts_at="2026-10-12T09:00+05:00")
    cast.session.refresh_from_db()
    return cast


@pytest.fixture
def scene(scene_once, db):
    return deepcopy(scene_once)


def test_the_history_of_a_mark_says_who_when_old_and_new(client, scene, at):
    """ATT-02"""
    url = reverse("lms:mark_history", args=[scene.session.pk, scene.enrolment.pk])
    for code in ("absent", "late"):
        actions.mark(
            scene.session,
            enrolment=scene.enrolment,
            status_code=code,
            by=scene.trainer,
            remark="bus" if code == "late" else "",
        )
        at("2026-10-12T09:20+05:00")

    client.force_login(scene.stranger)
    refused = [client.get(url).status_code]
    client.force_login(scene.other_trainer)
    refused.append(client.get(url).status_code)
    client.force_login(scene.trainer)
    html = client.get(url).content.decode()

    assert refused == [404, 404]
    for said in ("Absent", "Late", "bus", str(scene.trainer), "09:05", "09:20"):
        assert said in html


def test_a_participant_reads_their_own_marks_and_nobody_elses(client, scene):
    url = reverse("lms:my_attendance", args=[scene.enrolment.pk])
    actions.save_register(
        scene.session,
        rows=[actions.Row(scene.enrolment.pk, "late", 0, "bus")],
        by=scene.trainer,
    )

    client.force_login(scene.other_participant)
    other = client.get(url)
    client.force_login(scene.participant)
    html = client.get(url).content.decode()

    assert other.status_code == 404
    assert "0.5 of 1 session so far" in html
    assert "bus" in html


def told(client, scene):
    """The history as its reader has it: without the tags."""
    url = reverse("lms:mark_history", args=[scene.session.pk, scene.enrolment.pk])
    html = client.get(url).content.decode()
    text = re.sub(r"<[^>]*>", " ", html.split("<ol")[2].split("</ol>")[0])
    return " ".join(unescape(text).split())


def test_the_timeline_tells_every_step_in_sentences(client, scene, at):
    """ATT-27: a scan has its own time and the one it came at."""
    at("2026-10-12T09:30+05:00")
    client.force_login(scene.trainer)
    scan = Evidence(
        enrolment_id=scene.enrolment.pk,
        source="personal_code",
        kind="entry",
        code="late",
        happened_at=datetime.fromisoformat("2026-10-12T09:07+05:00"),
        stated_at=datetime.fromisoformat("2031-01-01T00:07+05:00"),
        device="phone",
        nonce=UUID(int=1),
    )
    [entry] = record(scene.session, [scan], by=scene.trainer)
    leaving = Evidence(
        enrolment_id=scene.enrolment.pk, source="personal_code", kind="exit"
    )
    record(scene.session, [leaving], by=scene.trainer)
    undo(entry.event, by=scene.trainer)

    text = told(client, scene)

    by = scene.trainer
    for said in (
        f"Came in, scanned by {by}.",
        "The mark became Late.",
        "Taken back: it does not count.",
        "12 October 2026, 09:07",
        "late upload: it came here on 12 October 2026, 09:30",
        "the clock of the device said 1 January 2031, 00:07",
        "It was sent later than it happened",
        f"Went out, scanned by {by}.",
        f"{by} took this back: “Came in, scanned by {by}.”",
        "There is no mark any more; it was Late.",
    ):
        assert said in text, text


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("trainer", "{by} marked: Present."),
        ("room_code", "Checked in with the code of the room: Present."),
        (
            "personal_code",
            "Checked in with the personal code, scanned by {by}: Present.",
        ),
        ("import", "{by} imported a list: Present."),
    ],
)
def test_each_source_has_its_sentence(client, scene, source, sentence):
    piece = Evidence(enrolment_id=scene.enrolment.pk, source=source, code="present")
    record(scene.session, [piece], by=scene.trainer)
    client.force_login(scene.trainer)

    assert sentence.format(by=scene.trainer) in told(client, scene)


def test_the_participant_reads_the_whole_timeline_of_their_own_marks(client, scene):
    """What waits says so; nothing can be taken back there."""
    piece = Evidence(
        enrolment_id=scene.enrolment.pk, source="room_code", code="present", waits=True
    )
    record(scene.session, [piece], by=scene.participant)
    client.force_login(scene.participant)

    html = client.get(
        reverse("lms:my_attendance", args=[scene.enrolment.pk])
    ).content.decode()

    assert "Checked in with the code of the room: Present." in html
    assert "Counts only once a trainer accepts it" in html
    assert "/back/" not in html
