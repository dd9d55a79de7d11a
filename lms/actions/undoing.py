"""Taking back what was marked: one's own save at once, anything else with a reason."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from courses import clock
from lms.models import Mark, MarkEvent, Session

from .evidence import FREE_UNDO, Evidence, NothingToUndo, UndoNeedsReason, record

Kind = MarkEvent.Kind


@transaction.atomic
def undo_save(session: Session, *, at: datetime | None, by) -> int:
    """Take back every change of one's own save of this moment; a second call none.

    Only for a quarter of an hour (ATT-30). What somebody marked since then stays: it
    is the later word. Raises UndoNeedsReason, NothingToUndo, or as `record` does.
    """
    saved = MarkEvent.objects.filter(
        session=session.pk,
        by=by,
        source=Mark.Source.TRAINER,
        kind__in=[Kind.SET, Kind.REMARK],
        received_at=at,
    )
    if at is None or not saved.exists():
        raise NothingToUndo(_("There is nothing of yours to take back here."))
    if clock.now() - at > FREE_UNDO:
        raise UndoNeedsReason(
            _(
                "That was more than %(minutes)s minutes ago. Open the history of a "
                "name to take its mark back and say why."
            )
            % {"minutes": FREE_UNDO // timedelta(minutes=1)}
        )
    left = saved.exclude(said_about__kind=Kind.UNDO)
    undone = record(
        session,
        [
            Evidence(
                enrolment_id=event.enrolment_id,
                source=event.source,
                kind=Kind.UNDO,
                about=event.pk,
            )
            for event in left
        ],
        by=by,
    )
    return len(undone)
