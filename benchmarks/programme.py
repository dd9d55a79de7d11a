"""A course of thirty lessons with people in it, made by the tests' own builders."""

from datetime import timedelta

from courses import clock
from tests.factories import (
    make_category,
    make_cohort,
    make_course,
    make_edition,
    make_enrolment,
    make_lesson,
    make_module,
    make_participant,
    make_question,
    make_quiz,
    make_session,
    make_staff,
    make_user,
)

TEXT = "<p>" + "Where a presumed victim can talk without being overheard. " * 6 + "</p>"
BODY = [("heading", "Where to talk"), *[("text", TEXT)] * 8]


def make_programme(*, modules: int, lessons: int):
    """A course with so many modules of so many lessons, and a quiz in the last."""
    course = make_course(attendance_percent=80)
    pages = []
    for _ in range(modules):
        module = make_module(course)
        pages += [
            make_lesson(module, body=BODY, completes="read") for _ in range(lessons)
        ]
    shelf = make_category()
    questions = [make_question(category=shelf) for _ in range(10)]
    quiz = make_quiz(module, questions=questions)
    return course, [*pages, quiz], make_edition(course, *pages, quiz)


def make_room(edition, people: int):
    """A running cohort with so many people and one session, and its trainer."""
    cohort = make_cohort(edition)
    enrolments = [make_enrolment(make_participant(), cohort) for _ in range(people)]
    start = clock.now().astimezone(cohort.zone) - timedelta(minutes=10)
    session = make_session(
        cohort, local_date=start.date(), local_time=start.time().replace(microsecond=0)
    )
    trainer = make_user(is_staff=True)
    make_staff(cohort, "trainer", trainer)
    return enrolments, session, trainer


def make_courses_of(person, count: int) -> None:
    """So many courses of one person, each with a lesson and a session."""
    for _ in range(count):
        _course, _pages, edition = make_programme(modules=1, lessons=1)
        cohort = make_cohort(edition)
        make_enrolment(person, cohort)
        make_session(cohort)
