"""A cohort with open answers handed in, and ways to mark them."""

from decimal import Decimal

from django.urls import reverse

from lms.actions import marking
from lms.actions.cohorts import add_staff
from lms.models import ResponseScore
from tests.cast import make_cast
from tests.factories import (
    make_course,
    make_edition,
    make_enrolment,
    make_module,
    make_quiz,
    make_user,
)

from .sitting import hand_in


def make_marked_cast(*questions, pass_percent=70, **rules):
    """Our cohort's participant has handed in these questions."""
    course = make_course()
    quiz = make_quiz(
        make_module(course),
        list(questions),
        pass_percent=Decimal(pass_percent),
        **rules,
    )
    cast = make_cast(make_edition(course, quiz))
    cast.quiz, cast.attempt = quiz, hand_in(cast.enrolment, quiz, "Debt <b>binds</b>.")
    cast.answers = list(cast.attempt.responses.order_by("place"))
    return cast


def one_more(cast):
    """Somebody else hands in, too; the first of their answers comes to the cast's."""
    attempt = hand_in(make_enrolment(cohort=cast.cohort), cast.quiz)
    cast.answers.append(attempt.responses.first())
    return attempt


def colleague(cast):
    """Another marker of our cohort."""
    user = make_user()
    add_staff(cast.cohort, user=user, role="marker", by=None)
    return user


def mark(cast, place=1, score="1", comment="", by=None, read=0):
    given = marking.Given(Decimal(score), comment=comment)
    return marking.mark(
        cast.answers[place - 1], given=given, by=by or cast.marker, read=read
    )


def address(cast, place=1, name="mark_answer"):
    return reverse(f"lms:{name}", args=[cast.cohort.code, cast.answers[place - 1].pk])


def pile(cast):
    return reverse("lms:marking", args=[cast.cohort.code])


def post(client, cast, place=1, name="mark_answer", **fields):
    fields = {"score": "1", "comment": "", "read": "0"} | fields
    return client.post(address(cast, place, name), fields)


def scores():
    return list(ResponseScore.objects.order_by("pk").values_list("score", flat=True))
