"""What a worker does for a run: a few places at a time, each in its own transactions.

A worker may die at any moment. A place is in its hands for a lease's time; whoever
comes later takes it up, and `issue` gives a person who has the certificate that one.
"""

import logging
import uuid
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task
from wagtail.log_actions import log

from certificates.due.claim import of_place
from certificates.models import Certificate, IssueRun, IssueRunPlace
from certificates.models.run import LEASE
from certificates.seal.keys import KeyMissing
from certificates.seal.sealing import SealFailed
from courses import clock
from lms.actions.refusal import Refused
from lms.actions.unforeseen import told

from .issuing import award
from .keys import KeyRetired
from .making import ClockWrong, NoTemplate, NotStored, PictureMissing

logger = logging.getLogger(__name__)

State, PlaceState = IssueRun.State, IssueRunPlace.State
# Places a worker takes at once: as many wait for the lease's end when it dies.
A_BATCH = 5
# Places of one turn: then other jobs in the queue have theirs.
A_TURN = 50
# What a request does itself where no worker runs.
AT_ONCE = 30
# A worker takes a run up sooner than that.
SOON = timedelta(minutes=2)
# A place that fails by no rule of ours, or that ends its worker, is tried so often.
FAULTS, DEATHS = 3, 10
# What is wrong for everybody, and for everybody of one course: a run waits for somebody
# to put it right; one of several courses goes on with the others.
FOR_ALL = (ClockWrong, KeyMissing, KeyRetired, NotStored, SealFailed)
FOR_A_COURSE = (NoTemplate, PictureMissing)


@task()
def work(pk: int) -> None:
    """One turn at a run, and the next one behind whatever else is queued."""
    if turn(pk):
        work.enqueue(pk)


def has_queue() -> bool:
    """Does a worker do the jobs? Elsewhere they are done in the request."""
    return work.get_backend().supports_defer


def enqueue(run: IssueRun) -> None:
    """As many turns side by side as the setting says; safe to call at any time."""
    waiting = run.places.waiting().count()
    if has_queue():
        for _number in range(min(settings.USTOD_ISSUE_TASKS, -(-waiting // A_BATCH))):
            work.enqueue(run.pk)
    elif waiting <= AT_ONCE:
        turn(run.pk, most=AT_ONCE)


def take_up_runs() -> None:
    """Every minute: runs whose workers have died go on; safe to run at any time."""
    now = clock.now()
    for run in IssueRun.objects.going():
        waiting = run.places.waiting()
        if not waiting.exists():
            _finish(run)
        elif waiting.count() == run.places.free(now).count():
            enqueue(run)


def turn(pk: int, *, most: int = A_TURN) -> bool:
    """Deal with some places; True where more are waiting for a worker."""
    dealt_with = 0
    while dealt_with < most:
        run = _begun(pk)
        if run is None:
            return False
        places = _claim(run, min(A_BATCH, most - dealt_with))
        if not places:
            _finish(run)
            return False
        with translation.override(run.language):
            if not all(_deal_with(run, place) for place in places):
                return False
        dealt_with += len(places)
    _finish(IssueRun.objects.get(pk=pk))
    return IssueRun.objects.going().filter(pk=pk).exists()


def _begun(pk: int) -> IssueRun | None:
    """The run, where it is to be worked on now."""
    waiting = IssueRun.objects.filter(pk=pk, state=State.WAITING)
    waiting.update(state=State.RUNNING, started_at=clock.now())
    return IssueRun.objects.going().select_related("by", "cohort").filter(pk=pk).first()


def _claim(run: IssueRun, number: int) -> list[IssueRunPlace]:
    """Places that are in this worker's hands now and in nobody else's.

    The update asks again, on the rows' own columns: of two workers that saw the same
    place free one gets it.
    """
    now, lease = clock.now(), uuid.uuid4()
    free = run.places.free(now)
    some = list(free.order_by("pk").values_list("pk", flat=True)[:number])
    free.filter(pk__in=some).update(
        lease=lease, leased_until=now + LEASE, attempts=F("attempts") + 1
    )
    mine = run.places.waiting().filter(lease=lease).order_by("pk")
    return list(mine.select_related("enrolment__person", "enrolment__cohort"))


def _deal_with(run: IssueRun, place: IssueRunPlace) -> bool:
    """Issue it or write down why not; False where the whole run has to wait."""
    if place.attempts > DEATHS:
        return _refuse(place, _("The worker ended each time it came to this person."))
    try:
        certificate, _is_new = award(of_place(place.enrolment, run.kind), by=run.by)
    except FOR_ALL as refusal:
        return _wait(run, place, str(refusal))
    except FOR_A_COURSE as refusal:
        if run.cohort_id is None:
            return _refuse(place, str(refusal))
        return _wait(run, place, str(refusal))
    except Refused as refusal:
        return _refuse(place, str(refusal))
    except Exception as error:
        logger.warning("Place %s of a run failed: %s", place.pk, told(error))
        return _try_later(place)
    return _settle(place, state=_came(run, certificate), certificate=certificate)


def _came(run: IssueRun, certificate: Certificate) -> PlaceState:
    """Issued by this run, be it by a worker that died before it could say so."""
    is_new = certificate.pk > run.newest and certificate.issued_by_id == run.by_id
    return PlaceState.ISSUED if is_new else PlaceState.ALREADY


def _refuse(place: IssueRunPlace, why: str) -> bool:
    return _settle(place, state=PlaceState.REFUSED, refusal=why)


def _settle(place: IssueRunPlace, **fields) -> bool:
    """The first worker to say what came of a place is believed."""
    waiting = IssueRunPlace.objects.filter(pk=place.pk, state=PlaceState.WAITING)
    waiting.update(lease=None, leased_until=None, **fields)
    return True


def _try_later(place: IssueRunPlace) -> bool:
    """It stays in our hands until the lease is over, and then has another try."""
    if place.attempts < FAULTS:
        return True
    return _refuse(
        place,
        _(
            "This certificate could not be made, for a reason nobody has foreseen. "
            "Whoever runs the site finds it in the log."
        ),
    )


@transaction.atomic
def _wait(run: IssueRun, place: IssueRunPlace, why: str) -> bool:
    """Pause the run instead of refusing everybody in it one by one."""
    held = IssueRunPlace.objects.filter(run=run, lease=place.lease)
    held.filter(state=PlaceState.WAITING).update(
        lease=None, leased_until=None, attempts=F("attempts") - 1
    )
    if IssueRun.objects.going().filter(pk=run.pk).update(state=State.PAUSED, note=why):
        data = {"run": run.pk, "reason": why}
        log(run.cohort or run.by, "certificates.pause_run", user=None, data=data)
    return False


@transaction.atomic
def _finish(run: IssueRun) -> None:
    """Over when nobody waits any more; whoever is added meanwhile waits for us."""
    going = IssueRun.objects.going().select_for_update().filter(pk=run.pk).first()
    if going and not going.places.waiting().exists():
        going.state, going.finished_at = State.DONE, clock.now()
        going.started_at = going.started_at or going.finished_at
        going.save(update_fields=["state", "finished_at", "started_at"])


def go_on_here(run: IssueRun, *, by) -> IssueRun:
    """Deal with some places in the request itself, where no worker takes them up."""
    if needs_a_hand(run):
        turn(run.pk, most=AT_ONCE)
    return run


def needs_a_hand(run: IssueRun) -> bool:
    """Is it going, and nobody works on it?"""
    now = clock.now()
    if not run.is_going or (has_queue() and now - run.created_at < SOON):
        return False
    waiting = run.places.waiting()
    return waiting.count() == run.places.free(now).count()
