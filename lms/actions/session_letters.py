"""Who is told that a session was changed or cancelled: participants and trainers."""

from datetime import timedelta

from courses import clock
from lms.letters.composing import language_of
from lms.letters.training import SESSION_CANCELLED, SESSION_CHANGED
from lms.models import Enrolment, Session, Staff

from .messages import Draft, queue_all

# What people rely on: when and where.
TOLD = {"local_date", "local_time", "minutes", "place", "link"}
# Somebody who corrects a slip at once writes one letter, not two.
PAUSE = timedelta(minutes=5)


def tell_changed(session: Session, changed: list[str], *, by) -> None:
    """Within the transaction of the change. What is over is told to nobody."""
    if TOLD.isdisjoint(changed) or session.starts_at <= clock.now():
        return
    context = {"sequence": session.sequence}
    queue_all(_drafts(session, SESSION_CHANGED, context), by=by)


def tell_cancelled(session: Session, *, reason: str, by) -> None:
    """Within the transaction of the cancelling."""
    if session.starts_at <= clock.now():
        return
    queue_all(_drafts(session, SESSION_CANCELLED, {"reason": reason}), by=by)


def readers(session: Session) -> int:
    """How many people would be written to."""
    return participants(session) + _trainers(session).count()


def participants(session: Session) -> int:
    """How many have a place in its cohort now."""
    places = session.cohort.enrolments
    return places.filter(status=Enrolment.Status.ACTIVE).count()


def _trainers(session: Session):
    trainers = session.cohort.staff.filter(role=Staff.Role.TRAINER)
    return trainers.exclude(user__email="")


def _drafts(session: Session, kind, context: dict):
    """A letter for each participant and trainer; one address is told once (CM-03)."""
    fact = f"session:{session.pk}:{session.sequence}"
    same = {
        "fact": fact,
        "template": kind.key,
        "cohort": session.cohort_id,
        "due_at": clock.now() + PAUSE,
    }
    context = context | {"session": session.pk}
    places = session.cohort.enrolments.filter(status=Enrolment.Status.ACTIVE)
    for place in places.select_related("person"):
        yield Draft(
            key=f"{fact}:{place.pk}",
            person=place.person,
            context=context | {"enrolment": place.pk},
            **same,
        )
    for trainer in _trainers(session).select_related(
        "user__person", "user__wagtail_userprofile"
    ):
        yield Draft(
            key=f"{fact}:staff:{trainer.user_id}",
            to=trainer.user.email,
            locale=language_of(trainer.user, otherwise=session.cohort.locale),
            context=context | {"name": str(trainer.user)},
            **same,
        )
