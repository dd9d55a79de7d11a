"""Who came in and was never seen leaving, at the end of the session."""

from copy import deepcopy
from datetime import datetime

import pytest

from lms import tasks
from lms.actions import attendance, open_entries
from lms.actions.evidence import Evidence, record
from lms.models import Mark
from tests.factories import make_register

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def scene_once(once, at_once):
    at_once("2026-10-12T08:00+05:00")
    return make_register()


@pytest.fixture
def scene(scene_once, at, db):
    """A session from 09:00 to 10:30, two participants, a trainer."""
    at("2026-10-12T09:10+05:00")
    return deepcopy(scene_once)


def step(place, kind, **fields):
    code = "present" if kind == "entry" else ""
    return Evidence(
        enrolment_id=place.pk, source="personal_code", kind=kind, code=code, **fields
    )


def kinds(session):
    events = session.mark_events.order_by("happened_at", "pk")
    return [(event.kind, event.flags, event.by) for event in events]


def test_open_entries_are_closed_once_at_the_sessions_end(scene, at):
    """ATT-31: by the system, flagged `auto`; the minutes stay what they were."""
    session, [one, two], trainer = scene
    record(session, [step(one, "entry"), step(two, "entry")], by=trainer)
    at("2026-10-12T09:40+05:00")
    record(session, [step(two, "exit")], by=trainer)
    tasks.every_minute()
    during = kinds(session)

    at("2026-10-12T10:31+05:00")
    closed = [open_entries.close_open_entries() for _ in range(2)]

    assert len(during) == 3
    assert closed == [1, 0]
    last = session.mark_events.latest("pk")
    assert (last.kind, last.flags, last.by) == ("exit", ["auto"], None)
    assert (last.enrolment, last.happened_at) == (one, session.ends_at)
    minutes = Mark.objects.order_by("enrolment_id").values_list("minutes", flat=True)
    assert list(minutes) == [80, 30]


def test_an_exit_without_an_entry_is_kept_and_flagged(scene, at):
    """ATT-31: no error, and nothing to close."""
    session, [one, _], trainer = scene
    record(session, [step(one, "exit")], by=trainer)
    at("2026-10-12T10:31+05:00")

    tasks.every_minute()

    assert kinds(session) == [("exit", ["exit_without_entry"], trainer)]
    assert not Mark.objects.exists()


def test_who_came_in_again_after_the_end_is_not_closed_for_ever(scene, at):
    session, [one, _], trainer = scene
    at("2026-10-12T10:35+05:00")
    record(session, [step(one, "entry")], by=trainer)

    assert open_entries.close_open_entries() == 0


def test_signing_off_closes_what_the_sweep_has_not(scene, at):
    """ATT-31"""
    session, [one, two], trainer = scene
    record(session, [step(one, "entry"), step(two, "entry")], by=trainer)
    at("2026-10-12T10:30+05:00")

    attendance.sign_off_register(session, by=trainer)

    assert [kind for kind, _, _ in kinds(session)] == ["entry", "entry", "exit", "exit"]
    assert open_entries.close_open_entries() == 0


@pytest.mark.parametrize(
    ("minutes", "exits", "present"),
    [(120, ["2026-10-12T11:00+05:00"], 110), (180, [], 170)],
)
def test_who_stayed_to_the_end_stays_to_the_new_one(scene, at, minutes, exits, present):
    """ATT-31, ATT-40: the session took longer; it is over, or not even yet."""
    session, [one, _], trainer = scene
    record(session, [step(one, "entry")], by=trainer)
    at("2026-10-12T11:30+05:00")
    open_entries.close_open_entries()

    session = attendance.change_session(session, by=trainer, minutes=minutes)
    at_once = Mark.objects.get().minutes
    open_entries.close_open_entries()

    undone = session.mark_events.filter(kind="undo").values("about")
    left = session.mark_events.filter(kind="exit").exclude(pk__in=undone)
    assert [event.happened_at for event in left] == [
        datetime.fromisoformat(moment) for moment in exits
    ]
    assert (at_once, Mark.objects.get().minutes) == (present, present)


def test_a_cancelled_session_is_left_as_it_is(scene, at):
    session, [one, _], trainer = scene
    record(session, [step(one, "entry")], by=trainer)
    attendance.cancel(session, by=trainer, reason="the bridge was closed")
    at("2026-10-12T10:31+05:00")

    assert open_entries.close_open_entries() == 0
