"""Certificates for many people as one job: begun, paused, gone on with, stopped."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from certificates.models import Certificate, IssueRun, IssueRunPlace
from courses import clock
from lms.actions.refusal import Refused
from lms.models import Cohort, Enrolment

from .run_work import enqueue

State = IssueRun.State
# Rows written by one statement.
MANY = 1000


class NobodyChosen(Refused):
    """A run needs somebody to issue to."""


class RunEnded(Refused):
    """What is done or stopped is not gone on with: a new run is begun."""


def nobody_chosen() -> str:
    return _("Nobody was ticked, so nothing was issued.")


@transaction.atomic
def start_run(
    enrolments: Iterable[Enrolment],
    *,
    by,
    cohort: Cohort | None = None,
    query: dict | None = None,
    kind: str = Certificate.Kind.COMPLETION,
) -> IssueRun:
    """Have certificates issued to all these places, each by itself (CE-25).

    A cohort has one open run of a kind at most: a second click, or another
    coordinator's, adds whoever is not in it yet and gives the same run.
    """
    places = list(enrolments)
    if not places:
        raise NobodyChosen(nobody_chosen())
    run, is_new = _open_run(cohort, query or {}, kind, by)
    added = _add(run, places)
    if is_new or added:
        data = {"count": added, "kind": kind, "run": run.pk}
        log(cohort or by, "certificates.start_run", user=by, data=data)
    transaction.on_commit(lambda: enqueue(run))
    return run


@transaction.atomic
def pause(run: IssueRun, *, by) -> IssueRun:
    """No further place is begun; what a worker has in its hands is finished."""
    run = _locked(run)
    if run.state == State.PAUSED:
        return run
    _refuse_ended(run)
    return _changed(run, "certificates.pause_run", by=by, state=State.PAUSED, note="")


@transaction.atomic
def resume(run: IssueRun, *, by) -> IssueRun:
    """Go on with whoever is still waiting."""
    run = _locked(run)
    if run.is_going:
        return run
    _refuse_ended(run)
    transaction.on_commit(lambda: enqueue(run))
    return _changed(run, "certificates.resume_run", by=by, state=State.RUNNING, note="")


@transaction.atomic
def stop(run: IssueRun, *, by) -> IssueRun:
    """End it for good; what is issued stays, whoever waits gets nothing by this run."""
    run = _locked(run)
    if run.state == State.STOPPED:
        return run
    _refuse_ended(run)
    return _changed(
        run,
        "certificates.stop_run",
        by=by,
        state=State.STOPPED,
        finished_at=clock.now(),
    )


def _open_run(cohort: Cohort | None, query: dict, kind: str, by):
    """The cohort's row keeps two clicks apart."""
    if cohort is not None:
        Cohort.objects.select_for_update().get(pk=cohort.pk)
        open_runs = IssueRun.objects.open().filter(cohort=cohort, kind=kind)
        found = open_runs.select_for_update().first()
        if found:
            return found, False
    newest = Certificate.objects.order_by("-pk").values_list("pk", flat=True).first()
    run = IssueRun.objects.create(
        cohort=cohort,
        query=query,
        kind=kind,
        by=by,
        language=translation.get_language() or "en",
        newest=newest or 0,
        created_at=clock.now(),
    )
    return run, True


def _add(run: IssueRun, enrolments: list[Enrolment]) -> int:
    known = set(run.places.values_list("enrolment", flat=True))
    new = [
        IssueRunPlace(run=run, enrolment=one)
        for one in enrolments
        if one.pk not in known
    ]
    return len(IssueRunPlace.objects.bulk_create(new, batch_size=MANY))


def _locked(run: IssueRun) -> IssueRun:
    return IssueRun.objects.select_for_update(of=("self",)).get(pk=run.pk)


def _refuse_ended(run: IssueRun) -> None:
    if not run.is_open:
        raise RunEnded(
            _("This run has ended: %(state)s. Begin a new one.")
            % {"state": run.get_state_display()}
        )


def _changed(run: IssueRun, action: str, *, by, **fields) -> IssueRun:
    for name, value in fields.items():
        setattr(run, name, value)
    run.save(update_fields=list(fields))
    log(run.cohort or run.by, action, user=by, data={"run": run.pk})
    return run
