"""Cohorts whose people stand somewhere: some did this, some missed that."""

from datetime import time, timedelta
from decimal import Decimal

from courses import clock
from lms.actions import progress
from lms.models import Attempt, Cohort, Mark, MarkStatus, Override, Waiver
from tests.factories import (
    make_cohort,
    make_course,
    make_edition,
    make_enrolment,
    make_lesson,
    make_module,
    make_quiz,
    make_session,
    make_user,
)


def make_group(people=1, lessons=1, quizzes=1, sessions=1) -> Cohort:
    """A cohort that asks all kinds of things, its sessions held on the last days."""
    course = make_course()
    module = make_module(course)
    pages = [make_lesson(module, completes="read") for _ in range(lessons)]
    pages += [make_quiz(module, [], attempts_allowed=2) for _ in range(quizzes)]
    edition = make_edition(course, *pages, policy={"attendance_percent": 60})
    cohort = make_cohort(edition)
    today = clock.now().date()
    for back in range(sessions, 0, -1):
        make_session(
            cohort,
            local_date=today - timedelta(days=back),
            local_time=time(9),
            status="held",
        )
    for _ in range(people):
        joined = clock.now() - timedelta(days=sessions + 1)
        make_enrolment(cohort=cohort, active_from=joined)
    return cohort


def keys_of(cohort, kind):
    return [one["key"] for one in cohort.edition.activities if one["kind"] == kind]


def make_attempt(place, quiz_key, number=1, score=None, status="graded"):
    now = clock.now()
    return Attempt.objects.create(
        enrolment=place,
        quiz_key=quiz_key,
        number=number,
        status=status,
        rules={"pass_percent": "70"},
        language="en",
        started_at=now,
        ended_at=None if status == "running" else now,
        score=None if score is None else Decimal(score),
        out_of=Decimal(10),
    )


def make_mark(place, session, code="present"):
    return Mark.objects.create(
        session=session,
        enrolment=place,
        status=MarkStatus.objects.filter(code=code).latest("version"),
        source="trainer",
        marked_at=clock.now(),
    )


def make_varied() -> Cohort:
    """Twelve people, each somewhere else."""
    cohort = make_group(people=12, lessons=2, quizzes=2, sessions=3)
    places = list(cohort.enrolments.order_by("pk"))
    lessons, quizzes = keys_of(cohort, "lesson"), keys_of(cohort, "quiz")
    sessions = list(cohort.sessions.all())
    by = make_user()
    for index, place in enumerate(places):
        for lesson in lessons[: index % 3]:
            progress.complete_activity(
                place, activity=lesson, source="participant", by=None
            )
        for session in sessions[index % 4 :]:
            make_mark(place, session, ["present", "late", "absent"][index % 3])
        if index % 2:
            make_attempt(place, quizzes[0], 1, score=index % 10)
        if index % 4 == 3:
            make_attempt(place, quizzes[0], 2, score=3)
    make_attempt(places[2], quizzes[1], status="marking")
    make_attempt(places[4], quizzes[1], status="running")
    progress.complete_activity(places[5], activity=quizzes[0], source="quiz", by=None)
    for requirement in (lessons[0], quizzes[1], "attendance"):
        Waiver.objects.create(
            enrolment=places[6],
            requirement=requirement,
            reason="Knows it",
            by=by,
            created_at=clock.now(),
        )
    extra = {"reason": "Ill", "by": by, "created_at": clock.now()}
    Override.objects.create(
        quiz_key=quizzes[0], person=places[3].person, extra_attempts=1, **extra
    )
    Override.objects.create(
        quiz_key=quizzes[1], cohort=cohort, extra_attempts=1, **extra
    )
    late = places[7]
    late.active_from = clock.now() - timedelta(hours=1)
    late.save()
    return cohort
