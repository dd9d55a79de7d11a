"""Renewing a certificate of the same place: a newer one that begins where it should."""

from datetime import date

from django.utils.translation import gettext as _
from wagtail.log_actions import log

from certificates.due.claim import of_certificate
from certificates.due.readiness import rule_of
from certificates.due.renewing import CannotRenew, follow, refuse_renewal, renewal_of
from certificates.issuer_day import day_of
from certificates.models import Certificate
from courses import clock
from lms.actions.refusal import Refused, reason_given

from .ending import end, locked, refuse_ended
from .issuing import tell
from .making import prepare, produce, save


class NotADayForIt(Refused):
    """Nobody earns it in future, or before the one it renews."""

    field = "earned_on"


def renew(
    certificate: Certificate, *, by, reason: str, earned_on: date | None = None
) -> Certificate:
    """Give a new one that renews it; the old one is superseded (CE-17).

    `earned_on` is the day of what renews it, such as a refresher; today without it.
    `reason` says what that was. A second call returns the one there is. Who took the
    whole course again is given theirs by `issue`, which links the two by itself and
    leaves the old one valid to its end. Raises CannotRenew, CannotEnd.
    """
    return produce(
        _Renewing(certificate, by=by, reason=reason_given(reason), earned_on=earned_on)
    )[0]


class _Renewing:
    """The work around drawing the newer one."""

    def __init__(self, old: Certificate, *, by, reason: str, earned_on: date | None):
        self.old, self.by, self.reason = old, by, reason
        self.earned_on = earned_on or day_of(clock.now())

    def look(self) -> Certificate | None:
        self.old = locked(self.old)
        if known := renewal_of(self.old):
            return known
        refuse_ended(self.old)
        self.rule = rule_of(of_certificate(self.old))
        refuse_renewal(self.old, self.rule)
        if not self.old.awarded_on < self.earned_on <= day_of(clock.now()):
            raise NotADayForIt(
                _("Choose a day after the award of the old one, and not in future.")
            )
        return None

    def begin(self) -> Certificate:
        new = prepare(
            of_certificate(self.old),
            rule=self.rule,
            by=self.by,
            awarded_on=self.earned_on,
        )
        follow(new, self.old, self.rule)
        return new

    def finish(self, new: Certificate) -> None:
        end(self.old, Certificate.Status.SUPERSEDED, by=self.by, reason=self.reason)
        save(new)
        data = {"old": self.old.number, "sha256": new.sha256, "reason": self.reason}
        log(new, "certificates.renew", user=self.by, data=data)
        tell(new)


__all__ = ["CannotRenew", "NotADayForIt", "renew"]
