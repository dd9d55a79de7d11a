"""Participants mark themselves by the code of the room, and by nothing stronger."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from courses import clock
from lms import check_in_ticket
from lms.arrival import status_at
from lms.attendance import statuses_of
from lms.check_in_site import site_of
from lms.check_in_ticket import SeenCode, seal, unseal
from lms.check_in_window import closes_at
from lms.models import (
    CheckInRules,
    Enrolment,
    Mark,
    MarkEvent,
    MarkStatus,
    Session,
    SpentTicket,
)
from lms.networks import is_elsewhere

from . import check_in_refusals as refusals
from .check_in_codes import refuse_code
from .check_in_flags import flag_the_others, flags_of
from .check_in_refusals import CheckInRefused
from .evidence import Evidence, Outcome, record
from .marks import NotExpected
from .refused_check_ins import refuse_check_in
from .sessions import RegisterSigned, SessionCancelled, locked_session


@dataclass(frozen=True, kw_only=True)
class Whence:
    """From which device and address somebody asks; "" where it is not known."""

    device: str = ""
    network: str = ""


def check_in(
    session: Session,
    *,
    enrolment: Enrolment | None,
    by,
    whence: Whence,
    code: str = "",
    ticket: str = "",
    nonce: UUID | None = None,
) -> Outcome:
    """Mark who asks as present or late, by when it was asked (ATT-16).

    `enrolment` is the place that `by` has here (`place_of`), None for who has none.
    Shown is the code of the room, or a ticket of `look_at` instead. What a trainer
    marked stays (ATT-18). The same nonce from the same device is answered as before
    (ATT-26). Raises CheckInRefused, whose text tells what to do; the try is kept.
    """
    arrived_at = clock.now()
    try:
        if enrolment is None:
            raise refusals.not_on_the_list()
        before = _answered_before(enrolment, session, whence, nonce)
        if before:
            return before
        # Wrong codes are looked into before the row is locked: a guess holds up nobody.
        seen = _seen(session, by, code, ticket, arrived_at)
        elsewhere = _is_elsewhere(session, whence)
        with transaction.atomic():
            session = locked_session(session)
            if ticket:
                # Sent twice at once: the other one has spent it for this form.
                before = _answered_before(enrolment, session, whence, nonce)
                if before:
                    return before
                _spend(seen, arrived_at)
            flags = flags_of(session, enrolment, whence=whence, is_elsewhere=elsewhere)
            piece = _evidence(session, enrolment, seen.seen_at, whence, nonce, flags)
            return _record(session, piece, by)
    except CheckInRefused as refusal:
        keep_refused(refusal, session, by=by, whence=whence, value=code or ticket)
        raise


def look_at(session: Session, *, code: str, by, whence: Whence) -> str:
    """A ticket for a code that is good now, to be used within three minutes (ATT-20).

    Marks nobody. `by` is None for who has not signed in. Raises CheckInRefused; then
    there is no ticket (ATT-15).
    """
    now = clock.now()
    try:
        if by and place_of(by, session) is None:
            raise refusals.not_on_the_list()
        _refuse_time(session, now)
        refuse_code(session, code, now)
    except CheckInRefused as refusal:
        keep_refused(refusal, session, by=by, whence=whence, value=code)
        raise
    return seal(SeenCode(session.pk, now, by.pk if by else None))


def ticket_for(user, session: Session, ticket: str) -> str:
    """The ticket, from now on this person's; "" where it opens nothing here."""
    seen = unseal(ticket) if ticket else None
    if seen is None or not seen.is_for(session.pk, user.pk):
        return ""
    return "" if seen.is_over(clock.now()) else seal(seen.for_user(user.pk))


def why_not_now(session: Session) -> CheckInRefused | None:
    """Why nobody can check in at this moment, whatever code they have."""
    try:
        _refuse_time(session, clock.now())
    except CheckInRefused as refusal:
        return refusal
    return None


def place_of(user, session: Session) -> Enrolment | None:
    """The place that somebody who has signed in has in the session's cohort."""
    return Enrolment.objects.of(user).filter(cohort=session.cohort_id).first()


def keep_refused(
    refusal: CheckInRefused, session: Session | None, *, by, whence, value: str = ""
) -> None:
    """Keep a refused try; each is one of its own, whatever form it came from."""
    refuse_check_in(
        why=refusal.why,
        source=Mark.Source.ROOM_CODE,
        value=value,
        session=session,
        enrolment=place_of(by, session) if by and session else None,
        device=whence.device,
        network=whence.network,
        by=by,
    )


def _answered_before(enrolment, session, whence, nonce) -> Outcome | None:
    """What the same device had been told for the same nonce."""
    if nonce is None:
        return None
    events = MarkEvent.objects.filter(
        device=whence.device, nonce=nonce, session=session, enrolment=enrolment
    )
    event = events.first()
    if event is None:
        return None
    marks = Mark.objects.filter(session=session, enrolment=enrolment)
    return Outcome(event, marks.select_related("status").first(), is_new=False)


def _seen(session, by, code: str, ticket: str, arrived_at: datetime) -> SeenCode:
    """When the server first saw a good code of this person, or why it did not."""
    if not ticket:
        _refuse_time(session, arrived_at)
        refuse_code(session, code, arrived_at)
        return SeenCode(session.pk, arrived_at, by.pk)
    seen = unseal(ticket)
    if seen is None or not seen.is_for(session.pk, by.pk):
        raise refusals.ticket_spent()
    if seen.is_over(arrived_at):
        raise refusals.ticket_over()
    _refuse_time(session, seen.seen_at)
    return seen


def _spend(seen: SeenCode, now: datetime) -> None:
    """Once in all processes; what nobody could use any more is cleared away."""
    SpentTicket.objects.filter(spent_at__lt=now - check_in_ticket.LASTS).delete()
    try:
        with transaction.atomic():
            SpentTicket.objects.create(uid=seen.uid, spent_at=now)
    except IntegrityError:
        raise refusals.ticket_spent() from None


def _is_elsewhere(session: Session, whence: Whence) -> bool:
    """Raises OffSite where the cohort takes nobody from elsewhere (ATT-24)."""
    found = is_elsewhere(whence.network, site_of(session.pk))
    rules = CheckInRules.of(session.cohort)
    if found and rules.off_site == CheckInRules.OffSite.REFUSE:
        raise refusals.off_site()
    return found


def _evidence(session, enrolment, seen_at, whence, nonce, flags) -> Evidence:
    return Evidence(
        enrolment_id=enrolment.pk,
        source=Mark.Source.ROOM_CODE,
        code=_status(session, seen_at).code,
        happened_at=seen_at,
        device=whence.device,
        network=whence.network,
        nonce=nonce,
        flags=flags,
    )


def _status(session: Session, seen_at: datetime) -> MarkStatus:
    """What the time of arrival gives; without any the trainer is asked (ATT-17)."""
    statuses = statuses_of(session).values()
    status = status_at(statuses, starts_at=session.starts_at, arrived_at=seen_at)
    if status is None:
        raise refusals.too_late()
    return status


def _record(session: Session, piece: Evidence, by) -> Outcome:
    try:
        [outcome] = record(session, [piece], by=by)
    except NotExpected:
        raise refusals.not_on_the_list() from None
    except (RegisterSigned, SessionCancelled):
        raise refusals.closed() from None
    flag_the_others(outcome.event)
    return outcome


def _refuse_time(session: Session, moment: datetime) -> None:
    """The window has its first moment in it, and not its last (ATT-15)."""
    rules = CheckInRules.of(session.cohort)
    if session.status == Session.Status.CANCELLED:
        raise refusals.cancelled()
    if session.register == Session.Register.SIGNED:
        raise refusals.closed()
    if not rules.is_open:
        raise refusals.by_trainer_only()
    if moment < rules.opens_at(session):
        raise refusals.not_open_yet(session, rules.opens_at(session))
    until = closes_at(session)
    if until is None or moment >= until:
        raise refusals.too_late()
