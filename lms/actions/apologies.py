"""Saying before a session that one cannot come, and deciding about it."""

import uuid

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from courses import clock
from lms.attendance import statuses_of
from lms.letters.training import APOLOGY_DECIDED
from lms.models import Apology, Enrolment, Mark, Session
from lms.scans import UnreadableScan, clean_scan

from .erasing import remove_files
from .evidence import Evidence, record
from .marks import NotExpected, UnknownStatus
from .messages import queue
from .refusal import Refused, reason_given
from .sessions import AttendanceRefused, locked_session, open_session

State = Apology.State


class TooLate(AttendanceRefused):
    """The session has begun: from then on the trainer is told in person."""


class SaidAlready(AttendanceRefused):
    """One apology stands for this session already."""


class PaperRefused(Refused):
    """The paper is no picture and no PDF."""

    field = "paper"


class Decided(Refused):
    """Somebody was quicker."""


class AnswerMissing(Refused):
    """Who is not excused is owed a reason."""

    field = "answer"


@transaction.atomic
def apologise(
    session: Session, *, enrolment: Enrolment, reason: str, by, paper: bytes = b""
) -> Apology:
    """Tell the trainers before a session that somebody cannot come, and why.

    The same again changes nothing. Raises TooLate once it has begun, NotExpected,
    SaidAlready, PaperRefused, SessionCancelled or RegisterSigned.
    """
    session = open_session(session)
    if session.starts_at <= clock.now():
        raise TooLate(_("This session has begun. Tell your trainer."))
    is_active = enrolment.status == Enrolment.Status.ACTIVE
    if not (is_active and session.expects(enrolment)):
        raise NotExpected(_("You are not expected at this session."))
    reason = reason_given(reason)
    before = session.apologies.standing().filter(enrolment=enrolment).first()
    if before and before.is_open and before.reason == reason and not paper:
        return before
    if before:
        raise SaidAlready(
            _("You have said already that you cannot come. Take that back first.")
        )
    apology = Apology(
        session=session, enrolment=enrolment, reason=reason, sent_at=clock.now()
    )
    if paper:
        _keep(apology, paper)
    apology.save()
    log(enrolment, "lms.apologise", user=by, data=_about(apology))
    return apology


@transaction.atomic
def take_back_apology(apology: Apology, *, by) -> Apology:
    """The participant comes after all: the reason and the paper are forgotten."""
    apology = _locked(apology)
    if apology.state == State.TAKEN_BACK:
        return apology
    _refuse_decided(apology)
    remove_files([apology], ["paper"])
    apology.reason, apology.paper = "", ""
    apology.state, apology.decided_at = State.TAKEN_BACK, clock.now()
    apology.save()
    log(apology.enrolment, "lms.take_back_apology", user=by, data=_about(apology))
    return apology


@transaction.atomic
def approve_apology(apology: Apology, *, by, answer: str = "") -> Apology:
    """Excuse the participant from the session and tell them.

    The mark says by whom; the reason stays with the apology. Raises RegisterSigned,
    SessionCancelled, NotExpected, UnknownStatus or Decided.
    """
    session = locked_session(apology.session)
    apology = _locked(apology)
    if apology.state == State.APPROVED:
        return apology
    _refuse_decided(apology)
    piece = Evidence(
        enrolment_id=apology.enrolment_id,
        source=Mark.Source.TRAINER,
        code=_excused(session),
        reason=_("Excused on request"),
    )
    record(session, [piece], by=by, reason=piece.reason)
    return _decide(apology, State.APPROVED, by=by, answer=answer)


@transaction.atomic
def decline_apology(apology: Apology, *, by, answer: str) -> Apology:
    """Leave the register as it is and say why."""
    locked_session(apology.session)
    apology = _locked(apology)
    if apology.state == State.DECLINED:
        return apology
    _refuse_decided(apology)
    if not answer.strip():
        raise AnswerMissing(_("Write why: the participant reads it."))
    return _decide(apology, State.DECLINED, by=by, answer=answer)


def _keep(apology: Apology, data: bytes) -> None:
    try:
        scan = clean_scan(data)
    except UnreadableScan as reason:
        raise PaperRefused(str(reason)) from reason
    name = f"{uuid.uuid4().hex}.{scan.extension}"
    apology.paper.save(name, ContentFile(scan.data), save=False)


def _locked(apology: Apology) -> Apology:
    rows = Apology.objects.select_for_update(of=("self",))
    return rows.select_related("enrolment__person", "session").get(pk=apology.pk)


def _refuse_decided(apology: Apology) -> None:
    if not apology.is_open:
        raise Decided(
            _("Decided already: %(state)s.") % {"state": apology.get_state_display()}
        )


def _excused(session: Session) -> str:
    """The status that counts for nothing, by whatever name the set has it."""
    statuses = statuses_of(session)
    if "excused" in statuses:
        return "excused"
    free = [code for code, status in statuses.items() if not status.counts]
    if not free:
        raise UnknownStatus(
            _("No status of this session excuses anybody. Mark it in the register.")
        )
    return free[0]


def _decide(apology: Apology, state: State, *, by, answer: str) -> Apology:
    apology.state, apology.answer = state, answer.strip()
    apology.decided_by, apology.decided_at = by, clock.now()
    apology.save(update_fields=["state", "answer", "decided_by", "decided_at"])
    is_approved = state == State.APPROVED
    action = "lms.approve_apology" if is_approved else "lms.decline_apology"
    log(apology.enrolment, action, user=by, data=_about(apology))
    queue(
        apology.enrolment.person,
        key=f"apology_decided:{apology.pk}",
        template=APOLOGY_DECIDED.key,
        context={
            "enrolment": apology.enrolment_id,
            "session": apology.session_id,
            "is_approved": is_approved,
            "note": apology.answer,
        },
        by=by,
    )
    return apology


def _about(apology: Apology) -> dict:
    return {"session": apology.session_id}
