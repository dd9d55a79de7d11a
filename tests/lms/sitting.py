"""A participant with a quiz in front, and ways to answer it."""

from courses.actions.questions import freeze_question
from lms.actions import attempts
from tests.factories import (
    make_cohort,
    make_course,
    make_edition,
    make_enrolment,
    make_module,
    make_question,
    make_quiz,
)


def make_sitting(how_many=1, **quiz_fields):
    """An enrolment and a quiz of frozen questions that its edition asks."""
    course = make_course()
    questions = [make_question() for _ in range(how_many)]
    for question in questions:
        freeze_question(question, by=None)
    quiz = make_quiz(make_module(course), questions, **quiz_fields)
    return make_enrolment(cohort=make_cohort(make_edition(course, quiz))), quiz


def start(enrolment, quiz):
    return attempts.start(enrolment, quiz=quiz, language="en")


def right(response):
    return {"chosen": response.version.key["correct"]}


def wrong(response):
    key = response.version.key
    return {"chosen": [next(o for o in key["options"] if o not in key["correct"])]}


def answers(attempt, rights=99):
    """The first so many right, the others wrong."""
    rows = attempt.responses.select_related("version")
    return {
        row.place: (right if place < rights else wrong)(row)
        for place, row in enumerate(rows)
    }
