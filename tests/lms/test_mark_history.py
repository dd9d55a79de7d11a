"""Who marked whom when: for staff, and for the participant it is about."""

from copy import deepcopy

import pytest
from django.urls import reverse

from lms.actions import attendance as actions
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
