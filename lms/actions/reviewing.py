"""Deciding what was flagged: it is right, or it does not count."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from lms.models import Mark, MarkEvent, Session

from .evidence import Evidence, Outcome, record, undo
from .sessions import locked_session

Kind = MarkEvent.Kind


@transaction.atomic
def accept(event: MarkEvent, *, by) -> MarkEvent:
    """Say that a flagged event is right; what waited counts from now on.

    A second call changes nothing. Raises as `record` does.
    """
    accept_all(event.session, [event], by=by)
    return _accepting([event]).latest("pk")


@transaction.atomic
def accept_all(session: Session, events: Collection[MarkEvent], *, by) -> None:
    """The same for many events of one session, in one step: all of them or none."""
    session = locked_session(session)
    accepted = set(_accepting(events).values_list("about", flat=True))
    pieces = [
        Evidence(
            enrolment_id=event.enrolment_id,
            source=Mark.Source.TRAINER,
            kind=Kind.ACCEPT,
            about=event.pk,
        )
        for event in events
        if event.pk not in accepted
    ]
    if pieces:
        record(session, pieces, by=by)


def reject(event: MarkEvent, *, by) -> Outcome:
    """It does not count; it stays in history. Raises as `undo` does."""
    return undo(event, by=by, reason=_("Not accepted when it was looked at."))


def _accepting(events: Collection[MarkEvent]):
    """What accepts them now; an acceptance that was taken back is none."""
    accepting = MarkEvent.objects.filter(about__in=events, kind=Kind.ACCEPT)
    return accepting.exclude(said_about__kind=Kind.UNDO)
