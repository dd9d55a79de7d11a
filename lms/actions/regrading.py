"""Marking a question again when its key was wrong: a dry run, then all or nothing."""

from dataclasses import asdict
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from courses import clock
from lms.models import (
    Attempt,
    Enrolment,
    LostPass,
    Progress,
    RegradeRun,
    ResponseScore,
)
from lms.regrading import Terms

from .progress import complete_activity
from .refusal import reason_given
from .regrade_plan import ENDED, Plan, RegradeRefused, attempts_with, plan

A_BATCH = 250


class FiguresChanged(RegradeRefused):
    """What would happen is not what the dry run showed; `plan` is what would now."""

    field = ""

    def __init__(self, text, plan: Plan):
        super().__init__(text)
        self.plan = plan


@transaction.atomic
def regrade(
    question_key: UUID, *, terms: Terms, reason: str, seen: str, by
) -> RegradeRun:
    """Append what every answer to the question earns now, in the cohorts `by` runs.

    `seen` is the fingerprint of the dry run (QZ-35): FiguresChanged when it is another
    by now. No finish time, late rule, completion or certificate is touched (QZ-38,
    QZ-39). Beside those who newly pass, the queries are the same for any thousand.
    """
    reason = reason_given(reason)
    touched = attempts_with(question_key, by).filter(status__in=ENDED)
    places = _locked(touched)
    found = plan(question_key, terms, by=by)
    if found.fingerprint != seen:
        raise FiguresChanged(
            _("The figures have changed meanwhile. Look at them, then decide again."),
            found,
        )
    run = RegradeRun.objects.create(
        question_key=question_key,
        version=found.version if terms.way == RegradeRun.Way.NEWEST else None,
        way=terms.way,
        is_never_lower=terms.is_never_lower,
        remarks_manual=terms.remarks_manual,
        figures=asdict(found.figures),
        reason=reason,
        by=by,
        created_at=clock.now(),
    )
    _append(run, found)
    _total(found)
    _keep_passes(run, found, places)
    log(run, "lms.regrade", user=by, data={"count": found.figures.attempts})
    return run


@transaction.atomic
def settle_lost_pass(lost: LostPass, *, note: str, by) -> LostPass:
    """Say what was decided about it; a second call changes nothing (QZ-39)."""
    note = reason_given(note)
    lost = LostPass.objects.select_for_update(of=("self",)).get(pk=lost.pk)
    if lost.settled_at is None:
        lost.settled_at, lost.settled_by, lost.note = clock.now(), by, note
        lost.save(update_fields=["settled_at", "settled_by", "note"])
        log(lost, "lms.settle_lost_pass", user=by)
    return lost


def _locked(touched) -> dict[int, Enrolment]:
    """Everybody's place, then every attempt, in the order of their keys."""
    rows = Enrolment.objects.select_for_update(of=("self",)).order_by("pk")
    places = {one.pk: one for one in rows.filter(pk__in=touched.values("enrolment"))}
    attempts = Attempt.objects.select_for_update(of=("self",)).order_by("pk")
    list(attempts.filter(pk__in=touched.values("pk")).values_list("pk"))
    return places


def _append(run: RegradeRun, found: Plan) -> None:
    ResponseScore.objects.bulk_create(
        (
            ResponseScore(
                response_id=change.response,
                kind=ResponseScore.Kind.REGRADE,
                score=change.after.earned,
                out_of=change.after.out_of,
                run=run,
                by=run.by,
                created_at=run.created_at,
            )
            for change in found.changes
        ),
        batch_size=A_BATCH,
    )


def _total(found: Plan) -> None:
    waits, marked = Attempt.Status.MARKING, Attempt.Status.GRADED
    rows = []
    for pk, result in found.results.items():
        score = None if result.waiting else result.earned
        status = waits if result.waiting else marked
        rows.append(Attempt(pk=pk, score=score, status=status, out_of=result.out_of))
    fields = ["score", "status", "out_of"]
    Attempt.objects.bulk_update(rows, fields, batch_size=A_BATCH)


def _keep_passes(run: RegradeRun, found: Plan, places: dict[int, Enrolment]) -> None:
    """A new pass completes its quiz; one that goes is written down, never undone."""
    for enrolment, quiz in found.turned.gained:
        if places[enrolment].is_studying:
            complete_activity(
                places[enrolment],
                activity=quiz,
                source=Progress.Source.QUIZ,
                by=run.by,
            )
    _settle_gained(run, found)
    passed = _completed(found)
    LostPass.objects.bulk_create(
        (
            LostPass(
                run=run, enrolment_id=place, quiz_key=quiz, created_at=run.created_at
            )
            for place, quiz in found.turned.lost
            if (place, quiz) in passed
        ),
        batch_size=A_BATCH,
        ignore_conflicts=True,
    )


def _settle_gained(run: RegradeRun, found: Plan) -> None:
    """A pass that is back has nothing to be settled."""
    gained = set(found.turned.gained)
    waiting = LostPass.objects.open().filter(
        quiz_key__in={quiz for _place, quiz in gained}
    )
    back = [one.pk for one in waiting if (one.enrolment_id, one.quiz_key) in gained]
    note = _("Passed again by a later regrade.")
    LostPass.objects.filter(pk__in=back).update(
        settled_at=run.created_at, settled_by=run.by, note=note
    )


def _completed(found: Plan) -> set[tuple]:
    """The pairs whose pass has completed the quiz."""
    quizzes = {quiz for _place, quiz in found.turned.lost}
    done = Progress.objects.filter(activity__in=quizzes, state=Progress.State.COMPLETED)
    lost = set(found.turned.lost)
    return lost & set(done.values_list("enrolment", "activity"))
