"""Marking oneself by the code of the room."""

from copy import deepcopy
from datetime import datetime, time, timedelta
from uuid import uuid4

import pytest

from courses import clock
from lms import room_code
from lms.actions import attendance
from lms.actions.check_in_refusals import (
    AskTheTrainer,
    CodeRefused,
    NotOnTheList,
    NotOpenYet,
)
from lms.actions.check_in_rules import set_check_in_rules
from lms.models import Mark, MarkEvent, MarkStatus, RefusedCheckIn
from tests.factories import make_enrolment, make_participant, make_session

from .checking_in import at_nine, come, make_scene, marked, refused, wall

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def scene_once(once):
    return make_scene()


@pytest.fixture
def scene(scene_once, db):
    return deepcopy(scene_once)


@pytest.fixture
def one(scene):
    return scene.places[0]


def answer(place, session, **more) -> str:
    """The status given, or what was said instead."""
    try:
        return come(place, session, **more).mark.status.code
    except (AskTheTrainer, NotOpenYet, CodeRefused, NotOnTheList) as refusal:
        return type(refusal).__name__


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("08:44:59.999999", "NotOpenYet"),
        ("08:45:00", "present"),
        ("09:00:00", "present"),
        ("09:10:00", "present"),
        ("09:10:00.000001", "late"),
        ("09:45:00", "late"),
        ("09:45:00.000001", "AskTheTrainer"),
        ("10:29:59.999999", "AskTheTrainer"),
        ("10:30:00", "AskTheTrainer"),
    ],
)
def test_the_time_of_arrival_decides_the_status(scene, one, at, moment, said):
    """ATT-15, ATT-16: the window's first moment is in, the end of each part is told."""
    at(at_nine(moment))

    assert answer(one, scene.session) == said


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("08:29:59", "NotOpenYet"),
        ("08:30:00", "present"),
        ("09:19:59.999999", "late"),
        ("09:20:00", "AskTheTrainer"),
    ],
)
def test_a_cohort_has_its_own_window(scene, one, at, moment, said):
    """ATT-15: [start - early, start + limit), its first and its last second."""
    set_check_in_rules(scene.cohort, by=None, early_minutes=30, limit_minutes=20)
    at(at_nine(moment))

    assert answer(one, scene.session) == said


def test_the_window_ends_with_the_session_where_that_is_sooner(scene, one, at):
    """ATT-15: the end is the session's, or start + limit."""
    scene.session.minutes = 5
    scene.session.save()
    at(at_nine("09:04:59.999"))
    in_time = answer(one, scene.session)
    at(at_nine("09:05:00"))

    assert (in_time, answer(scene.places[1], scene.session)) == (
        "present",
        "AskTheTrainer",
    )


def test_without_a_status_for_the_time_the_trainer_is_asked(scene, one, at):
    """ATT-17: too late in words; neither a crash nor a mark without a status."""
    MarkStatus.objects.create(set="by-hand", code="there", credit=1)
    scene.session.status_set = "by-hand"
    scene.session.save()
    at(at_nine("09:00:00"))

    with pytest.raises(AskTheTrainer, match="Ask the trainer"):
        come(one, scene.session)

    assert not Mark.objects.exists()
    assert refused() == ["too_late"]


def test_nobody_chooses_a_status_above_the_one_of_the_time(scene, one, at):
    """ATT-16: there is nothing to choose with; a second try is no better."""
    at(at_nine("09:30:00"))
    come(one, scene.session)
    come(one, scene.session, nonce=uuid4())

    assert marked(scene.session) == [(one.pk, "late", "room_code")]


def test_an_early_try_does_not_spoil_a_later_one(scene, one, at):
    """ATT-15: the same form, sent again when it is time, marks."""
    nonce = uuid4()
    at(at_nine("08:00:00"))
    with pytest.raises(NotOpenYet, match="08:45"):
        come(one, scene.session, nonce=nonce, device="phone")
    at(at_nine("08:50:00"))

    outcome = come(one, scene.session, nonce=nonce, device="phone")

    assert outcome.is_new
    assert marked(scene.session) == [(one.pk, "present", "room_code")]


def test_who_is_enrolled_while_the_session_runs_checks_in_at_once(scene, at):
    """ATT-12"""
    at(at_nine("09:05:00"))
    late_comer = make_enrolment(
        make_participant(), scene.cohort, active_from=clock.now()
    )

    assert answer(late_comer, scene.session) == "present"


def test_a_mark_of_the_trainer_stays(scene, one, at):
    """ATT-18: and the trainer's may follow one's own; both stay in history."""
    two = scene.places[1]
    at(at_nine("09:02:00"))
    attendance.mark(
        scene.session, enrolment=one, status_code="absent", by=scene.trainer
    )
    come(one, scene.session)
    come(two, scene.session)
    at(at_nine("09:03:00"))
    attendance.mark(
        scene.session, enrolment=two, status_code="excused", by=scene.trainer
    )

    assert marked(scene.session) == [
        (one.pk, "absent", "trainer"),
        (two.pk, "excused", "trainer"),
    ]
    assert MarkEvent.objects.filter(session=scene.session).count() == 4


def test_marking_oneself_does_not_make_the_register_taken(scene, one, at):
    """ATT-05"""
    at(at_nine("09:00:00"))
    come(one, scene.session)
    scene.session.refresh_from_db()

    assert (scene.session.status, scene.session.register) == ("planned", "open")


def test_the_same_form_from_the_same_device_has_one_effect(scene, one, at):
    """ATT-26: the same answer, though the code is over by then."""
    at(at_nine("09:09:00"))
    code, nonce = wall(scene.session), uuid4()
    first = come(one, scene.session, code=code, nonce=nonce, device="phone")
    at(at_nine("09:30:00"))
    again = come(one, scene.session, code=code, nonce=nonce, device="phone")

    assert (first.is_new, again.is_new) == (True, False)
    assert again.event == first.event
    assert again.mark.status == first.mark.status
    assert MarkEvent.objects.count() == 1
    assert refused() == []


def test_each_wrong_code_is_refused_in_its_own_words(scene, one, at):
    """ATT-19: of another session, of yesterday, of a minute ago, and a guess."""
    other = make_session(
        scene.cohort, local_date=scene.session.local_date, local_time=time(9, 30)
    )
    yesterday = make_session(
        scene.cohort, local_date=scene.session.local_date - timedelta(days=1)
    )
    at(at_nine("09:00:00"))
    now, secret = clock.now(), scene.session.secret
    codes = [
        room_code.code_at(secret, now - timedelta(seconds=60)),
        room_code.code_at(other.secret, now),
        room_code.code_at(yesterday.secret, now - timedelta(days=1)),
        "K7M4-QX9R",
        "",
    ]

    said = []
    for code in codes:
        with pytest.raises(CodeRefused) as refusal:
            come(one, scene.session, code=code)
        said.append(str(refusal.value))

    assert len(set(said)) == 4
    assert said[3] == said[4]
    assert refused() == ["old", "other_session", "old", "unknown", "unknown"]
    assert not Mark.objects.exists()


def test_a_code_of_the_future_is_unknown(scene, one, at):
    """ATT-19"""
    at(at_nine("09:00:00"))
    soon = clock.now() + timedelta(seconds=30)

    with pytest.raises(CodeRefused):
        come(one, scene.session, code=room_code.code_at(scene.session.secret, soon))

    assert refused() == ["unknown"]


@pytest.mark.parametrize("code", ["\x00", "☃" * 60, "A" * 5000, "'; --"])
def test_whatever_is_typed_is_refused_in_words(scene, one, at, code):
    at(at_nine("09:00:00"))

    with pytest.raises(CodeRefused):
        come(one, scene.session, code=code)


def test_a_refused_try_is_kept_with_all_but_the_code(scene, one, at):
    """ATT-25: time, reason, device and a keyed digest; unknown codes, too."""
    now = at(at_nine("09:00:00"))
    with pytest.raises(CodeRefused):
        come(one, scene.session, code="K7M4QX9R", device="phone", network="192.0.2.7")

    [kept] = RefusedCheckIn.objects.all()
    assert (kept.session, kept.enrolment, kept.by) == (
        scene.session,
        one,
        one.person.user,
    )
    assert (kept.source, kept.why) == ("room_code", "unknown")
    assert (kept.device, kept.network) == ("phone", "192.0.2.7")
    assert kept.received_at == datetime.fromisoformat(now.isoformat())
    assert len(kept.digest) == 64
    assert "K7M4QX9R" not in kept.digest


def test_who_has_no_place_is_told_so_and_kept(scene, at):
    """ATT-25"""
    at(at_nine("09:00:00"))
    stranger = make_enrolment(make_participant())

    assert answer(stranger, scene.session) == "NotOnTheList"
    assert refused() == ["not_expected"]


def test_who_withdrew_before_is_not_marked(scene, one, at):
    one.active_to = datetime.fromisoformat(at_nine("08:00:00"))
    one.status = "withdrawn"
    one.save()
    at(at_nine("09:00:00"))

    assert answer(one, scene.session) == "NotOnTheList"


def test_a_signed_register_sends_to_the_trainer(scene, one, at):
    at(at_nine("09:00:00"))
    attendance.mark_the_rest_present(scene.session, by=scene.trainer)
    attendance.sign_off_register(scene.session, by=scene.trainer)
    scene.session.refresh_from_db()

    with pytest.raises(AskTheTrainer, match="closed"):
        come(one, scene.session)


def test_a_cancelled_session_takes_nobody(scene, one, at):
    at(at_nine("08:30:00"))
    cancelled = attendance.cancel(scene.session, by=scene.trainer, reason="Snow")
    at(at_nine("09:00:00"))

    with pytest.raises(AskTheTrainer, match="cancelled"):
        come(one, cancelled)

    assert refused() == ["closed"]


def test_a_cohort_may_leave_marking_to_the_trainer(scene, one, at):
    set_check_in_rules(scene.cohort, by=None, is_open=False)
    at(at_nine("09:00:00"))

    with pytest.raises(AskTheTrainer, match="only the trainer"):
        come(one, scene.session)
