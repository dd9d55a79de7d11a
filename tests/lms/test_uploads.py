"""What was noted without a line: taken up once, by its own time, and never lost."""

from copy import deepcopy
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from courses import clock
from lms.actions import attendance, enrolment
from lms.actions.personal_codes import renew_personal_code
from lms.actions.uploads import Item, take_up
from lms.models import Mark, MarkEvent, RefusedCheckIn
from lms.personal_codes import personal_code
from tests.factories import make_enrolment, make_register, make_session, make_user

pytestmark = pytest.mark.django_db
DAY = "2026-10-12T{}+05:00"


@pytest.fixture(scope="module")
def scene_once(once, at_once):
    at_once(DAY.format("08:00"))
    return make_register()


@pytest.fixture
def scene(scene_once, at, db):
    """A session at nine; what devices noted is sent at noon."""
    at(DAY.format("12:00"))
    return deepcopy(scene_once)


def time(clock_time: str) -> datetime:
    return datetime.fromisoformat(DAY.format(clock_time))


def mark(number, place, code, at="09:05", **fields):
    return Item(
        nonce=UUID(int=number),
        kind="set",
        enrolment_id=place.pk,
        code=code,
        stated_at=time(at),
        **fields,
    )


def scanned(number, place, at="09:05", kind="entry"):
    return Item(
        nonce=UUID(int=number),
        kind=kind,
        value=personal_code(place),
        stated_at=time(at),
    )


def undone(number, about, at="09:10"):
    return Item(
        nonce=UUID(int=number), kind="undo", about=UUID(int=about), stated_at=time(at)
    )


def send(session, items, *, by, device="a", sent_at=None):
    answers = take_up(
        session, items, device=device, sent_at=sent_at or clock.now(), by=by
    )
    return [answer.what for answer in answers]


def marks(session):
    rows = session.marks.order_by("enrolment_id")
    return [*rows.values_list("status__code", "source")]


def refused():
    return [*RefusedCheckIn.objects.order_by("pk").values_list("why", "enrolment")]


def test_scans_and_marks_keep_their_own_time_and_show_the_upload(scene):
    """ATT-27: 09:20 is late, though it came at noon."""
    session, [one, other], trainer = scene

    sent = [scanned(1, one, "09:20"), mark(2, other, "excused", "09:30")]
    assert send(session, sent, by=trainer) == ["saved", "saved"]

    assert marks(session) == [("late", "personal_code"), ("excused", "trainer")]
    events = MarkEvent.objects.order_by("pk")
    assert [*events.values_list("happened_at", "received_at", "flags")] == [
        (time("09:20"), time("12:00"), ["late_upload"]),
        (time("09:30"), time("12:00"), ["late_upload"]),
    ]
    session.refresh_from_db()
    assert session.status == "held"


def test_what_is_sent_three_times_counts_once_and_is_answered_alike(scene):
    """ATT-26: whatever has changed meanwhile, and twice in one upload, too."""
    session, [one, other], trainer = scene
    items = [scanned(1, one), mark(2, other, "late"), mark(3, other, "asleep")]
    first = take_up(session, items, device="a", sent_at=clock.now(), by=trainer)
    renew_personal_code(one, number=1, by=trainer)
    attendance.save_register(session, rows=[], by=trainer, rest="present")
    attendance.sign_off_register(session, by=trainer)

    again = [
        take_up(session, sent, device="a", sent_at=clock.now(), by=trainer)
        for sent in (items, [*items, *items])
    ]

    assert again == [first, [*first, *first]]
    assert [answer.what for answer in first] == ["saved", "saved", "refused"]
    assert MarkEvent.objects.exclude(nonce=None).count() == 2
    assert RefusedCheckIn.objects.count() == 1


def test_after_sign_off_a_mark_waits_until_it_is_accepted(scene):
    """ATT-28, ATT-49"""
    session, [one, other], trainer = scene
    attendance.save_register(session, rows=[], by=trainer, rest="absent")
    attendance.sign_off_register(session, by=trainer)

    sent = [mark(1, one, "present", seen=1), scanned(2, other)]
    assert send(session, sent, by=trainer) == ["forced", "forced"]

    assert marks(session) == [("absent", "trainer")] * 2
    events = MarkEvent.objects.exclude(nonce=None).order_by("pk")
    assert [(event.waits, event.flags) for event in events] == [
        (True, ["forced", "after_sign_off", "late_upload"])
    ] * 2


def test_who_had_no_place_then_waits_and_a_cancelled_session_takes_no_mark(scene):
    """ATT-28"""
    session, [one, other], trainer = scene
    enrolment.withdraw(one, by=trainer, reason="Moved away")
    type(one).objects.filter(pk=one.pk).update(active_to=time("08:30"))

    assert send(session, [mark(1, one, "present")], by=trainer) == ["forced"]
    attendance.cancel(session, by=trainer, reason="Snow")
    assert send(session, [mark(2, other, "present")], by=trainer) == ["forced"]

    assert marks(session) == []
    assert [*MarkEvent.objects.values_list("waits", flat=True)] == [True, True]


def test_a_renewed_code_scanned_before_anybody_could_know_is_forced(scene):
    """ATT-28: and refused where the line was there."""
    session, [one, _], trainer = scene
    old = [scanned(1, one, "11:00"), scanned(2, one, "12:00")]
    renew_personal_code(one, number=1, by=trainer)

    assert send(session, old, by=trainer) == ["forced", "refused"]

    assert marks(session) == []
    assert refused() == [("revoked", one.pk)]


def test_what_is_nobodys_here_is_kept_as_refused(scene):
    """ATT-25: an unknown code, one of another cohort, and a status of nobody's."""
    session, [one, _], trainer = scene
    stranger = make_enrolment(cohort=make_session().cohort)
    unknown = Item(
        nonce=UUID(int=1), kind="entry", value="nobody's", stated_at=time("09:00")
    )
    sent = [
        unknown,
        scanned(2, stranger),
        mark(3, stranger, "present"),
        mark(4, one, "asleep"),
    ]
    assert send(session, sent, by=trainer) == ["refused"] * 4

    assert refused() == [
        ("unknown", None),
        ("not_expected", stranger.pk),
        ("not_expected", None),
        ("unknown", one.pk),
    ]
    assert not Mark.objects.exists()


def test_of_two_trainers_the_later_own_time_wins_whoever_sends_first(scene):
    """ATT-27: the other one's word stays, and that they differ is flagged."""
    session, [one, other], trainer = scene
    colleague = make_user()
    early = [mark(1, place, "absent", "09:05") for place in (one,)]
    early += [mark(2, other, "late", "09:40")]
    late = [mark(3, one, "late", "09:30"), mark(4, other, "absent", "09:10")]

    first = send(session, early, by=trainer, device="a")
    second = send(session, late, by=colleague, device="b")

    assert (first, second) == (["saved"] * 2, ["conflict"] * 2)
    assert marks(session) == [("late", "trainer"), ("late", "trainer")]
    flags = MarkEvent.objects.values_list("flags", flat=True)
    assert ["conflict" in told for told in flags] == [True] * 4
    assert send(session, early, by=trainer, device="a") == first


def test_two_devices_scan_one_person_and_the_first_arrival_counts(scene):
    """ATT-29"""
    session, [one, _], trainer = scene

    assert send(session, [scanned(1, one, "09:30")], by=trainer) == ["saved"]
    assert send(session, [scanned(2, one, "09:04")], by=trainer, device="b") == [
        "saved"
    ]

    assert marks(session) == [("present", "personal_code")]
    assert "duplicate" in MarkEvent.objects.latest("pk").flags


def test_a_clock_that_is_years_wrong_is_put_right_and_flagged(scene):
    session, [one, _], trainer = scene
    years = timedelta(days=4000)
    item = mark(1, one, "late", "09:20")
    item = Item(**{**vars(item), "stated_at": item.stated_at - years})

    send(session, [item], by=trainer, sent_at=clock.now() - years)

    event = MarkEvent.objects.get()
    assert (event.happened_at, event.stated_at) == (
        time("09:20"),
        time("09:20") - years,
    )
    assert event.flags == ["clock", "late_upload"]


def test_what_is_taken_back_on_the_device_leaves_no_mark(scene):
    """ATT-30: within a quarter of an hour by the device's time, however late sent."""
    session, [one, other], trainer = scene
    sent = [
        scanned(1, one),
        undone(2, 1, "09:10"),
        scanned(3, other),
        undone(4, 3, "09:40"),
        undone(5, 99),
    ]

    assert send(session, sent, by=trainer) == [
        "saved",
        "saved",
        "saved",
        "refused",
        "saved",
    ]

    assert marks(session) == [(None, "trainer"), ("present", "personal_code")]
    assert refused() == [("too_late", other.pk)]


def test_a_mark_without_a_remark_leaves_the_remark_that_is_there(scene):
    session, [one, _], trainer = scene
    attendance.mark(
        session, enrolment=one, status_code="late", by=trainer, remark="bus"
    )

    send(session, [mark(1, one, "present", "12:00", seen=1)], by=trainer)
    assert Mark.objects.get().remark == "bus"
    send(session, [mark(2, one, "present", "12:00", remark="train")], by=trainer)
    assert Mark.objects.get().remark == "train"


def test_thirty_things_cost_as_many_queries_as_four(
    scene, django_assert_max_num_queries
):
    session, [one, other], trainer = scene

    def some(count, start):
        return [
            scanned(start + n, one) if n % 2 else mark(start + n, other, "late")
            for n in range(count)
        ]

    with django_assert_max_num_queries(20) as few:
        send(session, some(4, 1), by=trainer)
    with django_assert_max_num_queries(len(few.captured_queries)):
        send(session, some(30, 1000), by=trainer)
