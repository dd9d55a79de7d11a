"""Issuing certificates, and what may become of them afterwards."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from certificates import readiness
from certificates.models import Certificate
from certificates.readiness import Candidate, ready_for
from courses import clock
from lms.actions.messages import queue
from lms.actions.progress import evaluate
from lms.actions.refusal import Refused, reason_given
from lms.models import Enrolment

from .making import (
    LetterMissing,
    NoTemplate,
    PictureMissing,
    make,
    voided_numbers,
    whole,
)

__all__ = [
    "Candidate",
    "LetterMissing",
    "NoTemplate",
    "PictureMissing",
    "issue",
    "issue_all",
    "ready_for",
    "reinstate",
    "replace",
    "revoke",
    "voided_numbers",
]

Status = Certificate.Status
LETTER = "certificates/mail/issued"


class NotReady(Refused):
    """Something is still missing; the text says what."""


class CannotEnd(Refused):
    """The certificate has ended already, in another way."""


class CannotReinstate(Refused):
    """Only what somebody else revoked is made valid again."""


class Outcome(NamedTuple):
    """What came of one place: issued now, there already, or refused because."""

    enrolment: Enrolment
    certificate: Certificate | None
    is_new: bool
    refusal: str = ""


def issue(enrolment: Enrolment, *, by) -> Certificate:
    """Give the certificate this place has earned; a second call returns the first one.

    Raises NotReady, NoTemplate, LetterMissing or PictureMissing. Whatever fails leaves
    no number, no file and no half certificate.
    """
    return _issue(enrolment, by=by)[0]


def issue_all(enrolments: Iterable[Enrolment], *, by) -> list[Outcome]:
    """Each place by itself, so that one refusal stops nobody else (CE-25)."""
    return [_outcome(enrolment, by=by) for enrolment in enrolments]


def replace(certificate: Certificate, *, by, reason: str) -> Certificate:
    """Issue it anew with the person's present name; the award date stays (CE-18).

    The old one is superseded and says so to whoever verifies it. A second call returns
    the new one.
    """
    reason = reason_given(reason)
    with whole() as written:
        old = _lock(certificate)
        if old.status == Status.SUPERSEDED:
            return old.replaced_by
        _end(old, Status.SUPERSEDED, by=by, reason=reason)
        new = Certificate(
            enrolment=old.enrolment,
            kind=old.kind,
            awarded_on=old.awarded_on,
            replaces=old,
        )
        make(new, by=by, written=written)
        log(new, "certificates.replace", user=by, data={"old": old.number})
        _tell(new)
        return new


@transaction.atomic
def revoke(certificate: Certificate, *, by, reason: str) -> Certificate:
    """Take its validity; it stays in the register and verifies as revoked."""
    reason = reason_given(reason)
    row = _lock(certificate)
    if row.status == Status.REVOKED:
        return row
    _end(row, Status.REVOKED, by=by, reason=reason)
    log(row, "certificates.revoke", user=by, data={"reason": reason})
    return row


@transaction.atomic
def reinstate(certificate: Certificate, *, by, reason: str) -> Certificate:
    """Undo a revocation; somebody else than who revoked it must say why (CE-20)."""
    reason = reason_given(reason)
    row = _lock(certificate)
    if row.status == Status.VALID:
        return row
    if row.status != Status.REVOKED:
        raise CannotReinstate(_("Only a revoked certificate can be made valid again."))
    if row.ended_by_id == by.pk:
        raise CannotReinstate(
            _("You revoked it yourself: somebody else must make it valid again.")
        )
    data = {"reason": reason, "revoked_because": row.ended_reason}
    row.status, row.ended_at, row.ended_by, row.ended_reason = (
        Status.VALID,
        None,
        None,
        "",
    )
    row.save(update_fields=["status", "ended_at", "ended_by", "ended_reason"])
    log(row, "certificates.reinstate", user=by, data=data)
    return row


def _outcome(enrolment: Enrolment, *, by) -> Outcome:
    try:
        certificate, is_new = _issue(enrolment, by=by)
    except Refused as refusal:
        return Outcome(enrolment, None, False, str(refusal))
    return Outcome(enrolment, certificate, is_new)


def _issue(enrolment: Enrolment, *, by) -> tuple[Certificate, bool]:
    with whole() as written:
        enrolment = (
            Enrolment.objects.select_for_update(of=("self",))
            .select_related("person", "cohort__edition")
            .get(pk=enrolment.pk)
        )
        earlier = enrolment.certificates.order_by("-issued_at", "-pk")
        valid = earlier.valid().first()
        if valid:
            return valid, False
        _refuse_unready(enrolment, earlier.first())
        certificate = Certificate(
            enrolment=enrolment, awarded_on=enrolment.completed_on
        )
        make(certificate, by=by, written=written)
        data = {"number": certificate.number, "sha256": certificate.sha256}
        log(certificate, "certificates.issue", user=by, data=data)
        _tell(certificate)
        return certificate, True


def _refuse_unready(enrolment: Enrolment, newest: Certificate | None) -> None:
    """Asks the one list of requirements, inside the transaction (CE-24)."""
    if refusal := readiness.refuse_template(enrolment.cohort):
        raise NoTemplate(refusal)
    if refusal := readiness.refuse_letters(
        enrolment.person.legal_name + enrolment.person.latin_name
    ):
        raise LetterMissing(refusal)
    if refusal := readiness.refuse_place(enrolment, newest):
        raise NotReady(refusal)
    requirements = evaluate(enrolment)
    if enrolment.status != Enrolment.Status.COMPLETED:
        raise NotReady(readiness.explain(requirements))


def _tell(certificate: Certificate) -> None:
    queue(
        certificate.enrolment.person,
        key=f"certificate:{certificate.pk}:holder",
        template=LETTER,
        context={
            "name": certificate.content["holder"],
            "number": certificate.number,
            "enrolment": certificate.enrolment_id,
        },
    )


def _lock(certificate: Certificate) -> Certificate:
    """The enrolment's row stands for all its certificates."""
    Enrolment.objects.select_for_update().get(pk=certificate.enrolment_id)
    rows = Certificate.objects.select_related("enrolment__person", "enrolment__cohort")
    return rows.get(pk=certificate.pk)


def _end(row: Certificate, status: str, *, by, reason: str) -> None:
    if row.status != Status.VALID:
        raise CannotEnd(
            _("Certificate %(number)s has ended already: %(status)s.")
            % {"number": row.number, "status": row.get_status_display()}
        )
    row.status, row.ended_at = status, clock.now()
    row.ended_by, row.ended_reason = by, reason
    row.save(update_fields=["status", "ended_at", "ended_by", "ended_reason"])
