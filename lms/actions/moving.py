"""Moving somebody to another cohort of the same edition (EN-14).

What was learned goes along: lessons, quizzes and what was waived of them. Marks stay
where they were given; the sums of the new place read them there (ATT-13).
"""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from lms.completion import ATTENDANCE, MANDATORY
from lms.models import Attempt, Cohort, Enrolment, Progress, Waiver

from .places import activate, check_open, check_seat, end, lock_place, place_of, resume
from .progress import evaluate
from .refusal import Refused, reason_given
from .waiting_list import offer_seats

Status = Enrolment.Status


class CannotMove(Refused):
    """Only an active place moves: what is completed or ended stays."""


class OtherEdition(Refused):
    """The other cohort is taught by another edition, or another course."""

    field = "to"


class AlreadyThere(Refused):
    """The person has a place in the other cohort."""

    field = "to"


class SeatsTaken(Refused):
    """The other cohort is full."""

    field = "to"


@transaction.atomic
def move(enrolment: Enrolment, *, to: Cohort, by, reason: str) -> Enrolment:
    """End this place and go on in the other cohort; returns the new place.

    A second call returns it, too.
    """
    _lock_both(enrolment, to)
    old = lock_place(enrolment)
    new = place_of(old.person, Cohort.objects.get(pk=to.pk))
    if old.status == Status.WITHDRAWN and new.is_studying and new.pk:
        return new
    _check(old, new)
    reason = reason_given(reason)
    end(old, Status.WITHDRAWN, by=by, action="lms.withdraw", reason=reason)
    data = {"reason": reason, "from": old.cohort.code}
    if new.status == Status.WITHDRAWN and new.active_from:
        resume(new)
        log(new, "lms.move", user=by, data=data)
    else:
        activate(new, by=by, action="lms.move", data=data)
    new.moved_from = old
    new.save(update_fields=["moved_from"])
    _carry(old, new)
    evaluate(new)
    offer_seats(old.cohort)
    return new


def _lock_both(enrolment: Enrolment, to: Cohort) -> None:
    """In one order, so that two moves in opposite directions do not wait forever."""
    pks = {enrolment.cohort_id, to.pk}
    list(Cohort.objects.select_for_update().filter(pk__in=pks).order_by("pk"))


def _check(old: Enrolment, new: Enrolment) -> None:
    if old.status != Status.ACTIVE:
        raise CannotMove(_("Only an active place can be moved."))
    if old.cohort_id == new.cohort_id or (new.is_studying and new.pk):
        raise AlreadyThere(
            _("%(person)s has a place there already.") % {"person": old.person}
        )
    if old.cohort.edition_id != new.cohort.edition_id:
        raise OtherEdition(_("Choose a cohort of the same course and edition."))
    check_open(new.cohort)
    if new.status == Status.OFFERED and new.pk:
        return
    try:
        check_seat(new.cohort)
    except Refused as full:
        raise SeatsTaken(str(full)) from None


def _carry(old: Enrolment, new: Enrolment) -> None:
    _carry_progress(old, new)
    _carry_attempts(old, new)
    kept = set(new.waivers.values_list("requirement", flat=True))
    for waiver in old.waivers.exclude(requirement__in=[ATTENDANCE, MANDATORY, *kept]):
        Waiver.objects.create(
            enrolment=new,
            requirement=waiver.requirement,
            reason=waiver.reason,
            by=waiver.by,
            created_at=waiver.created_at,
        )


def _carry_progress(old: Enrolment, new: Enrolment) -> None:
    """Copied: the old place shows what was done in it. What is done stays done."""
    there = {one.activity: one for one in new.progress.all()}
    for done in old.progress.all():
        mine = there.get(done.activity)
        if mine and mine.state == Progress.State.COMPLETED:
            continue
        Progress.objects.update_or_create(
            enrolment=new,
            activity=done.activity,
            defaults={
                "state": done.state,
                "source": Progress.Source.CARRIED,
                "opened_at": done.opened_at,
                "seen_at": done.seen_at,
                "completed_at": done.completed_at,
            },
        )


def _carry_attempts(old: Enrolment, new: Enrolment) -> None:
    """Moved, not copied: each attempt counts once, and those used up stay used up."""
    last = {
        row["quiz_key"]: row["last"]
        for row in new.attempts.order_by()
        .values("quiz_key")
        .annotate(last=Max("number"))
    }
    for attempt in Attempt.objects.select_for_update().filter(enrolment=old):
        attempt.number += last.get(attempt.quiz_key, 0)
        attempt.enrolment = new
        attempt.save(update_fields=["enrolment", "number"])
