"""What becomes of a certificate: replaced, revoked, withdrawn, made valid again."""

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from certificates.corrections import correction_for
from certificates.due.claim import of_certificate
from certificates.due.readiness import rule_of
from certificates.due.renewing import end_on
from certificates.models import Certificate
from courses import clock
from lms.actions.refusal import Refused, reason_given

from .issuing import lock, tell
from .making import prepare, produce, save
from .telling import is_told, tell_ended, tell_valid_again

Status, EndedFor = Certificate.Status, Certificate.EndedFor


class CannotEnd(Refused):
    """The certificate has ended already, in another way."""


class ClassMissing(Refused):
    """Nobody said what the public may know."""

    field = "ended_class"


class CannotReinstate(Refused):
    """Only what somebody else revoked is made valid again."""


def replace(certificate: Certificate, *, by, reason: str) -> Certificate:
    """Issue it anew with the name that was approved; the award date stays (CE-18).

    Raises NoCorrection where nobody approved one since the issue (CE-19). The old one
    is superseded and says so to whoever verifies it. A second call returns the new one.
    """
    return produce(_Replacing(certificate, by=by, reason=reason_given(reason)))[0]


class _Replacing:
    """The work around drawing the newer one."""

    def __init__(self, certificate: Certificate, *, by, reason: str):
        self.old, self.by, self.reason = certificate, by, reason

    def look(self) -> Certificate | None:
        self.old = locked(self.old)
        if known := getattr(self.old, "replaced_by", None):
            return known
        refuse_ended(self.old)
        self.correction = correction_for(self.old)
        return None

    def begin(self) -> Certificate:
        claim = of_certificate(self.old)
        new = prepare(
            claim,
            rule=rule_of(claim),
            by=self.by,
            awarded_on=self.old.awarded_on,
            replaces=self.old,
            correction=self.correction,
        )
        # A correction neither shortens nor prolongs what was awarded or renewed.
        new.renews = self.old.renews
        end_on(new, self.old.valid_until)
        return new

    def finish(self, new: Certificate) -> None:
        end(self.old, Status.SUPERSEDED, by=self.by, reason=self.reason)
        save(new)
        # What rested on the old one rests on the new one, too (CE-21).
        new.carries.add(*self.old.carries.all())
        new.rests_on.add(*self.old.rests_on.all())
        log(
            new,
            "certificates.replace",
            user=self.by,
            data={"old": self.old.number, "sha256": new.sha256},
        )
        tell(new)


@transaction.atomic
def revoke(
    certificate: Certificate,
    *,
    by,
    reason: str,
    ended_class: str = EndedFor.ERROR,
    tell_holder: bool = True,
) -> Certificate:
    """Take its validity; it stays in the register and verifies as revoked.

    The class is what anybody may know of why, the reason stays with us (CE-20). The
    holder is written to unless whoever revokes wants to say it otherwise first.
    """
    reason = reason_given(reason)
    if ended_class not in EndedFor.values:
        raise ClassMissing(_("Choose what anybody may know of why."))
    row = locked(certificate)
    if row.status == Status.REVOKED:
        return row
    end(row, Status.REVOKED, by=by, reason=reason, ended_class=ended_class)
    data = {"reason": reason, "class": str(ended_class), "told": tell_holder}
    log(row, "certificates.revoke", user=by, data=data)
    if tell_holder:
        tell_ended(row)
    return row


@transaction.atomic
def reinstate(certificate: Certificate, *, by, reason: str) -> Certificate:
    """Undo a revocation; somebody else than who revoked it must say why (CE-20)."""
    reason = reason_given(reason)
    row = locked(certificate)
    if row.status == Status.VALID:
        return row
    refuse_reinstating(row, by=by)
    data = {"reason": reason, "revoked_because": row.ended_reason}
    was_told, ended_at = is_told(row), row.ended_at
    row.status, row.ended_at, row.ended_by = Status.VALID, None, None
    row.ended_class = row.ended_reason = ""
    row.save(update_fields=_ENDED)
    log(row, "certificates.reinstate", user=by, data=data)
    if was_told:
        tell_valid_again(row, ended_at)
    return row


def refuse_reinstating(certificate: Certificate, *, by) -> None:
    """Raises CannotReinstate; said before anybody writes a reason in vain."""
    if certificate.status != Status.REVOKED:
        raise CannotReinstate(_("Only a revoked certificate can be made valid again."))
    if certificate.ended_by_id == by.pk:
        raise CannotReinstate(
            _("You revoked it yourself: somebody else must make it valid again.")
        )


@transaction.atomic
def withdraw(certificate: Certificate, *, by) -> Certificate:
    """End it as its holder wishes; whoever checks it is told that it was withdrawn.

    The holder cannot undo it. A second call changes nothing.
    """
    row = locked(certificate)
    if row.status == Status.WITHDRAWN:
        return row
    reason, ended_class = _("The holder withdrew it."), EndedFor.HOLDER
    end(row, Status.WITHDRAWN, by=by, reason=reason, ended_class=ended_class)
    log(row, "certificates.withdraw", user=by)
    return row


_ENDED = ["status", "ended_at", "ended_by", "ended_class", "ended_reason"]


def locked(certificate: Certificate) -> Certificate:
    """As it is now, under the lock of its claim."""
    lock(of_certificate(certificate))
    rows = Certificate.objects.select_related(
        "person", "cohort__edition", "enrolment__person", "enrolment__cohort__edition"
    )
    return rows.get(pk=certificate.pk)


def refuse_ended(row: Certificate) -> None:
    """Raises CannotEnd for what has ended already."""
    if row.status != Status.VALID:
        raise CannotEnd(
            _("Certificate %(number)s has ended already: %(status)s.")
            % {"number": row.number, "status": row.get_status_display()}
        )


def end(
    row: Certificate, status: str, *, by, reason: str, ended_class: str = ""
) -> None:
    """Write down that it ended, and close its links; under the claim's lock."""
    refuse_ended(row)
    row.status, row.ended_at, row.ended_by = status, clock.now(), by
    row.ended_class, row.ended_reason = ended_class, reason
    row.save(update_fields=_ENDED)
    row.shares.filter(ended_at=None).update(ended_at=row.ended_at)
