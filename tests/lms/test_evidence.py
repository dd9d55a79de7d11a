"""Whatever is said of a mark is kept, and the mark follows from all of it."""

from copy import deepcopy
from datetime import timedelta
from uuid import UUID

import pytest

from courses import clock
from lms.actions import attendance, evidence
from lms.actions.attendance import Row
from lms.actions.evidence import Evidence, record, undo
from lms.actions.refused_check_ins import refuse_check_in
from lms.models import Mark, MarkEvent, RefusedCheckIn
from tests.factories import make_enrolment, make_register, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def scene_once(once, at_once):
    at_once("2026-10-12T09:00+05:00")
    return make_register()


@pytest.fixture
def scene(scene_once, at, db):
    """A session at nine this morning, two participants, a trainer."""
    at("2026-10-12T09:05+05:00")
    return deepcopy(scene_once)


def nonce(number):
    return UUID(int=number)


def entry(place, code="present", **fields):
    return Evidence(
        enrolment_id=place.pk, source="personal_code", kind="entry", code=code, **fields
    )


def flags(session):
    return [event.flags for event in session.mark_events.order_by("pk")]


def test_a_scan_makes_a_mark_and_an_event(scene):
    session, [one, _], trainer = scene

    [outcome] = record(session, [entry(one, device="phone")], by=trainer)

    mark = Mark.objects.get()
    assert (mark.status.code, mark.source, mark.version) == (
        "present",
        "personal_code",
        1,
    )
    assert outcome.mark == mark
    event = MarkEvent.objects.get()
    assert (event.kind, event.old, event.new.code, event.by) == (
        "entry",
        None,
        "present",
        trainer,
    )


def test_a_code_never_overwrites_a_trainers_mark(scene):
    """ATT-18: the try stays in history."""
    session, [one, _], trainer = scene
    attendance.mark(session, enrolment=one, status_code="absent", by=trainer)

    piece = Evidence(enrolment_id=one.pk, source="room_code", code="present")
    record(session, [piece], by=one.person.user)

    mark, event = Mark.objects.get(), MarkEvent.objects.latest("pk")
    assert (mark.status.code, mark.source, mark.version) == ("absent", "trainer", 1)
    assert (event.stated.code, event.old.code, event.new.code) == (
        "present",
        "absent",
        "absent",
    )


def test_the_same_nonce_from_the_same_device_has_one_effect(scene):
    """ATT-26: and the same answer."""
    session, [one, _], trainer = scene
    piece = entry(one, device="phone", nonce=nonce(1))

    first, again = (record(session, [piece], by=trainer)[0] for _ in range(2))

    assert (first.is_new, again.is_new) == (True, False)
    assert first.event == again.event == MarkEvent.objects.get()


def test_twice_in_one_upload_is_once(scene):
    """ATT-26"""
    session, [one, _], trainer = scene
    piece = entry(one, device="phone", nonce=nonce(1))

    outcomes = record(session, [piece, piece], by=trainer)

    assert [one.is_new for one in outcomes] == [True, False]
    assert MarkEvent.objects.count() == 1


def test_of_two_phones_the_earliest_arrival_wins(scene, at):
    """ATT-29: the other is kept as a duplicate."""
    session, [one, _], trainer = scene
    at("2026-10-12T10:00+05:00")
    times = [session.starts_at + timedelta(minutes=minutes) for minutes in (20, 2)]

    for number, (code, when) in enumerate(zip(["late", "present"], times, strict=True)):
        piece = entry(
            one, code, device=f"phone {number}", nonce=nonce(number), happened_at=when
        )
        record(session, [piece], by=trainer)

    mark = Mark.objects.get()
    assert (mark.status.code, mark.marked_at) == ("present", times[1])
    assert flags(session) == [["late_upload"], ["late_upload", "duplicate"]]


def test_what_was_scanned_off_line_keeps_its_own_time(scene, at):
    """ATT-27: up to two minutes are nothing to be told."""
    session, [one, two], trainer = scene
    now = at("2026-10-12T09:10+05:00")
    ago = [now - timedelta(seconds=seconds) for seconds in (120, 121)]

    pieces = [
        entry(place, device="phone", nonce=nonce(number), happened_at=when)
        for number, (place, when) in enumerate(zip([one, two], ago, strict=True))
    ]
    record(session, pieces, by=trainer)

    kept = session.mark_events.order_by("pk").values_list("happened_at", "received_at")
    assert list(kept) == [(when, now) for when in ago]
    assert flags(session) == [[], ["late_upload"]]


def test_nothing_happened_later_than_it_was_told(scene):
    """A phone whose clock is years ahead."""
    session, [one, _], trainer = scene
    ahead = clock.now() + timedelta(days=900)

    record(session, [entry(one, happened_at=ahead)], by=trainer)

    assert MarkEvent.objects.get().happened_at == clock.now()


def test_what_waits_changes_nothing_before_it_is_accepted(scene):
    """ATT-28: it is kept as forced, even in a register that is signed off."""
    session, [one, two], trainer = scene
    attendance.save_register(
        session, rows=[Row(one.pk, "absent"), Row(two.pk, "absent")], by=trainer
    )
    attendance.sign_off_register(session, by=trainer)

    [outcome] = record(session, [entry(one, waits=True)], by=trainer)

    assert (outcome.mark.status.code, outcome.event.flags) == ("absent", ["forced"])
    with pytest.raises(attendance.RegisterSigned):
        record(session, [entry(one)], by=trainer)


def test_accepted_it_counts(scene):
    """ATT-28"""
    session, [one, _], trainer = scene
    [forced] = record(session, [entry(one, waits=True)], by=trainer)
    assert forced.mark is None

    yes = Evidence(
        enrolment_id=one.pk, source="trainer", kind="accept", about=forced.event.pk
    )
    record(session, [yes], by=trainer)

    assert Mark.objects.get().status.code == "present"


def test_an_exit_without_an_entry_is_kept_and_flagged(scene):
    """ATT-31"""
    session, [one, _], trainer = scene
    out = Evidence(enrolment_id=one.pk, source="personal_code", kind="exit")

    record(session, [out], by=trainer)

    assert (Mark.objects.count(), flags(session)) == (0, [["exit_without_entry"]])


def test_who_comes_again_is_no_duplicate(scene, at):
    """ATT-32: the minutes of both visits count."""
    session, [one, _], trainer = scene
    out = Evidence(enrolment_id=one.pk, source="personal_code", kind="exit")

    for minute, piece in ((0, entry(one)), (20, out), (50, entry(one)), (60, out)):
        at(session.starts_at + timedelta(minutes=minute))
        record(session, [piece], by=trainer)

    assert (Mark.objects.get().minutes, flags(session)) == (30, [[], [], [], []])


def test_undo_is_free_within_a_quarter_of_an_hour(scene, at):
    """ATT-30: for whoever or whatever said it; twice is once."""
    session, [one, _], trainer = scene
    [first] = record(session, [entry(one, device="phone")], by=trainer)
    at("2026-10-12T09:20+05:00")

    outcome = undo(first.event, by=make_user(), device="phone")
    again = undo(first.event, by=trainer)

    assert (outcome.mark.status, again.is_new) == (None, False)
    assert [event.kind for event in session.mark_events.all()] == ["entry", "undo"]


def test_later_undo_needs_a_reason(scene, at):
    """ATT-30"""
    session, [one, _], trainer = scene
    [first] = record(session, [entry(one)], by=trainer)
    at("2026-10-12T09:20:01+05:00")

    with pytest.raises(evidence.UndoNeedsReason):
        undo(first.event, by=trainer)

    assert undo(first.event, by=trainer, reason="wrong name").event.reason == (
        "wrong name"
    )


def test_somebody_else_needs_a_reason_at_once(scene):
    """ATT-30"""
    session, [one, _], trainer = scene
    [first] = record(session, [entry(one, device="phone")], by=trainer)

    with pytest.raises(evidence.UndoNeedsReason):
        undo(first.event, by=make_user(), device="tablet")


def test_a_mark_that_another_trainer_made_meanwhile_is_a_conflict(scene):
    """The later one counts; both stand in the list."""
    session, [one, _], trainer = scene
    attendance.mark(session, enrolment=one, status_code="absent", by=make_user())

    piece = Evidence(
        enrolment_id=one.pk, source="trainer", code="late", seen=0, device="phone"
    )
    record(session, [piece], by=trainer)

    assert Mark.objects.get().status.code == "late"
    assert flags(session) == [[], ["conflict"]]


def test_a_fact_about_somebody_elses_mark_is_refused(scene):
    session, [one, two], trainer = scene
    [first] = record(session, [entry(one)], by=trainer)

    piece = Evidence(
        enrolment_id=two.pk, source="trainer", kind="undo", about=first.event.pk
    )
    with pytest.raises(evidence.NothingToUndo):
        record(session, [piece], by=trainer)


@pytest.mark.parametrize("count", [3, 30])
def test_the_number_of_queries_does_not_grow(scene, count, django_assert_num_queries):
    session, _, trainer = scene
    places = [make_enrolment(cohort=session.cohort) for _ in range(count)]
    pieces = [entry(place) for place in places]

    # The session, the sheet, the statuses, the facts; the marks and the events.
    with django_assert_num_queries(8):
        record(session, pieces, by=trainer)


def test_a_refused_try_is_kept_without_what_was_typed(scene):
    """ATT-25: the same nonce twice is one."""
    session, _, _ = scene

    for _ in range(2):
        refuse_check_in(
            why="old",
            source="room_code",
            value="K7M4QX9R",
            session=session,
            device="phone",
            nonce=nonce(1),
        )

    [row] = RefusedCheckIn.objects.all()
    assert (row.why, len(row.digest), "K7M4" in row.digest) == ("old", 64, False)
