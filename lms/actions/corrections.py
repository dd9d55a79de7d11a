"""Asking that one's data be corrected, and answering."""

from django.db import models, transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from courses import clock
from lms.models import CorrectionRequest, Person

from .messages import queue
from .people import add_organisation, change_person
from .refusal import Refused

Field, State = CorrectionRequest.Field, CorrectionRequest.State


class AskedAlready(Refused):
    """Another correction of the same field waits for its answer."""

    field = "field"


class NothingToCorrect(Refused):
    """It is written so already, or nothing was written."""

    field = "new"


class AnsweredAlready(Refused):
    """The request was answered or taken back in the meantime."""


class ChangedMeanwhile(Refused):
    """The data are not any more what the request says is wrong."""


class AnswerMissing(Refused):
    """Who asked is owed a reason."""

    field = "note"


@transaction.atomic
def ask_correction(
    person: Person, *, field: str, new: str, by, reason: str = ""
) -> CorrectionRequest:
    """Ask staff to correct one field; a second call with the same changes nothing.

    Certificates that were issued keep what they say (CE-19).
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    field, new, old = Field(field), " ".join(new.split()), written(person, field)
    if not new or new == old:
        raise NothingToCorrect(_("Write what is correct, if it is not written so."))
    waiting = person.corrections.open().filter(field=field).first()
    if waiting and waiting.new == new:
        return waiting
    if waiting:
        raise AskedAlready(
            _("A correction of this waits for its answer. Take that one back first.")
        )
    request = CorrectionRequest.objects.create(
        person=person,
        field=field,
        old=old,
        new=new,
        reason=reason.strip(),
        asked_at=clock.now(),
    )
    log(person, "lms.ask_correction", user=by, data={"field": field.value})
    return request


@transaction.atomic
def approve_correction(
    request: CorrectionRequest, *, by, note: str = ""
) -> CorrectionRequest:
    """Write what was asked for, and tell the person; certificates stay as they are."""
    request = _lock_open(request, unless=State.APPROVED)
    if request.state == State.APPROVED:
        return request
    now = written(request.person, Field(request.field))
    if now not in (request.old, request.new):
        raise ChangedMeanwhile(
            _("The data say %(now)s by now. Refuse this request, or correct by hand.")
            % {"now": now or "–"}
        )
    change_person(request.person, by=by, **_value(request, by=by))
    return _decide(request, State.APPROVED, by=by, note=note)


@transaction.atomic
def refuse_correction(
    request: CorrectionRequest, *, by, note: str
) -> CorrectionRequest:
    """Leave the data as they are and say why."""
    request = _lock_open(request, unless=State.REFUSED)
    if request.state == State.REFUSED:
        return request
    if not note.strip():
        raise AnswerMissing(_("Write why: the person reads it."))
    return _decide(request, State.REFUSED, by=by, note=note)


@transaction.atomic
def take_back_correction(request: CorrectionRequest, *, by) -> CorrectionRequest:
    """The person needs no answer any more."""
    request = _lock_open(request, unless=State.TAKEN_BACK)
    if request.state == State.TAKEN_BACK:
        return request
    request.state, request.decided_at = State.TAKEN_BACK, clock.now()
    request.save(update_fields=["state", "decided_at"])
    log(request.person, "lms.take_back_correction", user=by)
    return request


def written(person: Person, field: Field) -> str:
    """What the data say now, as a request writes it."""
    value = getattr(person, field)
    return str(value) if isinstance(value, models.Model) else value or ""


def _lock_open(request: CorrectionRequest, *, unless: str) -> CorrectionRequest:
    rows = CorrectionRequest.objects.select_for_update(of=["self"])
    request = rows.select_related("person").get(pk=request.pk)
    if request.state not in (State.OPEN, unless):
        raise AnsweredAlready(
            _("Answered already: %(state)s.") % {"state": request.get_state_display()}
        )
    return request


def _value(request: CorrectionRequest, *, by) -> dict:
    if request.field != Field.ORGANISATION:
        return {request.field: request.new}
    return {"organisation": add_organisation(by=by, name=request.new)}


def _decide(
    request: CorrectionRequest, state: State, *, by, note: str
) -> CorrectionRequest:
    request.state, request.note = state, note.strip()
    request.decided_by, request.decided_at = by, clock.now()
    request.save(update_fields=["state", "note", "decided_by", "decided_at"])
    action = {State.APPROVED: "lms.approve_correction"}.get(
        state, "lms.refuse_correction"
    )
    log(request.person, action, user=by, data={"field": request.field})
    queue(
        request.person,
        key=f"correction_decided:{request.pk}",
        template="lms/mail/correction_decided",
        context={
            "correction": request.pk,
            "decision": state.value,
            "note": request.note,
        },
    )
    return request
