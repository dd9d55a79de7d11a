"""What an attempt shows its participant now, by its quiz and by the clock."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _

from courses import clock
from courses.draws import criteria_of, on_offer
from courses.models import QuizPage
from courses.release import Phase, Preset, What, phase_of, released

from .models import Attempt, Override
from .sitting import NETWORK_GRACE, rules_for
from .standing import quiz_results

BEFORE_GRADED = (QuizPage.Purpose.PRACTICE, QuizPage.Purpose.PRE_TEST)


@dataclass(frozen=True)
class Release:
    """`kept_back` are questions that may still come in a graded attempt (QZ-04)."""

    shown: frozenset[What]
    attempts_left: bool
    kept_back: frozenset[UUID] = frozenset()
    later: str = ""


def release_of(attempt: Attempt, quiz: QuizPage | None) -> Release:
    """Worked out when it is looked at; nothing of it is stored (QZ-28)."""
    key = str(attempt.quiz_key)
    result = quiz_results(attempt.enrolment, [attempt.quiz_key]).get(key)
    has_left = bool(result and result.attempts_left)
    if attempt.score is None:
        return Release(frozenset(), has_left)
    preset = quiz.release if quiz else Preset.PASSED
    phase = phase_of(
        ended_at=attempt.ended_at,
        closed_at=_closed_at(attempt, quiz) if quiz else None,
        now=clock.now(),
    )
    is_decided = attempt.has_passed or not has_left
    custom = quiz.release_custom if quiz else []
    shown = released(preset, custom, phase, is_decided=is_decided)
    later = "" if What.RIGHT in shown else _later(preset, phase)
    is_before = quiz is not None and quiz.purpose in BEFORE_GRADED
    hidden = kept_back(attempt) if is_before else frozenset()
    return Release(shown, has_left, hidden, later)


def _later(preset: str, phase: Phase) -> str:
    if preset == Preset.PASSED:
        return _(
            "What would have been right is shown once you have passed or used all "
            "attempts."
        )
    if preset == Preset.CLOSED and phase != Phase.CLOSED:
        return _("The answers are shown after the quiz has closed for everybody.")
    return ""


def _closed_at(attempt: Attempt, quiz: QuizPage) -> datetime | None:
    """When nobody answers this quiz any more; None as long as it never closes.

    Closed for this person, it waits for the last closing that anybody has (QZ-29).
    """
    if quiz.release not in (Preset.CLOSED, Preset.CUSTOM):
        return None
    given = Override.objects.filter(quiz_key=attempt.quiz_key)
    if rules_for(quiz, given.of(attempt.enrolment)).closes_at is None:
        return None
    return given.aggregate(last=Max("closes_at"))["last"] + NETWORK_GRACE


def kept_back(attempt: Attempt) -> frozenset[UUID]:
    """The questions of graded quizzes that this person may still sit for more.

    An attempt that does not count shows nothing of them (QZ-04).
    """
    entries = attempt.enrolment.cohort.edition.activities
    keys = [UUID(entry["key"]) for entry in entries if entry["kind"] == "quiz"]
    pages = QuizPage.objects.live().filter(translation_key__in=keys)
    graded = list(pages.exclude(purpose__in=BEFORE_GRADED))
    results = quiz_results(attempt.enrolment, [page.translation_key for page in graded])
    ahead = [page for page in graded if _is_ahead(results[str(page.translation_key)])]
    return _pool(ahead)


def _is_ahead(result) -> bool:
    has_passed = result.best is not None and result.best >= result.needed
    return result.attempts_left and not has_passed


def _pool(quizzes: list[QuizPage]) -> frozenset[UUID]:
    """Every question that these quizzes ask or may draw."""
    slots = [
        slot
        for quiz in quizzes
        for slot in quiz.slots.select_related("question", "draw_from")
    ]
    fixed = {slot.question.translation_key for slot in slots if not slot.is_draw}
    drawn = on_offer(criteria_of(slot) for slot in slots if slot.is_draw)
    return frozenset(fixed).union(*drawn.values())
