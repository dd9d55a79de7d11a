"""What a regrade would do: read from the records, written by nobody."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from courses import kinds
from courses.models import QuestionVersion
from lms import regrading, scoping
from lms.models import Attempt, Response, ResponseScore
from lms.regrading import Figures, Judged, Result, Score, Terms, Tried, Turned

from .grading import less_tries, marked_by
from .refusal import Refused

ENDED = Attempt.Status.MARKING, Attempt.Status.GRADED
NOT_YET = Attempt.Status.RUNNING, Attempt.Status.SUBMITTED
BY_HAND = ResponseScore.Kind.MANUAL, ResponseScore.Kind.MODERATION


class RegradeRefused(Refused):
    """Nothing was changed; the text says why."""

    field = "way"


class OtherOptions(RegradeRefused):
    """The newest version has other choices than what was answered (QZ-36)."""


class NothingLeft(RegradeRefused):
    """Without the question there would be nothing to earn."""


class NothingToChange(RegradeRefused):
    """Everything is already as the regrade would make it."""


@dataclass(frozen=True)
class Change:
    """A score to append to a response."""

    response: int
    before: Score | None
    after: Score


@dataclass(frozen=True)
class Plan:
    """`results` are the attempts that come to something else, by their pk."""

    version: QuestionVersion
    changes: list[Change]
    results: dict[int, Result]
    turned: Turned
    figures: Figures
    not_yet: int = field(compare=False)

    @property
    def fingerprint(self) -> str:
        """The same for the same changes; another one as soon as one differs."""
        told = [asdict(one) for one in self.changes], asdict(self.figures)
        return hashlib.sha256(json.dumps(told, default=str).encode()).hexdigest()


def attempts_with(question_key: UUID, by) -> QuerySet[Attempt]:
    """The attempts that ask the question, in the cohorts that this user runs."""
    cohorts = scoping.cohorts_for(by, "manage")
    asking = Response.objects.filter(question_key=question_key)
    return Attempt.objects.filter(
        pk__in=asking.values("attempt"), enrolment__cohort__in=cohorts
    )


def plan(question_key: UUID, terms: Terms, *, by) -> Plan:
    """The dry run (QZ-35): the same number of queries for any number of attempts.

    Raises OtherOptions, NothingLeft or NothingToChange.
    """
    asking = attempts_with(question_key, by)
    touched = asking.filter(status__in=ENDED)
    version, versions = _versions(question_key, touched)
    if terms.way == regrading.NEWEST:
        _refuse_other_options(version, versions)
    key_of = version if terms.way == regrading.NEWEST else None
    answers = dict(_answers(question_key, touched, key_of))
    after = {
        pk: regrading.corrected(answer.judged, terms) for pk, answer in answers.items()
    }
    tries = _tries(touched, answers, after)
    _refuse_nothing_left(tries)
    changes = _changes(answers, after, terms, version)
    kept = sum(one.judged.by_hand is not None for one in answers.values())
    return Plan(
        version=version,
        changes=changes,
        results={pk: one.after for pk, one in tries.items() if one.after != one.before},
        turned=regrading.turned(tries.values()),
        figures=regrading.figures(
            list(tries.values()), kept if terms.keeps_manual else 0
        ),
        not_yet=asking.filter(status__in=NOT_YET).count(),
    )


@dataclass(frozen=True)
class _Answer:
    """`marked_by` is the version that its newest score goes by."""

    attempt: int
    judged: Judged
    marked_by: int


def _versions(question_key, touched) -> tuple[QuestionVersion, list[QuestionVersion]]:
    """The newest one, and those that were answered."""
    every = QuestionVersion.objects.filter(question_key=question_key)
    rows = list(every.order_by("-number"))
    answered = Response.objects.filter(question_key=question_key, attempt__in=touched)
    used = set(answered.order_by().values_list("version", flat=True).distinct())
    if not rows or not used:
        raise NothingToChange(_("Nobody in your cohorts has answered this question."))
    return rows[0], [one for one in rows if one.pk in used]


def _refuse_other_options(newest: QuestionVersion, used) -> None:
    if any(_shape(one.key) != _shape(newest.key) for one in used):
        raise OtherOptions(
            _(
                "The newest version has other choices than the one that was answered, "
                "so the answers do not fit it. Make the question void, or give "
                "everybody full marks."
            )
        )


def _shape(key: dict) -> tuple:
    return key["kind"], kinds.kind_of(key["kind"]).shared_ids(key)


def _answers(question_key, touched, version) -> Iterator[tuple[int, _Answer]]:
    """By response, with what the key of a version makes of it where there is one."""
    answered = Response.objects.filter(question_key=question_key, attempt__in=touched)
    scores: dict[int, list] = {}
    rows = ResponseScore.objects.filter(response__in=answered).order_by(
        "created_at", "pk"
    )
    for response, *score in rows.values_list(
        "response", "kind", "score", "out_of", "run__way", "run__version"
    ):
        scores.setdefault(response, []).append(score)
    for response in answered.order_by("pk").select_related("attempt"):
        pk, answer, marks = response.pk, response.answer, response.marks
        given = scores.get(pk, [])
        now = Score(*given[-1][1:3]) if given else None
        standing = [one for one in given if one[3] != regrading.VOID][-1:]
        hand = [Score(*one[1:3]) for one in standing if one[0] in BY_HAND]
        by_key = marked_by(version, answer, marks) if version else None
        if by_key is not None:
            by_key = less_tries(response, by_key)
        judged = Judged(marks, now, hand[0] if hand else None, by_key)
        last = next((one[4] for one in given[-1:] if one[4]), response.version_id)
        yield pk, _Answer(response.attempt_id, judged, last)


def _tries(touched, answers, after) -> dict[int, Tried]:
    """By attempt: those touched, and the others that count with them."""
    related = Attempt.objects.filter(
        status__in=ENDED,
        enrolment__in=touched.values("enrolment"),
        quiz_key__in=touched.values("quiz_key"),
    )
    waiting = _waiting(related.filter(status=Attempt.Status.MARKING))
    by_attempt = {one.attempt: pk for pk, one in answers.items()}
    found = {}
    for attempt in related.order_by("enrolment", "quiz_key", "number"):
        before = waiting.get(attempt.pk) or Result(attempt.score, attempt.out_of)
        response = by_attempt.get(attempt.pk)
        found[attempt.pk] = Tried(
            attempt.enrolment_id,
            attempt.quiz_key,
            before,
            before.with_score(answers[response].judged, after[response])
            if response
            else before,
            response is not None,
            attempt.rules["grading"],
            Decimal(attempt.rules["pass_percent"]),
        )
    return found


def _waiting(attempts: QuerySet[Attempt]) -> dict[int, Result]:
    """What has been earned so far where a marker still has to speak."""
    rows = ResponseScore.objects.filter(response__attempt__in=attempts)
    newest = {
        response: (attempt, score)
        for response, attempt, score in rows.order_by("created_at", "pk").values_list(
            "response", "response__attempt", "score"
        )
    }
    asked = Response.objects.filter(attempt__in=attempts).order_by()
    open_ones = Counter(
        attempt
        for pk, attempt in asked.values_list("pk", "attempt")
        if pk not in newest
    )
    earned: Counter = Counter()
    for attempt, score in newest.values():
        earned[attempt] += score
    return {
        pk: Result(Decimal(earned[pk]), out_of, open_ones[pk])
        for pk, out_of in attempts.order_by().values_list("pk", "out_of")
    }


def _refuse_nothing_left(tries: dict[int, Tried]) -> None:
    if any(one.after.out_of <= 0 for one in tries.values() if one.is_touched):
        raise NothingLeft(
            _(
                "Somebody was asked nothing but this question: without it there is "
                "nothing to earn. Give everybody full marks instead."
            )
        )


def _changes(answers, after, terms: Terms, version) -> list[Change]:
    """What says something new: other points, or the same ones by another version."""
    found = []
    for pk, answer in answers.items():
        score, judged = after[pk], answer.judged
        if score is None or (score == judged.by_hand and score == judged.now):
            continue
        by_another = terms.way == regrading.NEWEST and answer.marked_by != version.pk
        if score != judged.now or by_another:
            found.append(Change(pk, judged.now, score))
    if not found:
        raise NothingToChange(_("All these answers are marked this way already."))
    return found
