"""Attempts that end without being handed in, and beginning one of them again."""

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from courses import clock
from courses.languages import in_order
from courses.models import QuizPage
from lms.models import Attempt, Enrolment

from .attempt_rules import rules_of
from .grading import grade, locked_attempt, locked_enrolment
from .refusal import Refused, reason_given

Status = Attempt.Status


class CannotReopen(Refused):
    """It was handed in, or another one is running, or the place is not active."""


def abandon(attempt: Attempt) -> None:
    """The time to hand in is over: its answers are kept, it earns nothing (QZ-14).

    The row is locked by the caller.
    """
    attempt.status, attempt.ended_at = Status.ABANDONED, attempt.deadline_at
    attempt.save(update_fields=["status", "ended_at"])
    log(attempt, "lms.abandon")


def withdraw_running(place: Enrolment, *, by) -> None:
    """The place ends: what is being answered ends with it and uses up nothing (QZ-52).

    The place is locked by the caller.
    """
    running = Attempt.objects.filter(enrolment=place, status=Status.RUNNING)
    for attempt in running.select_for_update(of=("self",)).order_by("pk"):
        attempt.status, attempt.ended_at = Status.WITHDRAWN, clock.now()
        attempt.save(update_fields=["status", "ended_at"])
        log(attempt, "lms.withdraw_attempt", user=by)


def reopen(attempt: Attempt, *, by, reason: str) -> Attempt:
    """Take up an attempt that was never handed in (QZ-15).

    With time left it goes on, without it is marked at once as it stands. One that goes
    on already is returned as it is. Raises CannotReopen.
    """
    return grade(_reopen(attempt, by, reason))


@transaction.atomic
def _reopen(attempt: Attempt, by, reason: str) -> Attempt:
    place = locked_enrolment(attempt.enrolment_id)
    attempt = locked_attempt(attempt)
    now = clock.now()
    if attempt.is_running and not attempt.is_overdue(now):
        return attempt
    _check(attempt, place)
    reason = reason_given(reason)
    deadline = _deadline(attempt, place)
    if deadline is None or now < deadline:
        attempt.status, attempt.ended_at = Status.RUNNING, None
        attempt.deadline_at = deadline
    else:
        attempt.status = Status.SUBMITTED
        attempt.ended_at = attempt.ended_at or attempt.deadline_at
    attempt.save(update_fields=["status", "ended_at", "deadline_at"])
    log(attempt, "lms.reopen_attempt", user=by, data={"reason": reason})
    return attempt


def _check(attempt: Attempt, place: Enrolment) -> None:
    if not attempt.was_not_handed_in(clock.now()):
        raise CannotReopen(_("Only an attempt that was never handed in is reopened."))
    if not place.is_studying:
        raise CannotReopen(_("This place is not active."))
    same = Attempt.objects.filter(enrolment=place, quiz_key=attempt.quiz_key)
    if same.filter(status=Status.RUNNING).exclude(pk=attempt.pk).exists():
        raise CannotReopen(_("Another attempt at this quiz is running."))


def _deadline(attempt: Attempt, place: Enrolment):
    """As the rules are now; as it was where the quiz is no longer there."""
    pages = QuizPage.objects.live().filter(translation_key=attempt.quiz_key)
    found = in_order(pages.select_related("locale"), attempt.language)
    if not found:
        return attempt.deadline_at
    rules = rules_of(place, found[0], ends_by=attempt.ends_by)
    return rules.deadline(attempt.started_at)
