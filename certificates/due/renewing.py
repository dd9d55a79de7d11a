"""Which certificate a new one renews, and until when it is then valid (CE-17)."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from certificates.due import renewal_days
from certificates.due.claim import Claim, of_certificate
from certificates.due.readiness import rule_of
from certificates.issuer_day import day_of
from certificates.models import AwardRule, Certificate
from courses import clock
from lms.actions.refusal import Refused

# What renewed another and ended like this: the other may be renewed again.
MADE_ROOM = [Certificate.Status.REVOKED, Certificate.Status.WITHDRAWN]


class CannotRenew(Refused):
    """It is not renewed at all, not yet, or not any more."""


def opens_on(certificate: Certificate) -> date | None:
    """From which day the policy of its course lets it be renewed; None for never."""
    if certificate.valid_until is None:
        return None
    rule = rule_of(of_certificate(certificate))
    return renewal_days.opens_on(rule.renewing, valid_until=certificate.valid_until)


def renewal_of(certificate: Certificate) -> Certificate | None:
    """The one that renews it, as last corrected; ended ones make room for another."""
    rows = certificate.renewed_by.exclude(status__in=MADE_ROOM)
    return rows.order_by("-issued_at", "-pk").first()


def not_renewed(rows: QuerySet[Certificate]) -> QuerySet[Certificate]:
    """Those of which `renewal_of` finds none."""
    renewals = Certificate.objects.filter(renews=OuterRef("pk"))
    return rows.filter(~Exists(renewals.exclude(status__in=MADE_ROOM)))


def refuse_renewal(certificate: Certificate, rule: AwardRule) -> None:
    """Raises CannotRenew with the day on which it opens, if there is one."""
    opens = renewal_days.opens_on(rule.renewing, valid_until=certificate.valid_until)
    if opens is None:
        raise CannotRenew(
            _("Certificates of this course are not renewed, or this one has no end.")
        )
    if day_of(clock.now()) < opens:
        raise CannotRenew(
            _("It can be renewed from %(day)s on.") % {"day": date_format(opens)}
        )


def can_be_renewed(certificate: Certificate) -> bool:
    try:
        refuse_renewal(certificate, rule_of(of_certificate(certificate)))
    except CannotRenew:
        return False
    return renewal_of(certificate) is None


def renewed_by_claim(claim: Claim, rule: AwardRule) -> Certificate | None:
    """What somebody who took the same course again renews by the new certificate."""
    rows = Certificate.objects.valid().filter(
        person=claim.person,
        kind=claim.kind,
        cohort__edition__course_key=claim.cohort.edition.course_key,
        valid_until__isnull=False,
    )
    rows = rows.exclude(cohort=claim.cohort).order_by("-valid_until", "-pk")
    old = rows.select_related("person", "cohort__edition", "enrolment").first()
    if old is None or renewal_of(old):
        return None
    today = day_of(clock.now())
    is_open = renewal_days.is_open(
        rule.renewing, valid_until=old.valid_until, today=today
    )
    return old if is_open else None


def follow(new: Certificate, old: Certificate, rule: AwardRule) -> None:
    """Let the new one, not saved yet, renew the old one and say until when."""
    months = rule.valid_months or new.template_version.content.get("valid_months")
    new.renews = old
    end_on(
        new,
        renewal_days.renewed_until(
            rule.renewing,
            valid_until=old.valid_until,
            earned_on=new.awarded_on,
            months=months,
        ),
    )


def end_on(certificate: Certificate, day: date | None) -> None:
    """Before it is drawn: the record and the paper name the same last day."""
    certificate.valid_until = day
    certificate.content["valid_until"] = day.isoformat() if day else None
