"""Attempts at quizzes: started, answered, handed in and marked, all on the server."""

import logging
from collections.abc import Container, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from courses import clock
from courses.models import QuizPage
from lms.models import Attempt, Enrolment, Response
from lms.sitting import is_over, is_up

from .attempt_answers import keep, save_one
from .attempt_ends import abandon
from .attempt_making import create
from .attempt_refusals import (
    CodeNeeded,
    PoolTooSmall,
    TamperedAnswer,
    TimeIsLeft,
    TooLate,
)
from .attempt_rules import refuse_start, refuse_stranger, rules_of
from .grading import grade, locked_attempt, locked_enrolment
from .rooms import Admission
from .unforeseen import told

logger = logging.getLogger(__name__)


def start(
    enrolment: Enrolment,
    *,
    quiz: QuizPage,
    language: str,
    admission: Admission | None = None,
) -> Attempt:
    """Begin an attempt or return the running one, whichever tab or device asks.

    Its questions, their versions, the order of the choices, marks and rules are fixed
    here. A supervised quiz begins with an `admission`. Raises NotStudying, CodeNeeded,
    NoAttemptLeft, TooEarly, QuizClosed, QuizNotReady or PoolTooSmall.
    """
    try:
        return _start(enrolment, quiz, language, admission)
    except PoolTooSmall:
        # After the rollback: staff read it in the history of the quiz.
        log(quiz, "lms.pool_too_small")
        raise


@transaction.atomic
def _start(
    enrolment: Enrolment, quiz: QuizPage, language: str, admission: Admission | None
) -> Attempt:
    enrolment = locked_enrolment(enrolment.pk)
    refuse_stranger(enrolment, quiz)
    attempts = list(enrolment.attempts.filter(quiz_key=quiz.translation_key))
    running = next((attempt for attempt in attempts if attempt.is_running), None)
    now = clock.now()
    if running and not running.has_run_out(now):
        return running
    if running:
        ended = submit(running)
        attempts[attempts.index(running)] = ended
    if quiz.is_supervised and admission is None:
        raise CodeNeeded(_("This quiz is sat under supervision. Ask for the code."))
    rules = rules_of(enrolment, quiz, ends_by=admission and admission.until)
    refuse_start(rules, attempts, now, enrolment.cohort.zone)
    sitting = admission and admission.sitting
    attempt = create(
        enrolment, quiz, language, rules, earlier=attempts, sitting=sitting
    )
    _log(attempt, "lms.start_attempt", number=attempt.number)
    return attempt


def save_answer(
    attempt: Attempt,
    *,
    place: int,
    answer: dict | None,
    sequence: int,
    is_flagged: bool | None = None,
) -> Response:
    """Keep one answer of a running attempt; sent twice it is kept once.

    `is_flagged` says whether to look at it again; None leaves that as it is. Raises
    StaleAnswer for a sequence that is not newer than the stored one, TamperedAnswer,
    AttemptEnded, or TooLate after having handed in what was there.
    """
    try:
        return save_one(attempt, place, answer, sequence, is_flagged)
    except TooLate:
        if attempt.has_run_out(clock.now()):
            submit(attempt)
        raise
    except TamperedAnswer:
        _log(attempt, "lms.tampered_answer", place=place)
        raise


def submit(
    attempt: Attempt,
    *,
    answers: Mapping[int, dict | None] | None = None,
    sequences: Mapping[int, int] | None = None,
    is_time_up: bool = False,
) -> Attempt:
    """Hand in and mark; a second call returns the attempt as it is (QZ-16).

    `answers` by place are kept first if they come in time, each unless a newer one is
    stored. What is handed in is stored before it is marked (QZ-17). `is_time_up` is
    what a browser says that hands in by itself; raises TimeIsLeft when the server's
    clock does not agree (QZ-10). Where handing in is for the participant to do, such
    an attempt stays as it is (QZ-14).
    """
    try:
        _hand_in(attempt, answers or {}, sequences or {}, is_time_up)
    except TamperedAnswer:
        _log(attempt, "lms.tampered_answer")
        raise
    return grade(attempt)


@dataclass(frozen=True)
class Kept:
    """What became of a form of answers: `stale` places hold a newer one (QZ-18)."""

    attempt: Attempt
    stale: list[int]
    is_late: bool = False


@transaction.atomic
def keep_answers(
    attempt: Attempt,
    *,
    answers: Mapping[int, dict | None],
    sequences: Mapping[int, int] | None = None,
    flags: Container[int] | None = None,
) -> Kept:
    """Keep a whole form of answers without handing in; nothing once it is too late.

    `flags` are the places to look at again; None leaves them as they are.
    """
    attempt = locked_attempt(attempt)
    if not attempt.is_running or is_over(attempt.deadline_at, clock.now()):
        return Kept(attempt, [], is_late=True)
    return Kept(attempt, keep(attempt, answers, sequences or {}, flags))


@transaction.atomic
def _hand_in(attempt, answers, sequences, is_time_up) -> None:
    attempt = locked_attempt(attempt)
    if not attempt.is_running:
        return
    now, deadline = clock.now(), attempt.deadline_at
    if attempt.hand_in_until and attempt.has_run_out(now):
        abandon(attempt)
        return
    if is_time_up and not is_up(deadline, now):
        raise TimeIsLeft(_("There is time left. Your answers are saved: go on."))
    if is_time_up and attempt.hand_in_until:
        return
    if answers and not is_over(deadline, now):
        keep(attempt, answers, sequences)
    attempt.status = Attempt.Status.SUBMITTED
    attempt.ended_at = min(now, deadline) if deadline else now
    attempt.save(update_fields=["status", "ended_at"])
    _log(attempt, "lms.submit")


def sweep() -> int:
    """Hand in for people who vanished and mark what was not; returns how many.

    Where handing in was up to them, the attempt is abandoned instead (QZ-14).
    Safe beside participants who hand in at the same moment, and to run twice.
    """
    now, done = clock.now(), 0
    running = Attempt.objects.filter(status=Attempt.Status.RUNNING, deadline_at__lt=now)
    unmarked = Attempt.objects.filter(status=Attempt.Status.SUBMITTED)
    for attempt in [*running, *unmarked]:
        if attempt.is_running and not attempt.has_run_out(now):
            continue
        try:
            submit(attempt)
        except Exception as error:
            # One broken attempt must not keep all the others waiting.
            logger.error("Attempt %s was not marked: %s", attempt.pk, told(error))
        else:
            done += 1
    return done


def _log(attempt: Attempt, action: str, **data) -> None:
    log(attempt, action, user=attempt.enrolment.person.user, data=data)
