"""Supervised sittings: opened by staff, entered with the code shown in the room."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from courses import clock
from courses.models import QuizPage
from lms import codes
from lms.models import Cohort, Enrolment, Sitting
from lms.zones import by_the_clock

from .attempt_refusals import CodeRefused
from .papers import refuse_other_course

LENGTH = 6


@dataclass(frozen=True)
class Admission:
    """Who supervises let somebody in; a ticket also ends at a time of its own."""

    sitting: Sitting
    until: datetime | None = None


@transaction.atomic
def open_sitting(
    cohort: Cohort,
    *,
    quiz: QuizPage,
    opens_at: datetime,
    minutes: int,
    place: str,
    is_locked: bool,
    by,
) -> Sitting:
    """A sitting with a code of its own; it lets people in for so many minutes."""
    refuse_other_course(cohort, quiz)
    sitting = Sitting.objects.create(
        cohort=cohort,
        quiz_key=quiz.translation_key,
        code=_free_code(),
        opens_at=opens_at,
        closes_at=opens_at + timedelta(minutes=minutes),
        place=place.strip(),
        is_locked=is_locked,
        by=by,
    )
    log(cohort, "lms.open_sitting", user=by, data=_about(sitting))
    return sitting


@transaction.atomic
def close_sitting(sitting: Sitting, *, by) -> Sitting:
    """Let nobody in any more; who is inside goes on. Closed twice it stays closed."""
    sitting = Sitting.objects.select_for_update(of=("self",)).get(pk=sitting.pk)
    if sitting.is_closed:
        return sitting
    now = clock.now()
    sitting.opens_at, sitting.closes_at = min(sitting.opens_at, now), now
    sitting.save(update_fields=["opens_at", "closes_at"])
    log(sitting.cohort, "lms.close_sitting", user=by, data=_about(sitting))
    return sitting


def sitting_of(typed: str) -> Sitting | None:
    """The sitting with this code, whatever keyboard it was typed on."""
    return Sitting.objects.filter(code=codes.fold(typed)).first()


def refuse_other_sitting(sitting: Sitting, enrolment: Enrolment, quiz_key) -> None:
    """Raises CodeRefused for the code of another quiz or another cohort."""
    here = enrolment.cohort_id, quiz_key
    if (sitting.cohort_id, sitting.quiz_key) != here:
        raise CodeRefused(_("This is the code of another sitting."))


def refuse_closed(sitting: Sitting) -> None:
    """Raises CodeRefused before it opens and once it is closed."""
    if sitting.is_closed:
        raise CodeRefused(_("This sitting is closed. Ask who supervises it."))
    if not sitting.is_open:
        when = {"when": by_the_clock(sitting.opens_at, sitting.cohort.zone)}
        raise CodeRefused(_("This sitting has not begun. It opens: %(when)s") % when)


def _free_code() -> str:
    code = codes.random_code(LENGTH)
    while Sitting.objects.filter(code=code).exists():
        code = codes.random_code(LENGTH)
    return code


def _about(sitting: Sitting) -> dict:
    return {"activity": str(sitting.quiz_key)}
