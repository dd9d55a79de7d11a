"""A quiz that is sat under supervision, and ways into its room."""

from datetime import timedelta

from courses import clock
from courses.actions.questions import freeze_question
from lms.actions import rooms, tickets
from tests.cast import make_cast
from tests.factories import (
    make_course,
    make_edition,
    make_enrolment,
    make_module,
    make_person,
    make_question,
    make_quiz,
)

START = "2026-10-12T09:00+05:00"


def make_room_cast(**quiz_fields):
    """The cast, both cohorts with a supervised quiz; a sitting of ours is open.

    `nigina` has a place and no account.
    """
    quizzes, editions = [], []
    for _cohort in range(2):
        question = make_question()
        freeze_question(question, by=None)
        course = make_course()
        quiz = make_quiz(
            make_module(course), [question], is_supervised=True, **quiz_fields
        )
        quizzes.append(quiz)
        editions.append(make_edition(course, quiz))
    cast = make_cast(*editions)
    cast.quiz, cast.other_quiz = quizzes
    cast.nigina = make_enrolment(make_person(email=""), cast.cohort)
    cast.sitting = open_room(cast)
    return cast


def open_room(cast, prefix="", *, minutes=30, starts_in=0, is_locked=True):
    return rooms.open_sitting(
        getattr(cast, f"{prefix}cohort"),
        quiz=getattr(cast, f"{prefix}quiz"),
        opens_at=clock.now() + timedelta(minutes=starts_in),
        minutes=minutes,
        place="Room 4",
        is_locked=is_locked,
        by=getattr(cast, f"{prefix}trainer"),
    )


def a_ticket(cast, place=None, minutes=60, sitting=None):
    """A ticket and its code."""
    ((ticket, code),) = tickets.print_tickets(
        sitting or cast.sitting,
        places=[place or cast.nigina],
        minutes=minutes,
        by=cast.trainer,
    )
    return ticket, code
