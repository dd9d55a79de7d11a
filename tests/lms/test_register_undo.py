"""Taking back: one's own save at once, anything else with a reason and the right."""

from copy import deepcopy

import pytest
from django.urls import reverse

from lms.actions import attendance as actions
from lms.models import Mark
from tests.lms.test_register import codes, sheet
from tests.lms.this_morning import make_this_morning

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def scene_once(once, at_once):
    at_once("2026-10-12T09:05+05:00")
    return make_this_morning()


@pytest.fixture
def scene(scene_once, db):
    return deepcopy(scene_once)


def undo_button(html: str) -> tuple[str, dict]:
    """Where the page's Undo posts to, and what it says."""
    button = html.split('formaction="')[1]
    return button.split('"')[0], {"save": button.split('value="')[1].split('"')[0]}


def take_back(scene, event):
    return reverse(
        "lms:mark_history_back", args=[scene.session.pk, event.enrolment_id, event.pk]
    )


def test_the_rest_that_was_marked_present_is_taken_back_by_one_press(client, scene, at):
    """ATT-30: within a quarter of an hour, by the same person, without a reason."""
    client.force_login(scene.trainer)
    actions.mark(
        scene.session, enrolment=scene.second, status_code="late", by=scene.trainer
    )
    at("2026-10-12T09:07+05:00")
    everybody = sheet(client, scene.url)

    saved = client.post(scene.url, everybody | {"then": "rest"}, follow=True)
    url, data = undo_button(saved.content.decode())
    marked = codes(scene.session)
    undone = client.post(url, data, follow=True).content.decode()
    again = client.post(url, data, follow=True).content.decode()

    assert "Marked the rest present. Saved: 1." in saved.content.decode()
    assert marked == ["present", "late"]
    assert codes(scene.session) == [None, "late"]
    assert "Taken back: 1 change." in undone
    assert "Taken back: 0 changes." in again


def test_what_was_tapped_meanwhile_stays_on_the_page(client, scene):
    client.force_login(scene.trainer)
    saved = client.post(
        scene.url, sheet(client, scene.url) | {f"mark-{scene.enrolment.pk}": "absent"}
    )
    url, data = undo_button(client.get(saved.url).content.decode())
    tapped = sheet(client, scene.url) | {f"mark-{scene.second.pk}": "late"}

    page = client.post(url, tapped | data)

    kept = {one.line.pk: one.code for one in page.context["form"].entries}
    assert kept == {scene.enrolment.pk: "", scene.second.pk: "late"}
    assert codes(scene.session) == [None]


def test_later_or_by_somebody_else_there_is_no_quick_way_back(client, scene, at):
    """ATT-30"""
    client.force_login(scene.trainer)
    client.post(scene.url, sheet(client, scene.url) | {"then": "rest"})
    url, data = undo_button(client.get(scene.url).content.decode())

    client.force_login(scene.coordinator)
    other = client.post(url, data, follow=True).content.decode()
    at("2026-10-12T09:21+05:00")
    client.force_login(scene.trainer)
    late = client.post(url, data, follow=True).content.decode()
    nonsense = client.post(url, {"save": "tomorrow"}, follow=True).content.decode()

    assert "nothing of yours to take back" in other
    assert "more than 15 minutes ago" in late
    assert "nothing of yours to take back" in nonsense
    assert codes(scene.session) == ["present", "present"]


def test_a_later_step_back_needs_a_reason_and_a_coordinator(client, scene, at):
    """ATT-30"""
    for code in ("absent", "late"):
        actions.mark(
            scene.session,
            enrolment=scene.enrolment,
            status_code=code,
            by=scene.trainer,
        )
    event = scene.session.mark_events.latest("pk")
    url = take_back(scene, event)
    at("2026-10-12T10:00+05:00")

    client.force_login(scene.trainer)
    by_trainer = client.post(url, {"reason": "mixed up"})
    client.force_login(scene.coordinator)
    without = client.post(url, {"reason": " "})
    client.post(url, {"reason": "mixed up"})
    told = client.get(
        reverse("lms:mark_history", args=[scene.session.pk, scene.enrolment.pk])
    ).content.decode()

    assert by_trainer.status_code == 404
    assert "Say why this is taken back." in without.content.decode()
    assert Mark.objects.get().status.code == "absent"
    assert "mixed up" in told
    assert f"{scene.coordinator} took this back" in told


def test_ones_own_step_of_a_moment_ago_is_taken_back_from_its_history(client, scene):
    """ATT-30"""
    actions.mark(
        scene.session, enrolment=scene.second, status_code="late", by=scene.trainer
    )
    event = scene.session.mark_events.get()
    client.force_login(scene.trainer)

    answers = [client.post(take_back(scene, event)) for _ in range(2)]
    client.force_login(scene.other_trainer)
    foreign = client.post(take_back(scene, event))

    assert [answer.status_code for answer in answers] == [302, 302]
    assert foreign.status_code == 404
    assert codes(scene.session) == [None]
    assert scene.session.mark_events.count() == 2
