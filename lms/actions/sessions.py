"""Sessions: planned, cancelled. The wall time in the cohort's zone is kept."""

from datetime import UTC, date, time

from django.db import IntegrityError, transaction
from django.db.models import Count, F, Q
from django.utils import formats
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from courses.outline import outline_of
from lms.models import Cohort, Enrolment, Progress, Session
from lms.presence import asks_attendance
from lms.standing import standings_of

from .progress import evaluate
from .refusal import Refused, reason_given
from .session_letters import tell_cancelled


class AttendanceRefused(Refused):
    """Nothing was changed; the text says why."""


class SessionExists(AttendanceRefused):
    """The cohort meets at this time already (ATT-45)."""

    field = "local_time"


class NoSuchTime(AttendanceRefused):
    """The clock jumps over this time on that day."""

    field = "local_time"


class OutsideCohort(AttendanceRefused):
    """The day is before the cohort begins or after it ends."""

    field = "local_date"


class MandatoryMustCount(AttendanceRefused):
    """What must be attended cannot be left out of the figures."""

    field = "is_mandatory"


class SessionCancelled(AttendanceRefused):
    """What is cancelled does not come back; a new session is planned instead."""


class RegisterSigned(AttendanceRefused):
    """A signed register is reopened by a coordinator before anything changes."""


@transaction.atomic
def schedule(
    cohort: Cohort, *, local_date: date, local_time: time, minutes: int, by, **fields
) -> Session:
    """Add a session; the same time in the same cohort twice is refused."""
    # Locked: its zone may not change while a time in it is being promised.
    cohort = Cohort.objects.select_for_update().get(pk=cohort.pk)
    if cohort.status == Cohort.Status.CANCELLED:
        raise SessionCancelled(_("This cohort is cancelled."))
    fields.setdefault("status_set", cohort.status_set)
    session = Session(
        cohort=cohort,
        local_date=local_date,
        local_time=local_time,
        minutes=minutes,
        **fields,
    )
    save_checked(session)
    log(session, "lms.schedule", user=by)
    return session


@transaction.atomic
def cancel(session: Session, *, by, reason: str) -> Session:
    """Take the session out of every sum; its marks stay in history (ATT-39).

    Completes who is complete without it. Raises RegisterSigned.
    """
    locked = locked_session(session)
    if locked.status == Session.Status.CANCELLED:
        return locked
    refuse_closed(locked)
    reason = reason_given(reason)
    _call_off(locked, by=by, reason=reason)
    tell_cancelled(locked, reason=reason, by=by)
    complete_who_waited(locked)
    return locked


def call_off_all(cohort: Cohort, *, by, reason: str) -> list[Session]:
    """Cancel what is still to be held; nobody becomes complete by this.

    For who ends the whole cohort and holds its row.
    """
    rows = Session.objects.select_for_update(of=("self",)).order_by("pk")
    planned = rows.filter(
        cohort=cohort,
        status=Session.Status.PLANNED,
        register=Session.Register.OPEN,
    )
    return [_call_off(session, by=by, reason=reason) for session in planned]


def _call_off(session: Session, *, by, reason: str) -> Session:
    session.status = Session.Status.CANCELLED
    session.sequence += 1
    session.save(update_fields=["status", "sequence"])
    log(session, "lms.cancel_session", user=by, data={"reason": reason})
    return session


def complete_who_waited(session: Session) -> None:
    """Evaluate those who have done all else: nobody else can be complete now."""
    edition = session.cohort.edition
    if not asks_attendance(session.cohort):
        return
    outline = outline_of(edition, session.cohort.locale)
    keys = [activity.key for activity in outline.live_required]
    waiting = Enrolment.objects.filter(
        cohort=session.cohort_id, status=Enrolment.Status.ACTIVE
    )
    if keys:
        done = Q(progress__state=Progress.State.COMPLETED, progress__activity__in=keys)
        waiting = waiting.annotate(
            done=Count("progress", filter=done, distinct=True),
            waived=Count("waivers", distinct=True),
        ).filter(done__gte=len(keys) - F("waived"))
    standings = standings_of(session.cohort, waiting.order_by("pk"))
    for enrolment, asked in standings.items():
        if all(one.met for one in asked):
            evaluate(enrolment)


def locked_session(session: Session, *, among=None) -> Session:
    """The row as it is now, nobody else's until the transaction ends.

    `among` are the sessions that are asked; where it is not one of them, raises
    Session.DoesNotExist.
    """
    rows = (Session.objects if among is None else among).select_for_update(of=("self",))
    return rows.select_related("cohort__edition").get(pk=session.pk)


def open_session(session: Session, *, among=None) -> Session:
    """Locked and open for changes. Raises RegisterSigned or SessionCancelled."""
    session = locked_session(session, among=among)
    refuse_closed(session)
    return session


def refuse_closed(session: Session) -> None:
    if session.register == Session.Register.SIGNED:
        raise RegisterSigned(
            _("This register is signed off. A coordinator can open it again.")
        )
    if session.status == Session.Status.CANCELLED:
        raise SessionCancelled(_("This session was cancelled."))


def save_checked(session: Session) -> None:
    """Save it with the start that follows from its wall time, or refuse the time."""
    session.starts_at = session.instant()
    _check(session)
    try:
        with transaction.atomic():
            session.save()
    except IntegrityError:
        raise SessionExists(
            _("The cohort has a session at this time already.")
        ) from None


def _check(session: Session) -> None:
    cohort = session.cohort
    if not cohort.starts_on <= session.local_date <= cohort.ends_on:
        raise OutsideCohort(
            _("Choose a day from %(start)s to %(end)s, while the cohort runs.")
            % {
                "start": formats.date_format(cohort.starts_on),
                "end": formats.date_format(cohort.ends_on),
            }
        )
    if session.is_mandatory and not session.is_required:
        raise MandatoryMustCount(
            _("A session that must be attended counts for attendance: tick that, too.")
        )
    back = session.starts_at.astimezone(UTC).astimezone(cohort.zone)
    if back.replace(tzinfo=None) != session.starts_at.replace(tzinfo=None):
        raise NoSuchTime(
            _("On this day the clocks in %(zone)s jump over this time.")
            % {"zone": cohort.timezone}
        )
