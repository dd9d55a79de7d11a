"""Deciding what was flagged: it is right, or it does not count."""

from django.db import transaction
from django.utils.translation import gettext as _

from lms.models import Mark, MarkEvent

from .evidence import Evidence, Outcome, record, undo
from .sessions import locked_session

Kind = MarkEvent.Kind


@transaction.atomic
def accept(event: MarkEvent, *, by) -> MarkEvent:
    """Say that a flagged event is right; what waited counts from now on.

    A second call changes nothing. Raises as `record` does.
    """
    locked_session(event.session)
    before = _accepted(event)
    if before:
        return before
    piece = Evidence(
        enrolment_id=event.enrolment_id,
        source=Mark.Source.TRAINER,
        kind=Kind.ACCEPT,
        about=event.pk,
    )
    [outcome] = record(event.session, [piece], by=by)
    return outcome.event


def reject(event: MarkEvent, *, by) -> Outcome:
    """It does not count; it stays in history. Raises as `undo` does."""
    return undo(event, by=by, reason=_("Not accepted when it was looked at."))


def _accepted(event: MarkEvent) -> MarkEvent | None:
    accepted = event.said_about.filter(kind=Kind.ACCEPT)
    return accepted.exclude(said_about__kind=Kind.UNDO).first()
