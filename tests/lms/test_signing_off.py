"""What marks come to: sums, completing, and a register that is closed."""

from datetime import timedelta

import pytest
from wagtail.models import ModelLogEntry

from courses import clock
from lms.actions import attendance as actions
from lms.actions.progress import complete_activity, evaluate
from lms.actions.refusal import ReasonMissing
from lms.models import Enrolment, Session
from tests.factories import (
    make_cohort,
    make_course,
    make_edition,
    make_enrolment,
    make_lesson,
    make_module,
    make_register,
    make_session,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _this_morning(at):
    at("2026-10-12T09:05+05:00")


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


def test_cancelling_completes_who_lacked_only_that_session(at):
    """ATT-39"""
    at("2026-10-12T09:05+05:00")
    enrolment = make_course_of("present", "absent", at_least=100)
    missed = enrolment.cohort.sessions.order_by("starts_at").first()

    actions.cancel(missed, by=make_user(), reason="the bridge was closed")

    enrolment.refresh_from_db()
    assert enrolment.status == Enrolment.Status.COMPLETED


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
    actions.mark(
        session,
        enrolment=enrolment,
        status_code="absent",
        by=trainer,
        reason="wrong line on the sheet",
    )
    actions.sign_off_register(session, by=trainer)

    enrolment.refresh_from_db()
    assert (first, enrolment.status) == ("completed", "completed")


def test_a_signed_register_refuses_changes_until_it_is_reopened():
    """ATT-49"""
    session, [one, _], trainer = make_register()
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
    with pytest.raises(ReasonMissing):
        actions.mark(session, enrolment=one, status_code="late", by=trainer)
    assert actions.mark(
        session, enrolment=one, status_code="late", by=trainer, reason="was late"
    )
    event = session.mark_events.latest("pk")
    assert (event.reason, event.flags) == ("was late", ["after_sign_off"])
    entry = ModelLogEntry.objects.get(action="lms.reopen_register")
    assert entry.data == {"reason": "the list was mixed up"}
