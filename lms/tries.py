"""The questions of a practice attempt with what has been checked of them so far."""

from collections.abc import Iterable
from dataclasses import replace

from courses.release import EVERYTHING, What

from .answer_sheet import OWN, Check, Item, review_of
from .models import Attempt, Response, ResponseScore
from .releasing import kept_back

# What a wrong try shows while another one is left.
MEANWHILE = frozenset([What.ANSWERS, What.MARKS, What.FEEDBACK])


def with_checks(items: Iterable[Item], attempt: Attempt, language: str) -> list[Item]:
    """The same items, each with its check; unchanged in an exam.

    Nothing of a question is in it before its answer was checked (QZ-08).
    """
    if not attempt.tries_allowed:
        return list(items)
    responses = {one.place: one for one in attempt.responses.select_related("version")}
    hidden = kept_back(attempt) if any(r.tries for r in responses.values()) else ()
    return [
        replace(item, check=_check(responses[item.place], attempt, language, hidden))
        for item in items
    ]


def _check(response: Response, attempt: Attempt, language: str, hidden) -> Check | None:
    left = attempt.tries_allowed - response.tries
    if not response.is_checked:
        return Check(left)
    is_hidden = response.question_key in hidden
    shown = OWN if is_hidden else EVERYTHING if response.is_locked else MEANWHILE
    score = ResponseScore(response=response, score=response.checked_score)
    [reviewed] = review_of([response], language, {response.place: score}, shown)
    return Check(left, response.is_locked, reviewed)
