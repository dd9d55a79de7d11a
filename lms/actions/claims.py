"""Who marks which answer just now, so that two do not do the same work (QZ-32)."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from courses import clock
from lms.models import MarkingClaim, Response

from .grading import locked_attempt
from .marking import refuse_marker
from .refusal import Refused

HOLDS = timedelta(minutes=15)


class Claimed(Refused):
    """Another marker has it at the moment."""


@transaction.atomic
def claim(response: Response, *, by) -> MarkingClaim:
    """Keep the answer for this marker for 15 minutes; asking again begins them anew.

    A claim is a courtesy: it runs out by itself, and saving never needs one.
    """
    attempt = locked_attempt(response.attempt)
    refuse_marker(attempt, response, by)
    held = holder(response)
    if held and held.by != by:
        raise Claimed(said_of(held))
    kept, _created = MarkingClaim.objects.update_or_create(
        response=response, defaults={"by": by, "ends_at": clock.now() + HOLDS}
    )
    return kept


def claim_next(responses, *, by) -> MarkingClaim | None:
    """The first of these answers that nobody holds; None when nothing is left.

    Whoever asks in the same instant gets another one.
    """
    free = responses.free_for(by, clock.now()).not_written_by(by)
    for response in free.select_related("attempt"):
        try:
            return claim(response, by=by)
        except Refused:
            continue
    return None


@transaction.atomic
def give_back(response: Response, *, by) -> None:
    """Let others have it; what somebody else holds stays theirs."""
    MarkingClaim.objects.filter(response=response, by=by).delete()


def holder(response: Response) -> MarkingClaim | None:
    """The claim that has not run out."""
    running = MarkingClaim.objects.filter(response=response, ends_at__gt=clock.now())
    return running.select_related("by", "response__attempt__enrolment__cohort").first()


def said_of(held: MarkingClaim) -> str:
    """Who has it and until when, in the cohort's time."""
    who = held.by.get_full_name() or held.by.get_username()
    zone = held.response.attempt.enrolment.cohort.zone
    until = time_format(timezone.localtime(held.ends_at, zone))
    return _("%(person)s is marking this answer, until %(time)s at most.") % {
        "person": who,
        "time": until,
    }
