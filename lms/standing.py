"""Where enrolments stand, read from their records. Writes nothing.

One person and a whole cohort are worked out by the same lines, in the same number of
queries, so that a participant's page and the trainer's matrix cannot disagree.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from fractions import Fraction

from django.utils.translation import get_language

from courses.marking import counted
from courses.models import QuizPage
from courses.outline import Activity, Outline, outline_of

from .completion import QuizResult, Requirement, requirements
from .models import (
    Attempt,
    Cohort,
    Enrolment,
    Override,
    Progress,
    Waiver,
)
from .presence import asks_attendance, attendance_sums_of
from .sitting import rules_for
from .sums import Sums

Keys = dict[int, set[str]]
Results = dict[str, QuizResult]


def requirements_of(
    enrolment: Enrolment, *, completed: set[str] | None = None
) -> list[Requirement]:
    """What this enrolment asks and what is met, in the reader's language; no writes.

    `completed` is for who has read already what is done.
    """
    known = None if completed is None else {enrolment.pk: completed}
    return standings_of(enrolment.cohort, [enrolment], completed=known)[enrolment]


def standings_of(
    cohort: Cohort,
    enrolments: Iterable[Enrolment] | None = None,
    *,
    completed: Mapping[int, set[str]] | None = None,
) -> dict[Enrolment, list[Requirement]]:
    """The same for these places of one cohort, or for all that study in it."""
    if enrolments is None:
        everybody = cohort.enrolments.studying()
        enrolments = everybody.select_related("person", "organisation")
    places = list(enrolments)
    required = outline_for(cohort).live_required
    done = completed_by(places) if completed is None else completed
    waived = waived_by(places)
    quizzes = _quiz_results(cohort, places, _quiz_keys(required))
    sums = attendance_sums_of(cohort, places) if asks_attendance(cohort) else {}
    return {
        place: requirements(
            required,
            completed=done[place.pk],
            waived=waived[place.pk],
            quizzes=quizzes[place.pk],
            attendance=sums.get(place.pk),
        )
        for place in places
    }


def outline_for(cohort: Cohort) -> Outline:
    """The cohort's outline in the reader's language."""
    return outline_of(cohort.edition, get_language() or cohort.locale)


def completed_by(enrolments: Iterable[Enrolment]) -> Keys:
    """By enrolment, the activities done, in whatever language they were done."""
    done = Progress.objects.filter(
        enrolment__in=_pks(enrolments), state=Progress.State.COMPLETED
    )
    return _by_enrolment(done.values_list("enrolment", "activity"))


def attendance_of(enrolment: Enrolment) -> Sums | None:
    """The participant's attendance; None in a self-paced cohort that never meets."""
    return attendance_sums_of(enrolment.cohort, [enrolment]).get(enrolment.pk)


def quiz_results(enrolment: Enrolment, keys: list[uuid.UUID]) -> Results:
    """What the attempts at these quizzes come to, three queries for any number."""
    return _quiz_results(enrolment.cohort, [enrolment], keys)[enrolment.pk]


def _quiz_results(
    cohort: Cohort, places: list[Enrolment], keys: list[uuid.UUID]
) -> dict[int, Results]:
    if not keys:
        return defaultdict(dict)
    attempts = _attempts(places, keys)
    overrides = _overrides(cohort, places, keys)
    quizzes = QuizPage.objects.live().filter(translation_key__in=keys)
    by_key = {quiz.translation_key: quiz for quiz in quizzes.order_by("-pk")}
    return {
        place.pk: {
            str(key): _quiz_result(
                quiz,
                overrides[place.person_id, key],
                attempts[place.pk, key],
            )
            for key, quiz in by_key.items()
        }
        for place in places
    }


def _attempts(places, keys) -> defaultdict[tuple, list[Attempt]]:
    """By enrolment and quiz, the first attempt first."""
    rows = Attempt.objects.filter(enrolment__in=_pks(places), quiz_key__in=keys)
    found = defaultdict(list)
    for attempt in rows.defer("rules").order_by("number"):
        found[attempt.enrolment_id, attempt.quiz_key].append(attempt)
    return found


def _overrides(cohort, places, keys) -> defaultdict[tuple, list[Override]]:
    """By person and quiz, what differs for them."""
    people = [place.person_id for place in places]
    found = defaultdict(list)
    for row in Override.objects.filter(quiz_key__in=keys).for_any_of(people, cohort):
        found[row.holder, row.quiz_key].append(row)
    return found


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
        attempts_left=rules.has_attempt_left(sum(one.is_used_up for one in attempts))
        or any(attempt.is_running for attempt in attempts),
        is_awaiting=any(attempt.is_awaiting for attempt in attempts),
    )


def _quiz_keys(required: list[Activity]) -> list[uuid.UUID]:
    return [uuid.UUID(str(one.key)) for one in required if one.kind == "quiz"]


def waived_by(places: Iterable[Enrolment]) -> Keys:
    """By enrolment, the requirements that are waived."""
    rows = Waiver.objects.filter(enrolment__in=_pks(places))
    return _by_enrolment(rows.values_list("enrolment", "requirement"))


def _by_enrolment(rows) -> Keys:
    found: Keys = defaultdict(set)
    for enrolment, key in rows:
        found[enrolment].add(str(key))
    return found


def _pks(enrolments: Iterable[Enrolment]) -> list[int]:
    return [enrolment.pk for enrolment in enrolments]
