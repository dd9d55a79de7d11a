"""Marks and registers: what the verbs promise."""

from datetime import time

import pytest
from wagtail.models import ModelLogEntry

from lms.actions import attendance as actions
from lms.actions.attendance import Row
from lms.actions.refusal import ReasonMissing
from lms.attendance import bounds_in_words, forget_statuses, in_words, sheet_of
from lms.attendance_rules import MINUTES
from lms.models import Enrolment, Mark, MarkEvent, MarkStatus, Session
from lms.standing import attendance_of
from tests.factories import (
    make_enrolment,
    make_register,
    make_session,
    make_user,
)

from .lettered import sums_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(at):
    """A session this morning, two participants, a trainer."""
    at("2026-10-12T09:05+05:00")
    return make_register()


def codes(session):
    marks = session.marks.order_by("enrolment_id")
    return list(marks.values_list("status__code", flat=True))


def events(session):
    return [
        (event.old and event.old.code, event.new and event.new.code, event.by)
        for event in session.mark_events.all()
    ]


def test_a_second_mark_changes_the_one_there_is(scene):
    """ATT-01"""
    session, [one, _], trainer = scene

    for code in ("absent", "late"):
        actions.mark(session, enrolment=one, status_code=code, by=trainer)

    mark = Mark.objects.get()
    assert (mark.status.code, mark.version, mark.marked_by) == ("late", 2, trainer)


def test_each_change_appends_who_when_old_and_new(scene, at):
    """ATT-02"""
    session, [one, _], trainer = scene
    other = make_user()
    actions.mark(session, enrolment=one, status_code="absent", by=trainer)
    later = at("2026-10-12T09:20+05:00")

    actions.mark(session, enrolment=one, status_code="late", by=other, remark="bus")

    assert events(session) == [(None, "absent", trainer), ("absent", "late", other)]
    event = session.mark_events.last()
    assert (event.happened_at, event.source, event.remark) == (later, "trainer", "bus")


def test_the_same_mark_again_writes_nothing(scene, at):
    """ATT-03"""
    session, [one, _], trainer = scene
    first = actions.mark(session, enrolment=one, status_code="present", by=trainer)
    at("2026-10-12T11:00+05:00")

    again = actions.save_register(
        session, rows=[Row(one.pk, "present", version=1)], by=make_user()
    )

    assert again.changed == 0
    assert MarkEvent.objects.count() == 1
    mark = Mark.objects.get()
    assert (mark.marked_at, mark.marked_by) == (first.marked_at, trainer)


def test_what_somebody_else_changed_meanwhile_is_given_back(scene):
    """ATT-04: the other rows are saved."""
    session, [one, two], trainer = scene
    actions.mark(session, enrolment=one, status_code="late", by=make_user())

    saved = actions.save_register(
        session, rows=[Row(one.pk, "absent"), Row(two.pk, "present")], by=trainer
    )

    assert [line.pk for line in saved.conflicts] == [one.pk]
    assert (saved.changed, codes(session)) == (1, ["late", "present"])


def test_a_participants_own_mark_does_not_make_the_register_taken(scene):
    """ATT-05"""
    session, [one, _], trainer = scene
    actions.mark(
        session,
        enrolment=one,
        status_code="present",
        by=one.person.user,
        source=Mark.Source.ROOM_CODE,
    )
    before = Session.objects.get().status

    actions.save_register(session, rows=[], by=trainer)

    assert (before, Session.objects.get().status) == ("planned", "held")


def test_a_register_saved_before_its_day_is_not_held_yet(scene, at):
    session, [one, _], trainer = scene
    at("2026-10-11T18:59+00:00")

    actions.save_register(session, rows=[Row(one.pk, "excused")], by=trainer)

    assert (Session.objects.get().status, codes(session)) == ("planned", ["excused"])
    with pytest.raises(actions.NotYetHeld):
        actions.sign_off_register(session, by=trainer)


def test_a_gap_keeps_the_register_open_and_is_named(scene):
    """ATT-06"""
    session, [one, two], trainer = scene
    actions.mark(session, enrolment=one, status_code="present", by=trainer)
    actions.save_register(
        session, rows=[Row(two.pk, "", remark="phoned, will be late")], by=trainer
    )

    with pytest.raises(
        actions.UnmarkedParticipants, match=two.person.legal_name
    ) as refusal:
        actions.sign_off_register(session, by=trainer)

    assert [line.pk for line in refusal.value.lines] == [two.pk]
    assert Session.objects.get().register == "open"


def test_a_held_session_without_a_mark_counts_as_unmarked(scene):
    """ATT-06"""
    session, [one, two], trainer = scene

    actions.save_register(session, rows=[Row(one.pk, "present")], by=trainer)

    sums = attendance_of(two)
    assert (sums.credit, sums.countable, sums.unmarked, sums.to_come) == (0, 1, 1, 0)


def test_a_remark_alone_is_no_mark(scene):
    """ATT-38"""
    session, [one, _], trainer = scene

    actions.save_register(session, rows=[Row(one.pk, "", 0, "ill")], by=trainer)

    mark = Mark.objects.get()
    assert (mark.status, mark.remark) == (None, "ill")
    assert attendance_of(one).unmarked == 1


def test_a_wrong_tap_can_be_taken_back_to_no_mark(scene):
    session, [one, _], trainer = scene
    actions.mark(session, enrolment=one, status_code="absent", by=trainer)

    actions.save_register(session, rows=[Row(one.pk, "", 1)], by=trainer)

    assert events(session)[-1] == ("absent", None, trainer)


def test_a_session_before_the_place_began_is_not_expected(scene, at):
    """ATT-11"""
    session, _, trainer = scene
    late = make_enrolment(
        cohort=session.cohort, active_from=at("2026-10-12T10:31+05:00")
    )

    line = next(line for line in sheet_of(session) if line.pk == late.pk)

    assert (line.is_expected, line.is_missing) == (False, False)
    assert attendance_of(late).countable == 0
    with pytest.raises(actions.NotExpected):
        actions.mark(session, enrolment=late, status_code="present", by=trainer)


def test_withdrawing_keeps_marks_and_later_sessions_are_not_expected(scene, at):
    """ATT-14"""
    session, [one, _], trainer = scene
    actions.mark(session, enrolment=one, status_code="present", by=trainer)
    Enrolment.objects.filter(pk=one.pk).update(
        status="withdrawn", active_to=at("2026-10-12T12:00+05:00")
    )
    make_session(session.cohort, local_date=session.local_date, local_time=time(14))

    before, after = sheet_of(session), sheet_of(Session.objects.last())

    assert [(line.code, line.is_expected) for line in before] == [
        ("present", True),
        ("", True),
    ]
    assert [line.is_expected for line in after] == [False, True]


def test_the_participants_of_another_cohort_cannot_be_marked(scene):
    session, _, trainer = scene

    with pytest.raises(actions.NotExpected):
        actions.mark(
            session, enrolment=make_enrolment(), status_code="present", by=trainer
        )


def test_an_unknown_status_is_refused_as_a_whole(scene):
    session, [one, two], trainer = scene

    with pytest.raises(actions.UnknownStatus):
        actions.save_register(
            session, rows=[Row(one.pk, "present"), Row(two.pk, "asleep")], by=trainer
        )

    assert not Mark.objects.exists()


def test_a_session_that_has_begun_keeps_its_version_of_the_statuses(scene):
    """ATT-37"""
    session, [one, two], trainer = scene
    later = make_session(session.cohort, local_time=time(15), status="planned")
    actions.mark(session, enrolment=one, status_code="late", by=trainer)
    newer = MarkStatus.objects.create(set="default", code="late", version=2, credit=1)
    forget_statuses("default")

    actions.save_register(
        session, rows=[Row(one.pk, "late", 1, "bus"), Row(two.pk, "late")], by=trainer
    )
    ahead = actions.mark(later, enrolment=one, status_code="late", by=trainer)

    marks = session.marks.order_by("enrolment_id")
    assert [(one.status.version, one.remark) for one in marks] == [(1, "bus"), (1, "")]
    assert ahead.status == newer


def test_the_rest_is_present(scene):
    session, [one, two], trainer = scene

    saved = actions.save_register(
        session,
        rows=[Row(one.pk, "excused"), Row(two.pk, "", 0, "new badge")],
        by=trainer,
        rest="present",
    )

    assert (saved.changed, codes(session)) == (2, ["excused", "present"])
    assert Mark.objects.get(enrolment=two).remark == "new badge"
    assert actions.mark_the_rest_present(session, by=trainer).changed == 0


def test_cancelling_leaves_every_denominator_and_keeps_history(scene):
    """ATT-39"""
    session, [one, _], trainer = scene
    actions.save_register(session, rows=[Row(one.pk, "absent")], by=trainer)

    for _ in range(2):
        cancelled = actions.cancel(session, by=trainer, reason="no light")

    assert (cancelled.status, cancelled.sequence) == ("cancelled", 1)
    assert attendance_of(one).countable == 0
    assert events(session) == [(None, "absent", trainer)]
    entry = ModelLogEntry.objects.get(action="lms.cancel_session")
    assert (entry.user, entry.data) == (trainer, {"reason": "no light"})
    with pytest.raises(actions.SessionCancelled):
        actions.mark(session, enrolment=one, status_code="present", by=trainer)


def test_cancelling_needs_a_reason(scene):
    session, _, trainer = scene

    with pytest.raises(ReasonMissing):
        actions.cancel(session, by=trainer, reason="  ")


@pytest.mark.parametrize(
    ("sessions", "rules", "expected"),
    [
        ("ppa.", {}, "2 of 3 sessions so far, 80% needed."),
        ("ppl", {"percent": 0}, "2.5 of 3 sessions so far."),
        ("p", {"percent": 75}, "1 of 1 session so far, 75% needed."),
        ("...", {}, "No session counts for you yet."),
        ("pa.", {"measure": MINUTES}, "60 of 120 minutes so far, 80% needed."),
    ],
)
def test_attendance_is_told_in_plain_words(sessions, rules, expected):
    assert in_words(sums_of(sessions, **rules)) == expected


@pytest.mark.parametrize(
    ("sessions", "expected"),
    [
        (
            "ppa.",
            "Of the whole course: at least 50%, if you came to nothing more; at best "
            "75%, if you come to everything.",
        ),
        ("pppa", "75% of the whole course."),
        ("ee", ""),
    ],
)
def test_what_can_still_become_of_it_is_told_apart(sessions, expected):
    """ATT-07"""
    assert bounds_in_words(sums_of(sessions)) == expected
