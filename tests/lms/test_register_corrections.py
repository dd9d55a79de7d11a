"""Minutes and remarks in a register, and what is changed after it was signed off."""

from copy import deepcopy

import pytest

from lms.actions import attendance as actions
from lms.actions.evidence import Evidence, record
from lms.models import Mark, Session
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


def typed(client, scene, **fields):
    """Post the register with these fields of the first participant."""
    one = {f"{name}-{scene.enrolment.pk}": value for name, value in fields.items()}
    return client.post(scene.url, sheet(client, scene.url) | one)


def minutes_of(scene):
    return Mark.objects.get(enrolment=scene.enrolment).minutes


def test_minutes_for_partial_presence_stand_beside_the_mark(client, scene):
    client.force_login(scene.trainer)

    typed(client, scene, mark="left_early", minutes="40")

    html = client.get(scene.url).content.decode()
    event = scene.session.mark_events.get()
    assert (minutes_of(scene), event.minutes) == (40, 40)
    assert "40 of 90 minutes" in html
    typed(client, scene, remark="the bus")
    assert minutes_of(scene) == 40
    typed(client, scene, minutes="")
    assert minutes_of(scene) == 90


def test_minutes_nobody_wrote_follow_the_mark(client, scene):
    """Scanned in, marked absent by mistake, and put right."""
    piece = Evidence(
        enrolment_id=scene.enrolment.pk,
        source="personal_code",
        kind="entry",
        code="present",
    )
    record(scene.session, [piece], by=scene.trainer)
    client.force_login(scene.trainer)
    found = [minutes_of(scene)]

    for code in ("absent", "present"):
        typed(client, scene, mark=code)
        found.append(minutes_of(scene))

    assert found == [85, 0, 90]


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        ("91", "The session has 90 minutes."),
        ("-5", "Write the minutes as a whole number."),
        ("an hour", "Write the minutes as a whole number."),
        ("99999", "Write the minutes as a whole number."),
    ],
)
def test_minutes_that_cannot_be_are_refused_beside_the_field(
    client, scene, minutes, said
):
    client.force_login(scene.trainer)

    html = typed(client, scene, mark="late", minutes=minutes).content.decode()

    assert f'id="error-{scene.enrolment.pk}"><li>{said}' in html
    assert f'value="{minutes}"' in html
    assert not Mark.objects.exists()


def test_a_remark_without_a_mark_is_kept_and_marks_nobody(client, scene):
    """ATT-38: the person is still missing, and sign-off says so."""
    client.force_login(scene.trainer)

    typed(client, scene, remark="phoned: the road is closed", minutes="30")
    data = sheet(client, scene.url) | {f"mark-{scene.second.pk}": "present"}
    answer = client.post(scene.url, data | {"then": "sign"})

    mark = Mark.objects.get(enrolment=scene.enrolment)
    assert (mark.status, mark.minutes) == (None, None)
    assert mark.remark == "phoned: the road is closed"
    assert [line.pk for line in answer.context["gaps"]] == [scene.enrolment.pk]


@pytest.fixture
def reopened(scene, at):
    """Signed off by the trainer and opened again by the coordinator."""
    actions.mark_the_rest_present(scene.session, by=scene.trainer)
    actions.sign_off_register(scene.session, by=scene.trainer)
    at("2026-10-13T10:00+05:00")
    actions.reopen_register(
        scene.session, by=scene.coordinator, reason="a line was mixed up"
    )
    return scene


def test_after_sign_off_a_change_needs_a_reason_and_nothing_typed_is_lost(
    client, reopened
):
    """ATT-49"""
    client.force_login(reopened.coordinator)

    without = typed(client, reopened, mark="absent", remark="was ill")
    html = without.content.decode()
    data = {f"mark-{reopened.enrolment.pk}": "absent"}
    everything = sheet(client, reopened.url) | data
    client.post(reopened.url, everything | {"reason": "the list was mixed up"})

    assert 'id="error-reason"><li>Write why.' in html
    assert 'value="was ill"' in html
    assert codes(reopened.session) == ["absent", "present"]
    event = reopened.session.mark_events.latest("pk")
    assert event.reason == "the list was mixed up"
    assert event.flags == ["after_sign_off"]


def test_nothing_changed_after_sign_off_needs_no_reason(client, reopened):
    """ATT-03"""
    client.force_login(reopened.coordinator)

    answer = client.post(reopened.url, sheet(client, reopened.url) | {"then": "sign"})

    assert answer.status_code == 302
    assert Session.objects.get(pk=reopened.session.pk).register == "signed"


def test_the_register_shows_who_was_corrected_after_sign_off(client, reopened):
    """ATT-49: open and signed again."""
    actions.mark(
        reopened.session,
        enrolment=reopened.enrolment,
        status_code="absent",
        by=reopened.coordinator,
        reason="mixed up",
    )
    client.force_login(reopened.coordinator)

    pages = [client.get(reopened.url)]
    actions.sign_off_register(reopened.session, by=reopened.coordinator)
    pages.append(client.get(reopened.url))

    for page in pages:
        assert page.content.decode().count("corrected after sign-off</small>") == 1
    assert "open for a correction" in pages[0].content.decode()


def test_what_no_keyboard_types_is_no_fault_of_the_server(client, reopened):
    """NUL, which PostgreSQL does not keep, and a reason longer than its field."""
    client.force_login(reopened.coordinator)
    fields = {f"remark-{reopened.enrolment.pk}": "the\x00 bus"}

    answer = client.post(
        reopened.url, sheet(client, reopened.url) | fields | {"reason": "a\x00" * 300}
    )

    event = reopened.session.mark_events.latest("pk")
    assert answer.status_code == 302
    assert (event.remark, event.reason) == ("the bus", "a" * 200)
