"""What was said of a guest, said of the person they turned out to be (ATT-47)."""

from collections.abc import Iterable
from itertools import groupby

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lms.models import Enrolment, MarkEvent, Session

from .evidence import Evidence, record, undo
from .refusal import Refused
from .sessions import AttendanceRefused

Kind = MarkEvent.Kind


class CannotCarryOver(Refused):
    """The marks of a guest cannot become somebody's; the text says why."""


def carry_over(guest: Enrolment, place: Enrolment, *, by) -> list[int]:
    """Say of `place` what counts of the guest; the stronger evidence wins there.

    The guest's own history stays as it is. Sessions at which `place` was not expected
    are left out. Gives the keys of what was said. Raises CannotCarryOver.
    """
    if place.active_from is None:
        raise CannotCarryOver(
            _(
                "%(person)s has no place in %(cohort)s yet. Give the place first, so "
                "that the marks of the guest have somewhere to stand."
            )
            % {"person": place.person, "cohort": place.cohort.code}
        )
    said = []
    for session, events in groupby(_counting(guest), lambda event: event.session):
        if not session.expects(place):
            continue
        pieces = [_said_of(place, event) for event in events]
        try:
            outcomes = record(session, pieces, by=by, reason=_said())
        except AttendanceRefused as refusal:
            raise CannotCarryOver(f"{_when(session)}: {refusal}") from refusal
        said += [outcome.event.pk for outcome in outcomes]
    return said


def take_back(said: Iterable[int], *, by) -> None:
    """Undo what `carry_over` said; it stays in the history."""
    events = MarkEvent.objects.filter(pk__in=list(said)).select_related("session")
    for event in events.order_by("session", "pk"):
        try:
            undo(event, by=by, reason=_("The two were told apart again."))
        except AttendanceRefused as refusal:
            raise CannotCarryOver(f"{_when(event.session)}: {refusal}") from refusal


def _counting(guest: Enrolment) -> list[MarkEvent]:
    """The facts that were not undone and do not wait for anybody's word."""
    rows = guest.mark_events.select_related("session__cohort", "stated")
    undone = guest.mark_events.filter(kind=Kind.UNDO).values("about")
    accepted = guest.mark_events.filter(kind=Kind.ACCEPT).values_list(
        "about", flat=True
    )
    facts = rows.exclude(kind__in=[Kind.UNDO, Kind.ACCEPT]).exclude(pk__in=undone)
    accepted = set(accepted)
    return [
        event
        for event in facts.order_by("session__starts_at", "session", "pk")
        if not event.waits or event.pk in accepted
    ]


def _said_of(place: Enrolment, event: MarkEvent) -> Evidence:
    return Evidence(
        enrolment_id=place.pk,
        source=event.source,
        kind=event.kind,
        code=event.stated.code if event.stated else "",
        minutes=event.minutes,
        remark=event.remark,
        reason=_said(),
        happened_at=event.happened_at,
        stated_at=event.stated_at,
        flags=tuple(event.flags),
    )


def _when(session: Session) -> str:
    """As people name a session, not as the log does."""
    return f"{date_format(session.local_date, 'j E Y')}, {session.local_time:%H:%M}"


def _said() -> str:
    """Why it is said, also in a register that was signed off before (ATT-49)."""
    return _("Was written down as a guest")
