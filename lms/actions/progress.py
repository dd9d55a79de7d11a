"""How far participants are: what they did stays, what follows is worked out."""

import uuid
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.log_actions import log

from courses import clock
from courses.models import LessonPage
from lms.completion import Requirement, is_complete, seconds_missing
from lms.models import Enrolment, Progress
from lms.standing import requirements_of

from . import completing
from .refusal import Refused

# A visit within this many seconds of the last one says nothing new.
SAME_VISIT = 60


class ProgressRefused(Refused):
    """Nothing was recorded; the text says why."""


class NotStudying(ProgressRefused):
    """The place is not active (any more)."""


class NotInEdition(ProgressRefused):
    """The cohort's edition does not have this activity."""


class NotCompletedThisWay(ProgressRefused):
    """A quiz is passed, a signed-off lesson signed off; neither is just ticked."""


class ReadTooSoon(ProgressRefused):
    """The end was reached faster than the text can be read."""


class CourseCompleted(ProgressRefused):
    """What completed the course is not taken back."""


@transaction.atomic
def open_activity(enrolment: Enrolment, *, activity: uuid.UUID) -> Progress:
    """Note that the participant is here; it completes what opening completes.

    Writes only what is new: the first visit, a visit after a while.
    """
    enrolment = _studying(enrolment)
    entry = _entry(enrolment, activity)
    if entry["completes"] == LessonPage.Completes.OPENED:
        _complete(enrolment, activity, Progress.Source.PARTICIPANT)
    now = clock.now()
    progress, is_new = Progress.objects.get_or_create(
        enrolment=enrolment,
        activity=activity,
        defaults={
            "state": Progress.State.OPENED,
            "source": Progress.Source.PARTICIPANT,
            "opened_at": now,
            "seen_at": now,
        },
    )
    if not is_new and (now - progress.seen_at).total_seconds() >= SAME_VISIT:
        progress.seen_at = now
        progress.save(update_fields=["seen_at"])
    return progress


@transaction.atomic
def complete_activity(
    enrolment: Enrolment, *, activity: uuid.UUID, source: str, by
) -> Progress:
    """Complete a lesson or a quiz; a second call changes nothing.

    `source` says who knows: a quiz completes by its attempts only, a lesson that a
    trainer signs off by the trainer only (CO-09). Raises NotCompletedThisWay,
    NotInEdition or NotStudying.
    """
    enrolment = _studying(enrolment)
    _refuse_shortcut(_entry(enrolment, activity), source)
    return _complete(enrolment, activity, source)


@transaction.atomic
def finish_lesson(
    enrolment: Enrolment, *, activity: uuid.UUID, shown_at: datetime, by
) -> Progress:
    """The participant says: read. Refused before the lesson's least time.

    A lesson completed by its self-check or by a trainer is only noted as opened.
    """
    enrolment = _studying(enrolment)
    entry = _entry(enrolment, activity)
    too_soon = why_too_soon(enrolment, activity, shown_at)
    if too_soon and not _is_done(enrolment, activity):
        raise ReadTooSoon(too_soon)
    if entry["completes"] in (LessonPage.Completes.READ, LessonPage.Completes.OPENED):
        source = Progress.Source.PARTICIPANT
        return complete_activity(enrolment, activity=activity, source=source, by=by)
    return open_activity(enrolment, activity=activity)


def why_too_soon(enrolment: Enrolment, activity: uuid.UUID, shown_at: datetime) -> str:
    """How much longer reading the lesson takes at least, in words; empty when done."""
    entry = _entry(enrolment, activity)
    if entry["completes"] != LessonPage.Completes.READ:
        return ""
    missing = seconds_missing(shown_at, entry["least_seconds"], clock.now())
    return _too_soon(missing) if missing else ""


@transaction.atomic
def answer_self_check(
    enrolment: Enrolment, *, activity: uuid.UUID, by
) -> Progress | None:
    """Completes a lesson that its self-check completes, whatever was answered."""
    entry = _entry(enrolment, activity)
    if entry["completes"] != LessonPage.Completes.SELF_CHECK:
        return open_activity(enrolment, activity=activity)
    source = Progress.Source.PARTICIPANT
    return complete_activity(enrolment, activity=activity, source=source, by=by)


@transaction.atomic
def sign_off(enrolment: Enrolment, *, activity: uuid.UUID, by) -> Progress:
    """A trainer says that the lesson is done; who may is asked at the door."""
    locked = _studying(enrolment)
    was_done = _is_done(locked, activity)
    progress = complete_activity(
        enrolment, activity=activity, source=Progress.Source.TRAINER, by=by
    )
    if not was_done:
        log(enrolment, "lms.sign_off", user=by, data={"activity": str(activity)})
    return progress


@transaction.atomic
def undo(enrolment: Enrolment, *, activity: uuid.UUID, by) -> Progress | None:
    """Take back one's own "done", until the course is complete (CO-14)."""
    enrolment = _studying(enrolment)
    if enrolment.status == Enrolment.Status.COMPLETED:
        raise CourseCompleted(_("The course is completed; its lessons stay done."))
    changed = Progress.objects.filter(
        enrolment=enrolment,
        activity=activity,
        state=Progress.State.COMPLETED,
        source=Progress.Source.PARTICIPANT,
    ).update(state=Progress.State.OPENED, completed_at=None)
    if changed:
        log(enrolment, "lms.undo", user=by, data={"activity": str(activity)})
    return Progress.objects.filter(enrolment=enrolment, activity=activity).first()


@transaction.atomic
def evaluate(enrolment: Enrolment) -> list[Requirement]:
    """Work out what is met and complete the enrolment when all of it is.

    Any number of calls in any order come to the same; what was completed stays so,
    whatever the rules become later (CO-05, CO-08).
    """
    locked = _locked(enrolment)
    found = requirements_of(locked)
    asked = sum(
        activity["is_required"] for activity in locked.cohort.edition.activities
    )
    is_active = locked.status == Enrolment.Status.ACTIVE
    if is_active and is_complete(found, activities_required=asked):
        now = clock.now()
        locked.status = Enrolment.Status.COMPLETED
        locked.completed_at = now
        locked.completed_on = now.astimezone(locked.cohort.zone).date()
        locked.save(update_fields=["status", "completed_at", "completed_on"])
        log(locked, "lms.complete", data={"on": locked.completed_on.isoformat()})
        completing.take_steps(locked)
    for name in ("status", "completed_at", "completed_on"):
        setattr(enrolment, name, getattr(locked, name))
    return found


def _complete(enrolment, activity, source) -> Progress:
    """Insert or raise to completed; the enrolment is locked, so nothing is lost."""
    now = clock.now()
    progress, is_new = Progress.objects.get_or_create(
        enrolment=enrolment,
        activity=activity,
        defaults={
            "state": Progress.State.COMPLETED,
            "source": source,
            "opened_at": now,
            "seen_at": now,
            "completed_at": now,
        },
    )
    was_done = not is_new and progress.state == Progress.State.COMPLETED
    if not is_new and not was_done:
        progress.state, progress.source = Progress.State.COMPLETED, source
        progress.completed_at = progress.seen_at = now
        progress.save()
    if not was_done:
        evaluate(enrolment)
    return progress


def _locked(enrolment: Enrolment) -> Enrolment:
    """One event of an enrolment after another: the later one sees the earlier."""
    rows = Enrolment.objects.select_for_update(of=("self",))
    return rows.select_related("cohort__edition").get(pk=enrolment.pk)


def _studying(enrolment: Enrolment) -> Enrolment:
    enrolment = _locked(enrolment)
    if not enrolment.is_studying:
        raise NotStudying(_("Your place in this course is not active."))
    return enrolment


def _entry(enrolment: Enrolment, activity: uuid.UUID) -> dict:
    for entry in enrolment.cohort.edition.activities:
        if entry["key"] == str(activity):
            return entry
    raise NotInEdition(_("This is not part of your course."))


def _refuse_shortcut(entry: dict, source: str) -> None:
    is_quiz = entry["kind"] == "quiz"
    if is_quiz and source not in (Progress.Source.QUIZ, Progress.Source.CARRIED):
        raise NotCompletedThisWay(_("A quiz is completed by passing it."))
    is_own = source == Progress.Source.PARTICIPANT
    if is_own and entry["completes"] == LessonPage.Completes.SIGN_OFF:
        raise NotCompletedThisWay(_("Your trainer signs this lesson off."))


def _is_done(enrolment: Enrolment, activity: uuid.UUID) -> bool:
    done = Progress.objects.filter(enrolment=enrolment, activity=activity)
    return done.filter(state=Progress.State.COMPLETED).exists()


def _too_soon(seconds: int) -> str:
    minutes = -(-seconds // 60)
    if seconds < 60:
        return ngettext(
            "Reading this takes a little longer. Press again in %(count)d second.",
            "Reading this takes a little longer. Press again in %(count)d seconds.",
            seconds,
        ) % {"count": seconds}
    return ngettext(
        "Reading this takes a little longer. Press again in %(count)d minute.",
        "Reading this takes a little longer. Press again in %(count)d minutes.",
        minutes,
    ) % {"count": minutes}
