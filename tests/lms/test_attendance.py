"""Marks and registers: what the verbs promise."""

from datetime import time, timedelta
from fractions import Fraction
from threading import Barrier, Thread

import pytest
from django.db import connection
from wagtail.models import ModelLogEntry

from courses import clock
from lms.actions import attendance as actions
from lms.actions.attendance import Row
from lms.actions.enrolment import ReasonMissing
from lms.actions.progress import complete_activity, evaluate
from lms.attendance import in_words, sheet_of
from lms.models import Enrolment, Mark, MarkEvent, MarkStatus, Session
from lms.standing import attendance_of
from lms.sums import Sums
from tests.factories import (
    make_cohort,
    make_course,
    make_edition,
    make_enrolment,
    make_lesson,
    make_module,
    make_session,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(at):
    """A session this morning, two participants, a trainer."""
    at("2026-10-12T09:05+05:00")
    return make_scene()


def make_scene(**session):
    cohort = make_cohort()
    day = clock.now().astimezone(cohort.zone).date()
    held = make_session(cohort, local_date=day, **session)
    people = [make_enrolment(cohort=cohort) for _ in range(2)]
    return held, people, make_user()


def codes(session):
    marks = session.marks.order_by("enrolment")
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
    assert (event.happened_at, event.source, event.reason) == (later, "trainer", "bus")


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

    assert attendance_of(two) == Sums(Fraction(0), countable=1, unmarked=1, to_come=0)


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


def make_course_of(*codes, at_least=60):
    """An enrolment of a course of one lesson, done, marked so in past sessions."""
    course = make_course()
    lesson = make_lesson(make_module(course))
    edition = make_edition(course, lesson, policy={"attendance_percent": at_least})
    enrolment = make_enrolment(
        cohort=make_cohort(edition), active_from=clock.now() - timedelta(days=90)
    )
    trainer = make_user()
    for days, code in enumerate(codes, start=1):
        day = clock.now().date() - timedelta(days=days)
        session = make_session(enrolment.cohort, local_date=day)
        actions.mark(session, enrolment=enrolment, status_code=code, by=trainer)
        Session.objects.filter(pk=session.pk).update(status="held")
    complete_activity(
        enrolment, activity=lesson.translation_key, source="participant", by=None
    )
    return enrolment


def attendance_required(enrolment):
    return next(one for one in evaluate(enrolment) if one.kind == "attendance")


def test_excused_leaves_both_sides_of_the_sum():
    """ATT-08: 3 present, 1 excused, 2 absent are 3 of 5."""
    enrolment = make_course_of(*["present"] * 3, "excused", "absent", "absent")

    found = attendance_required(enrolment)

    assert (found.met, found.value) == (True, 60)
    assert enrolment.status == Enrolment.Status.COMPLETED


def test_all_excused_is_no_percentage_and_completes_nobody():
    """ATT-09: only a waiver helps."""
    enrolment = make_course_of("excused", "excused")

    assert attendance_required(enrolment).value is None
    assert enrolment.status == Enrolment.Status.ACTIVE
    enrolment.waivers.create(
        requirement="attendance", reason="ill", by=make_user(), created_at=clock.now()
    )
    evaluate(enrolment)
    assert enrolment.status == Enrolment.Status.COMPLETED


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


def test_a_mark_keeps_the_version_of_its_status(scene):
    session, [one, two], trainer = scene
    actions.mark(session, enrolment=one, status_code="late", by=trainer)
    newer = MarkStatus.objects.create(set="default", code="late", version=2, credit=1)

    actions.save_register(
        session, rows=[Row(one.pk, "late", 1, "bus"), Row(two.pk, "late")], by=trainer
    )

    kept, new = session.marks.order_by("enrolment")
    assert (kept.status.version, kept.remark, new.status) == (1, "bus", newer)


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


def test_cancelling_completes_who_lacked_only_that_session(at):
    """ATT-39"""
    at("2026-10-12T09:05+05:00")
    enrolment = make_course_of("present", "absent", at_least=100)
    missed = enrolment.cohort.sessions.order_by("starts_at").first()

    actions.cancel(missed, by=make_user(), reason="the bridge was closed")

    enrolment.refresh_from_db()
    assert enrolment.status == Enrolment.Status.COMPLETED


def test_cancelling_needs_a_reason(scene):
    session, _, trainer = scene

    with pytest.raises(ReasonMissing):
        actions.cancel(session, by=trainer, reason="  ")


def test_signing_off_completes_who_lacked_only_attendance(at):
    """ATT-49: and a correction later takes nothing back."""
    at("2026-10-12T09:05+05:00")
    enrolment, trainer = make_course_of("present", at_least=80), make_user()
    Enrolment.objects.update(status="active", completed_at=None, completed_on=None)
    session = enrolment.cohort.sessions.get()

    actions.sign_off_register(session, by=trainer)
    enrolment.refresh_from_db()
    first = enrolment.status
    actions.reopen_register(session, by=trainer, reason="wrong line on the sheet")
    actions.mark(session, enrolment=enrolment, status_code="absent", by=trainer)
    actions.sign_off_register(session, by=trainer)

    enrolment.refresh_from_db()
    assert (first, enrolment.status) == ("completed", "completed")


def test_a_signed_register_refuses_changes_until_it_is_reopened(scene):
    """ATT-49"""
    session, [one, _], trainer = scene
    actions.mark_the_rest_present(session, by=trainer)
    signed = actions.sign_off_register(session, by=trainer)
    assert actions.sign_off_register(session, by=make_user()).signed_by == trainer

    for refused in (
        lambda: actions.mark(signed, enrolment=one, status_code="late", by=trainer),
        lambda: actions.save_register(session, rows=[], by=trainer),
        lambda: actions.cancel(session, by=trainer, reason="x"),
        lambda: actions.change_session(session, by=trainer, minutes=30),
    ):
        with pytest.raises(actions.RegisterSigned):
            refused()

    with pytest.raises(ReasonMissing):
        actions.reopen_register(session, by=trainer, reason="")
    actions.reopen_register(session, by=trainer, reason="the list was mixed up")
    assert actions.mark(session, enrolment=one, status_code="late", by=trainer)
    entry = ModelLogEntry.objects.get(action="lms.reopen_register")
    assert entry.data == {"reason": "the list was mixed up"}


@pytest.mark.parametrize(
    ("sums", "least", "expected"),
    [
        (Sums(Fraction(2), 3, 0, 1), 80, "2 of 3 sessions so far, 80% needed."),
        (Sums(Fraction(5, 2), 3, 0, 0), 0, "2.5 of 3 sessions so far."),
        (Sums(Fraction(1), 1, 0, 0), 75, "1 of 1 session so far, 75% needed."),
        (Sums(Fraction(0), 0, 0, 3), 75, "No session counts for you yet."),
    ],
)
def test_attendance_is_told_in_plain_words(sums, least, expected):
    assert in_words(sums, least) == expected


def in_threads(*jobs):
    """Run the jobs at the same instant, each with its own connection; their results."""
    barrier, found = Barrier(len(jobs)), [None] * len(jobs)

    def run(place, job):
        try:
            barrier.wait(timeout=10)
            found[place] = job()
        except Exception as error:
            found[place] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return found


races = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@races
def test_marking_one_person_from_many_devices_leaves_one_mark():
    """ATT-01"""
    session, [one, _], trainer = make_scene()
    codes = ["present", "late", "absent", "excused"] * 2

    found = in_threads(
        *(
            lambda code=code: actions.mark(
                session, enrolment=one, status_code=code, by=trainer
            )
            for code in codes
        )
    )

    assert [type(result) for result in found] == [Mark] * len(codes)
    [mark] = Mark.objects.filter(session=session)
    changes = MarkEvent.objects.filter(session=session)
    assert mark.version == changes.count()
    # Each change began where the one before it ended.
    steps = list(changes.order_by("pk").values_list("old", "new"))
    assert [old for old, _ in steps[1:]] == [new for _, new in steps[:-1]]


@races
def test_of_many_sheets_with_the_same_stale_row_one_is_written():
    """ATT-04: the version is compared under the session's lock."""
    session, [one, _], trainer = make_scene()
    actions.mark(session, enrolment=one, status_code="present", by=trainer)
    codes = ["late", "absent", "excused", "left_early"]

    found = in_threads(
        *(
            lambda code=code: actions.save_register(
                session, rows=[Row(one.pk, code, version=1)], by=trainer
            )
            for code in codes
        )
    )

    assert sorted(saved.changed for saved in found) == [0, 0, 0, 1]
    assert sum(len(saved.conflicts) for saved in found) == 3
    assert Mark.objects.get(session=session).version == 2


@races
def test_no_mark_slips_in_while_the_register_is_signed():
    """ATT-49"""
    session, [one, _], trainer = make_scene()
    actions.mark_the_rest_present(session, by=trainer)

    signed, *marked = in_threads(
        lambda: actions.sign_off_register(session, by=trainer),
        *(
            lambda: actions.mark(
                session, enrolment=one, status_code="absent", by=trainer
            )
            for _ in range(3)
        ),
    )

    last = MarkEvent.objects.filter(session=session).latest("pk")
    assert signed.register == "signed"
    assert {type(result) for result in marked} <= {Mark, actions.RegisterSigned}
    assert last.happened_at <= signed.signed_at
