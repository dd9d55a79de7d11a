"""Where one enrolment stands, read from its records. Writes nothing."""

import uuid
from collections import defaultdict
from fractions import Fraction

from django.utils.translation import get_language

from courses.marking import counted
from courses.models import QuizPage
from courses.outline import outline_of

from .completion import QuizResult, Requirement, requirements
from .models import Attempt, Cohort, Enrolment, Mark, Override, Progress, Session
from .sitting import rules_for
from .sums import Expected, Sums, attendance_sums, is_expected

AWAITING = (Attempt.Status.SUBMITTED, Attempt.Status.MARKING)


def requirements_of(
    enrolment: Enrolment, *, completed: set[str] | None = None
) -> list[Requirement]:
    """What this enrolment asks and what is met, in the reader's language; no writes.

    `completed` is for who has read already what is done.
    """
    edition = enrolment.cohort.edition
    outline = outline_of(edition, get_language() or enrolment.cohort.locale)
    required = outline.live_required
    keys = [uuid.UUID(str(one.key)) for one in required if one.kind == "quiz"]
    least = edition.policy.get("attendance_percent", 0)
    return requirements(
        required,
        completed=completed_keys(enrolment) if completed is None else completed,
        waived=set(enrolment.waivers.values_list("requirement", flat=True)),
        quizzes=quiz_results(enrolment, keys) if keys else {},
        attendance=attendance_of(enrolment) if least else None,
        attendance_percent=least,
    )


def completed_keys(enrolment: Enrolment) -> set[str]:
    """The activities done, as text, in whatever language they were done."""
    done = enrolment.progress.filter(state=Progress.State.COMPLETED)
    return {str(key) for key in done.values_list("activity", flat=True)}


def attendance_of(enrolment: Enrolment) -> Sums | None:
    """The participant's attendance; None in a self-paced cohort that never meets."""
    marks = {
        mark.session_id: mark.status
        for mark in Mark.objects.filter(enrolment=enrolment).select_related("status")
    }
    sessions = list(
        Session.objects.live().filter(cohort=enrolment.cohort_id, is_required=True)
    )
    if not sessions and enrolment.cohort.mode == Cohort.Mode.SELF_PACED:
        return None
    return attendance_sums(
        _expected(session, marks.get(session.pk))
        for session in sessions
        if is_expected(
            starts_at=session.starts_at,
            ends_at=session.ends_at,
            active_from=enrolment.active_from,
            active_to=enrolment.active_to,
        )
    )


def quiz_results(enrolment: Enrolment, keys: list[uuid.UUID]) -> dict[str, QuizResult]:
    """What the attempts at these quizzes come to, three queries for any number."""
    attempts, overrides = defaultdict(list), defaultdict(list)
    for attempt in enrolment.attempts.filter(quiz_key__in=keys).order_by("number"):
        attempts[attempt.quiz_key].append(attempt)
    for override in Override.objects.of(enrolment).filter(quiz_key__in=keys):
        overrides[override.quiz_key].append(override)
    quizzes = QuizPage.objects.live().filter(translation_key__in=keys)
    return {
        str(quiz.translation_key): _quiz_result(
            quiz, overrides[quiz.translation_key], attempts[quiz.translation_key]
        )
        for quiz in quizzes.order_by("-pk")
    }


def _quiz_result(quiz, overrides, attempts: list[Attempt]) -> QuizResult:
    rules = rules_for(quiz, overrides)
    shares = [
        Fraction(attempt.score) / Fraction(attempt.out_of)
        for attempt in attempts
        if attempt.score is not None
    ]
    share = counted(rules.grading, shares)
    return QuizResult(
        best=None if share is None else share * 100,
        needed=Fraction(rules.pass_percent),
        attempts_left=rules.has_attempt_left(len(attempts))
        or any(attempt.is_running for attempt in attempts),
        is_awaiting=any(attempt.status in AWAITING for attempt in attempts),
    )


def _expected(session: Session, status) -> Expected:
    return Expected(
        is_held=session.status == Session.Status.HELD,
        credit=None if status is None else Fraction(status.credit),
        counts=status is None or status.counts,
    )
