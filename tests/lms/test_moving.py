"""Moving a person to another cohort; cancelling a cohort."""

import pytest
from wagtail.models import ModelLogEntry

from courses import clock
from lms.actions import moving as actions
from lms.actions.codes import enter_by_code
from lms.actions.cohorts import cancel_cohort
from lms.actions.places import CohortClosed
from lms.actions.refusal import ReasonMissing
from lms.completion import ATTENDANCE
from lms.models import Attempt, Enrolment, Mark, MarkStatus, Message, Progress, Waiver
from tests.factories import (
    make_cohort,
    make_edition,
    make_enrolment,
    make_lesson,
    make_member,
    make_module,
    make_quiz,
    make_session,
    make_user,
)

from .test_admission import later, letters
from .test_invitations import invited

pytestmark = pytest.mark.django_db


@pytest.fixture
def two():
    """An enrolment with a lesson done, in one of two cohorts of an edition."""
    module = make_module()
    lesson, other, quiz = make_lesson(module), make_lesson(module), make_quiz(module)
    edition = make_edition(module.get_parent(), lesson, other, quiz)
    old = make_enrolment(cohort=make_cohort(edition))
    now = clock.now()
    Progress.objects.create(
        enrolment=old,
        activity=lesson.translation_key,
        state="completed",
        source="participant",
        opened_at=now,
        seen_at=now,
        completed_at=now,
    )
    return old, make_cohort(edition), lesson, quiz


def move(old, to, reason="Lives there now"):
    return actions.move(old, to=to, by=make_user(), reason=reason)


def attempt_at(quiz, enrolment, number=1):
    return Attempt.objects.create(
        enrolment=enrolment,
        quiz_key=quiz.translation_key,
        number=number,
        status="graded",
        rules={},
        language="en",
        started_at=clock.now(),
        ended_at=clock.now(),
        score=1,
        out_of=1,
    )


def test_lessons_and_quizzes_go_along_and_attendance_stays(two):
    """EN-14"""
    old, to, lesson, quiz = two
    attempt = attempt_at(quiz, old)
    session = make_session(old.cohort)
    status = MarkStatus.objects.get(code="present")
    mark = Mark.objects.create(
        session=session,
        enrolment=old,
        status=status,
        source="trainer",
        marked_at=clock.now(),
    )

    new = move(old, to)

    carried = new.progress.values_list("activity", "state", "source")
    assert list(carried) == [(lesson.translation_key, "completed", "carried")]
    assert list(new.attempts.all()) == [attempt]
    assert list(new.marks.all()) == []
    assert list(old.marks.all()) == [mark]
    assert old.progress.count() == 1


def test_the_old_place_ends_with_the_reason_and_the_new_one_begins(two):
    """EN-14"""
    old, to, *_ = two

    new = move(old, to)
    again = move(old, to)

    old.refresh_from_db()
    assert (old.status, new.status, again) == ("withdrawn", "active", new)
    reasons = [
        one.data.get("reason") for one in ModelLogEntry.objects.for_instance(old)
    ]
    assert reasons == ["Lives there now"]


def test_what_was_waived_stays_waived_but_attendance(two):
    """EN-14"""
    old, to, lesson, _quiz = two
    for requirement in (str(lesson.translation_key), ATTENDANCE):
        Waiver.objects.create(
            enrolment=old,
            requirement=requirement,
            reason="Teaches it",
            by=make_user(),
            created_at=clock.now(),
        )

    new = move(old, to)

    assert [one.requirement for one in new.waivers.all()] == [
        str(lesson.translation_key)
    ]


def test_who_moves_back_finds_the_place_with_all_they_did(two):
    """EN-14"""
    old, to, _lesson, quiz = two
    attempt_at(quiz, old)
    new = move(old, to)
    attempt_at(quiz, new, number=2)

    back = move(new, old.cohort)

    assert (back.pk, back.status) == (old.pk, "active")
    assert [one.number for one in back.attempts.order_by("number")] == [1, 2]
    assert back.periods.filter(ended_at=None).count() == 1


def test_the_seat_left_behind_is_offered(two):
    """EN-02, EN-14"""
    old, to, *_ = two
    cohort = later(edition=old.cohort.edition, capacity=1)
    Enrolment.objects.filter(pk=old.pk).update(cohort=cohort)
    old.refresh_from_db()
    waits = make_enrolment(cohort=cohort, status="waitlisted")

    move(old, to)

    waits.refresh_from_db()
    assert waits.status == "offered"


def test_nobody_moves_where_there_is_no_seat_no_edition_or_a_place_already(two):
    """EN-14"""
    old, to, *_ = two
    full = make_cohort(to.edition, capacity=0)
    make_enrolment(old.person, to)

    with pytest.raises(actions.SeatsTaken):
        move(old, full)
    with pytest.raises(actions.AlreadyThere):
        move(old, to)
    with pytest.raises(actions.OtherEdition):
        move(old, make_cohort())
    with pytest.raises(CohortClosed):
        move(old, make_cohort(to.edition, status="cancelled"))

    old.refresh_from_db()
    assert old.status == "active"


def test_only_an_active_place_moves_and_why_is_said(two):
    """EN-14"""
    old, to, *_ = two
    waits = make_enrolment(cohort=old.cohort, status="waitlisted")

    with pytest.raises(ReasonMissing):
        move(old, to, reason=" ")
    with pytest.raises(actions.CannotMove):
        move(waits, to)


def test_cancelling_frees_everybody_and_tells_each_once():
    """EN-13"""
    cohort, by = later(capacity=2), make_user()
    now = clock.now()
    done = {"completed_at": now, "completed_on": now.date()}
    completed = make_enrolment(cohort=cohort, status="completed", **done)
    active = make_enrolment(cohort=cohort)
    states = ["requested", "waitlisted", "offered"]
    others = [make_enrolment(cohort=cohort, status=state) for state in states]

    cancel_cohort(cohort, by=by, reason="The road is closed.")
    cancel_cohort(cohort, by=by, reason="Again.")

    found = dict(Enrolment.objects.values_list("pk", "status"))
    assert found.pop(completed.pk) == "completed"
    assert set(found.values()) == {"cancelled"}
    told = letters("cohort_cancelled").values_list("person", flat=True)
    assert sorted(told) == sorted(one.person_id for one in [active, *others])
    assert Message.objects.count() == 4
    active.refresh_from_db()
    assert active.active_to is not None


def test_sessions_to_come_are_cancelled_under_a_higher_sequence_number():
    """EN-13, CM-08"""
    cohort = later()
    planned = make_session(cohort)
    held = make_session(cohort, status="held")

    cancel_cohort(cohort, by=make_user(), reason="The road is closed.")

    planned.refresh_from_db()
    held.refresh_from_db()
    assert (planned.status, planned.sequence) == ("cancelled", 1)
    assert (held.status, held.sequence) == ("held", 0)


def test_nobody_comes_into_a_cancelled_cohort_by_a_code_either():
    """EN-13"""
    invitation = invited()
    cancel_cohort(invitation.cohort, by=make_user(), reason="The road is closed.")

    with pytest.raises(CohortClosed, match="takes nobody"):
        enter_by_code(make_member().user, code=invitation.code)


def test_cancelling_needs_a_reason():
    """EN-13"""
    with pytest.raises(ReasonMissing):
        cancel_cohort(later(), by=make_user(), reason="")
