"""Personal codes at the door: who came, who went, and what is refused."""

from copy import deepcopy

import pytest
from django.urls import reverse

from lms.actions import attendance, evidence
from lms.actions.personal_codes import renew_personal_code
from lms.actions.scanning import CodeRefused, scan
from lms.models import Mark, MarkEvent, RefusedCheckIn
from lms.personal_codes import in_groups, personal_code
from tests.factories import make_enrolment, make_register, make_session, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def scene_once(once, at_once):
    at_once("2026-10-12T08:55+05:00")
    register = make_register()
    make_staff(register[0].cohort, user=register[2])
    return register


@pytest.fixture
def scene(scene_once, at, db):
    """A session at nine, two participants, a trainer at the door."""
    at("2026-10-12T08:55+05:00")
    return deepcopy(scene_once)


def enter(session, place, trainer, kind="entry"):
    return scan(session, value=personal_code(place), kind=kind, by=trainer)


def refused():
    return list(RefusedCheckIn.objects.values_list("why", "enrolment", "source"))


def test_the_time_of_the_scan_decides_the_status(scene, at):
    """ATT-16: and a trainer sends nobody away, so the last status has no end."""
    session, [one, other], trainer = scene
    third = make_enrolment(cohort=session.cohort)

    enter(session, one, trainer)
    at("2026-10-12T09:11+05:00")
    enter(session, other, trainer)
    at("2026-10-12T10:05+05:00")
    enter(session, third, trainer)

    marks = Mark.objects.order_by("pk").values_list("status__code", "source")
    assert [*marks] == [
        ("present", "personal_code"),
        ("late", "personal_code"),
        ("late", "personal_code"),
    ]


def test_the_session_counts_as_held_from_the_first_scan(scene):
    session, [one, _], trainer = scene

    enter(session, one, trainer)

    session.refresh_from_db()
    assert session.status == "held"


def test_who_goes_and_comes_again_was_there_for_the_sum_of_it(scene, at):
    """ATT-32"""
    session, [one, _], trainer = scene
    for time, kind in (
        ("09:00", "entry"),
        ("09:20", "exit"),
        ("09:40", "entry"),
        ("09:50", "exit"),
    ):
        at(f"2026-10-12T{time}+05:00")
        enter(session, one, trainer, kind)

    assert Mark.objects.get().minutes == 30
    assert not any("duplicate" in event.flags for event in MarkEvent.objects.all())


def test_who_goes_without_having_come_is_kept_and_flagged(scene):
    """ATT-31"""
    session, [one, _], trainer = scene

    outcome = enter(session, one, trainer, "exit")

    assert outcome.event.flags == ["exit_without_entry"]
    assert outcome.mark is None


def test_a_code_nobody_has_is_refused_and_kept(scene):
    """ATT-25"""
    session, _places, trainer = scene

    with pytest.raises(CodeRefused):
        scan(session, value="K7M4QX9RT2AC", kind="entry", by=trainer)

    assert refused() == [("unknown", None, "personal_code")]
    assert not MarkEvent.objects.exists()


def test_a_code_that_was_renewed_and_one_of_another_room_are_refused_and_kept(scene):
    """ATT-25"""
    session, [one, _], trainer = scene
    next_door = make_enrolment()
    make_session(next_door.cohort, local_date=session.local_date)
    renew_personal_code(one, number=1, by=trainer)

    for place in (one, next_door):
        with pytest.raises(CodeRefused):
            enter(session, place, trainer)

    assert refused() == [
        ("revoked", one.pk, "personal_code"),
        ("not_expected", next_door.pk, "personal_code"),
    ]
    one.refresh_from_db()
    assert enter(session, one, trainer).is_new


def test_a_closed_register_takes_no_scan_but_keeps_the_try(scene):
    """ATT-25, ATT-49"""
    session, [one, _], trainer = scene
    attendance.save_register(session, rows=[], by=trainer, rest="present")
    attendance.sign_off_register(session, by=trainer)

    with pytest.raises(CodeRefused):
        enter(session, one, trainer)

    assert refused() == [("closed", one.pk, "personal_code")]


def test_at_a_closed_register_the_page_of_scans_says_so_first(client, scene):
    session, _, trainer = scene
    client.force_login(trainer)
    url = reverse("lms:session_scan", args=[session.pk])
    said = "This register is signed off. A coordinator can open it again."
    open_page = client.get(url).content.decode()
    attendance.mark_the_rest_present(session, by=trainer)
    attendance.sign_off_register(session, by=trainer)

    assert said not in open_page
    assert said in client.get(url).content.decode()


def test_a_scan_never_overwrites_what_the_trainer_said(scene):
    """ATT-18"""
    session, [one, _], trainer = scene
    attendance.mark(session, enrolment=one, status_code="absent", by=trainer)

    enter(session, one, trainer)

    assert Mark.objects.get().status.code == "absent"


def test_at_the_door_codes_are_typed_and_the_last_ones_can_be_taken_back(client, scene):
    session, [one, other], trainer = scene
    client.force_login(trainer)
    address = reverse("lms:session_scan", args=[session.pk])

    for place in (one, other):
        typed = in_groups(personal_code(place)).lower()
        client.post(address, {"kind": "entry", "value": typed})
    event = MarkEvent.objects.get(enrolment=one)
    back = reverse("lms:session_scan_back", args=[session.pk, event.pk])
    assert back in client.get(address).content.decode()
    client.post(back)

    marks = Mark.objects.order_by("pk").values_list("enrolment", "status__code")
    assert [*marks] == [(one.pk, None), (other.pk, "present")]
    page = client.get(address).content.decode()
    assert back not in page
    assert other.person.legal_name in page


def test_a_refused_code_is_said_beside_it_and_what_was_typed_stays(client, scene):
    session, _places, trainer = scene
    client.force_login(trainer)
    address = reverse("lms:session_scan", args=[session.pk])

    answers = [
        client.post(address, {"kind": kind, "value": value})
        for kind, value in (("entry", "ABCD"), ("flight", "ABCD"), ("exit", ""))
    ]

    assert [answer.status_code for answer in answers] == [200, 200, 200]
    page = answers[0].content.decode()
    assert "Nobody has this code" in page
    assert 'value="ABCD"' in page


def test_the_way_stays_as_it_was_for_the_next_in_the_queue(client, scene):
    session, [one, _], trainer = scene
    client.force_login(trainer)
    address = reverse("lms:session_scan", args=[session.pk])

    answer = client.post(address, {"kind": "exit", "value": personal_code(one)})

    assert answer.url == f"{address}?kind=exit"
    assert 'value="exit" checked' in client.get(answer.url).content.decode()


def test_a_scan_of_an_hour_ago_is_taken_back_in_the_history_with_a_reason(
    client, scene, at
):
    """ATT-30"""
    session, [one, _], trainer = scene
    event = enter(session, one, trainer).event
    at("2026-10-12T10:00+05:00")
    client.force_login(trainer)

    answer = client.post(reverse("lms:session_scan_back", args=[session.pk, event.pk]))

    assert answer.url == reverse("lms:mark_history", args=[session.pk, one.pk])
    assert not evidence.is_free_to_undo(event, by=trainer)
    assert Mark.objects.get().status.code == "present"
