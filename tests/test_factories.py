"""The builders build."""

import pytest

from lms.models import Enrolment

from .factories import (
    make_cohort,
    make_course,
    make_edition,
    make_enrolment,
    make_lesson,
    make_module,
    make_quiz,
    make_session,
)

pytestmark = pytest.mark.django_db


def test_the_smallest_programme_has_a_lesson_a_quiz_a_session_and_a_participant():
    course = make_course()
    module = make_module(course)
    lesson, quiz = make_lesson(module), make_quiz(module)
    cohort = make_cohort(make_edition(course, lesson, quiz))
    session = make_session(cohort)

    enrolment = make_enrolment(cohort=cohort)

    assert list(Enrolment.objects.all()) == [enrolment]
    assert session.starts_at == session.instant()
    assert [a["kind"] for a in cohort.edition.activities] == ["lesson", "quiz"]
