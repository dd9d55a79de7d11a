from copy import deepcopy

import pytest

from courses.actions.questions import freeze_question
from tests.cast import make_cast
from tests.factories import (
    make_course,
    make_edition,
    make_enrolment,
    make_module,
    make_question,
    make_quiz,
)
from tests.lms.sitting import answer


@pytest.fixture(scope="module")
def cast_once(once):
    """A quiz of two questions at 50 %: somebody has all right, somebody none."""
    course = make_course()
    questions = [make_question(), make_question()]
    for question in questions:
        freeze_question(question, by=None)
    quiz = make_quiz(make_module(course), questions, pass_percent=50)
    cast = make_cast(make_edition(course, quiz))
    cast.quiz, cast.question = quiz, questions[0]
    cast.right = answer(cast.enrolment, quiz, rights=2)
    cast.wrong = answer(make_enrolment(cohort=cast.cohort), quiz, rights=0)
    return cast


@pytest.fixture
def cast(cast_once, db):
    return deepcopy(cast_once)
