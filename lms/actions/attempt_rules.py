"""Whether a place may begin an attempt at a quiz, and by which rules."""

from datetime import datetime, tzinfo

from django.utils.translation import gettext_lazy as _

from courses import clock
from courses.models import QuizPage
from lms.models import Attempt, Enrolment, Override
from lms.sitting import Rules, rules_for
from lms.zones import by_the_clock

from .attempt_refusals import (
    AttemptRefused,
    NoAttemptLeft,
    NotStudying,
    QuizClosed,
    TooEarly,
)


def why_not(enrolment: Enrolment, quiz: QuizPage) -> str:
    """Why a new attempt would be refused by its rules; empty when it would not."""
    attempts = list(enrolment.attempts.filter(quiz_key=quiz.translation_key))
    rules = rules_of(enrolment, quiz)
    try:
        refuse_stranger(enrolment, quiz)
        refuse_start(rules, attempts, clock.now(), enrolment.cohort.zone)
    except AttemptRefused as refusal:
        return str(refusal)
    return ""


def rules_of(
    enrolment: Enrolment, quiz: QuizPage, *, ends_by: datetime | None = None
) -> Rules:
    """What holds for this place: the quiz's rules and what differs."""
    overrides = Override.objects.filter(quiz_key=quiz.translation_key).of(enrolment)
    return rules_for(quiz, overrides, ends_by=ends_by)


def refuse_stranger(enrolment: Enrolment, quiz: QuizPage) -> None:
    """Raises NotStudying where the place is not active or has no such quiz."""
    if not enrolment.is_studying:
        raise NotStudying(_("Your place in this course is not active."))
    if not enrolment.cohort.edition.has(quiz.translation_key):
        raise NotStudying(_("This quiz is not part of your course."))


def refuse_start(
    rules: Rules, attempts: list[Attempt], now: datetime, zone: tzinfo
) -> None:
    """Raises NoAttemptLeft, QuizClosed or TooEarly; `zone` is that of what it says."""
    attempts = [one for one in attempts if one.is_used_up]
    if not rules.has_attempt_left(len(attempts)):
        raise NoAttemptLeft(_("You have used all your attempts."))
    if rules.closes_at and now >= rules.closes_at:
        closed = by_the_clock(rules.closes_at, zone)
        raise QuizClosed(_("This quiz was closed: %(when)s") % {"when": closed})
    ended = max((one.ended_at for one in attempts if one.ended_at), default=None)
    opens_at = rules.opens_again(ended)
    if opens_at and now < opens_at:
        opens = by_the_clock(opens_at, zone)
        raise TooEarly(_("You can start from: %(when)s") % {"when": opens})
