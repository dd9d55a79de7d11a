"""Attempts at quizzes: started, answered, handed in and marked, all on the server."""

import logging
from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.log_actions import log

from courses import clock
from courses.kinds import NotAnAnswer, TooLong, check_answer
from courses.models import QuizPage
from lms.models import Attempt, Enrolment, Override, Response
from lms.sitting import Rules, is_over, is_up, rules_for

from .attempt_ends import abandon
from .attempt_making import create
from .attempt_refusals import (
    AnswerTooLong,
    AttemptEnded,
    AttemptRefused,
    CodeNeeded,
    NoAttemptLeft,
    NotStudying,
    PoolTooSmall,
    QuizClosed,
    StaleAnswer,
    TamperedAnswer,
    TimeIsLeft,
    TooEarly,
    TooLate,
)
from .grading import grade, locked_attempt, locked_enrolment
from .rooms import Admission

logger = logging.getLogger(__name__)

TAKEN = ["answer", "is_flagged", "sequence", "saved_at", "checked_score"]


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
    _refuse_stranger(enrolment, quiz)
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
    rules = rules_of(enrolment, quiz)
    _refuse_start(rules, attempts, now, enrolment.cohort.zone)
    sitting = admission and admission.sitting
    if admission:
        rules = replace(rules, ends_by=admission.until)
    attempt = create(
        enrolment, quiz, language, rules, earlier=attempts, sitting=sitting
    )
    _log(attempt, "lms.start_attempt", number=attempt.number)
    return attempt


def why_not(enrolment: Enrolment, quiz: QuizPage) -> str:
    """Why a new attempt would be refused by its rules; empty when it would not."""
    attempts = list(enrolment.attempts.filter(quiz_key=quiz.translation_key))
    rules = rules_of(enrolment, quiz)
    try:
        _refuse_stranger(enrolment, quiz)
        _refuse_start(rules, attempts, clock.now(), enrolment.cohort.zone)
    except AttemptRefused as refusal:
        return str(refusal)
    return ""


def rules_of(enrolment: Enrolment, quiz: QuizPage) -> Rules:
    """What holds for this place: the quiz's rules and what differs."""
    overrides = Override.objects.filter(quiz_key=quiz.translation_key).of(enrolment)
    return rules_for(quiz, overrides)


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
        return _save_answer(attempt, place, answer, sequence, is_flagged)
    except TooLate:
        if attempt.has_run_out(clock.now()):
            submit(attempt)
        raise
    except TamperedAnswer:
        _log(attempt, "lms.tampered_answer", place=place)
        raise


@transaction.atomic
def _save_answer(attempt, place, answer, sequence, is_flagged) -> Response:
    response = _with_its_attempt_locked(attempt, place)
    attempt = response.attempt if response else locked_attempt(attempt)
    if not attempt.is_running:
        raise AttemptEnded(_("This attempt is handed in; its answers are final."))
    if is_over(attempt.deadline_at, clock.now()):
        raise TooLate(_too_late(attempt))
    if response is None:
        raise TamperedAnswer(_("This question is not part of your attempt."))
    stored = as_stored(response, answer)
    given = {"answer": stored, "sequence": sequence, "saved_at": clock.now()}
    if is_flagged is not None:
        given["is_flagged"] = is_flagged
    if stored != response.answer:
        given["checked_score"] = None
    # The response may have changed while the lock of its attempt was waited for.
    older = Response.objects.filter(
        pk=response.pk, sequence__lt=sequence, is_locked=False
    )
    if older.update(**given):
        for name, value in given.items():
            setattr(response, name, value)
        return response
    response.refresh_from_db(fields=TAKEN)
    if stored != response.answer:
        raise StaleAnswer(
            _("A newer answer is saved, from another tab or device."), response
        )
    return response


def _with_its_attempt_locked(attempt: Attempt, place: int) -> Response | None:
    """In one query, because this is what everybody in a room asks for all the time.

    The answer is locked, too: PostgreSQL reads anew only what it waited to lock.
    """
    rows = Response.objects.select_for_update(of=("attempt", "self"))
    related = rows.select_related("version", "attempt")
    return related.filter(attempt=attempt.pk, place=place).order_by().first()


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
    return Kept(attempt, _keep(attempt, answers, sequences or {}, flags))


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
        _keep(attempt, answers, sequences)
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
        except Exception:
            # One broken attempt must not keep all the others waiting.
            logger.exception("Attempt %s could not be marked", attempt.pk)
        else:
            done += 1
    return done


def _refuse_stranger(enrolment: Enrolment, quiz: QuizPage) -> None:
    if not enrolment.is_studying:
        raise NotStudying(_("Your place in this course is not active."))
    keys = {entry["key"] for entry in enrolment.cohort.edition.activities}
    if str(quiz.translation_key) not in keys:
        raise NotStudying(_("This quiz is not part of your course."))


def _refuse_start(rules: Rules, attempts: list[Attempt], now: datetime, zone) -> None:
    attempts = [one for one in attempts if one.is_used_up]
    if not rules.has_attempt_left(len(attempts)):
        raise NoAttemptLeft(_("You have used all your attempts."))
    if rules.closes_at and now >= rules.closes_at:
        closed = _clock_text(rules.closes_at, zone)
        raise QuizClosed(_("This quiz was closed: %(when)s") % {"when": closed})
    ended = max((one.ended_at for one in attempts if one.ended_at), default=None)
    opens_at = rules.opens_again(ended)
    if opens_at and now < opens_at:
        opens = _clock_text(opens_at, zone)
        raise TooEarly(_("You can start from: %(when)s") % {"when": opens})


def _too_late(attempt: Attempt) -> str:
    if attempt.hand_in_until:
        return _("The time was over. Hand in now: what was saved before counts.")
    return _("The time was over. What was saved before counts.")


def _clock_text(instant: datetime, zone) -> str:
    return formats.date_format(timezone.localtime(instant, zone), "DATETIME_FORMAT")


def _keep(attempt, answers, sequences, flags=None) -> list[int]:
    """Store what is newer; returns the places where the stored one is."""
    responses = {one.place: one for one in attempt.responses.select_related("version")}
    if set(answers) - set(responses):
        raise TamperedAnswer(_("This question is not part of your attempt."))
    checked = {
        place: as_stored(responses[place], answer) for place, answer in answers.items()
    }
    changed, stale = [], []
    for place, answer in checked.items():
        response = responses[place]
        is_flagged = None if flags is None else place in flags
        if _take(response, answer, sequences.get(place), is_flagged):
            changed.append(response)
        elif answer != response.answer:
            stale.append(response)
    Response.objects.bulk_update(changed, TAKEN)
    # A bulk update writes JSON's null where nothing is meant.
    emptied = [response.pk for response in changed if response.answer is None]
    if emptied:
        Response.objects.filter(pk__in=emptied).update(answer=None)
    return [response.place for response in stale]


def _take(
    response: Response,
    answer: dict | None,
    sequence: int | None,
    is_flagged: bool | None,
) -> bool:
    """Put what is newer into the response; False for what is older or the same."""
    flagged = response.is_flagged if is_flagged is None else is_flagged
    newer = response.sequence + 1 if sequence is None else sequence
    is_same = (answer, flagged) == (response.answer, response.is_flagged)
    is_changed = answer != response.answer
    if newer <= response.sequence or is_same or (response.is_locked and is_changed):
        return False
    if is_changed:
        response.checked_score = None
    response.answer, response.is_flagged = answer, flagged
    response.sequence, response.saved_at = newer, clock.now()
    return True


def as_stored(response: Response, answer: dict | None) -> dict | None:
    """Raises TamperedAnswer, or AnswerTooLong with how long it may be."""
    try:
        return check_answer(response.version.key, answer)
    except TooLong as error:
        raise AnswerTooLong(_too_long(error.most)) from None
    except NotAnAnswer:
        raise TamperedAnswer(
            _("This answer does not fit its question. Nothing was changed.")
        ) from None


def _too_long(most: int) -> str:
    text = ngettext(
        "This answer is longer than %(most)s character. Shorten it, then save again.",
        "This answer is longer than %(most)s characters. Shorten it, then save again.",
        most,
    )
    return text % {"most": formats.number_format(most, force_grouping=True)}


def _log(attempt: Attempt, action: str, **data) -> None:
    log(attempt, action, user=attempt.enrolment.person.user, data=data)
