"""What a holder can do about a certificate's last day: its page and a letter say it."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from certificates.due import renewal_days
from certificates.due.claim import of_certificate
from certificates.due.readiness import rule_of
from certificates.models import Certificate
from certificates.models.kinds import Kind
from courses.languages import in_order
from courses.models import CoursePage


@dataclass(frozen=True)
class WayOn:
    """To renew it from a day on, or to take or teach the course again; maybe none."""

    opens_on: date | None = None
    course: CoursePage | None = None
    by_teaching: bool = False

    @property
    def words(self) -> str:
        if self.opens_on:
            return _("It can be renewed from %(day)s on. Ask your coordinator how.") % {
                "day": date_format(self.opens_on, "DATE_FORMAT")
            }
        over = _("It is not renewed: after its last day it does not count any more.")
        again = ""
        if self.course:
            again = _("You get a new one by taking the course again.")
        elif self.by_teaching:
            again = _("You get a new one by teaching the course again.")
        return f"{over} {again}".rstrip()


def way_on(certificate: Certificate, language: str) -> WayOn:
    """By the rule of its course as it is now; a course that is closed is no way."""
    rule = rule_of(of_certificate(certificate))
    opens = renewal_days.opens_on(rule.renewing, valid_until=certificate.valid_until)
    if opens or not rule.is_on:
        return WayOn(opens)
    if certificate.kind == Kind.TRAINER:
        return WayOn(by_teaching=True)
    return WayOn(course=_course(certificate, language))


def _course(certificate: Certificate, language: str) -> CoursePage | None:
    key = certificate.cohort.edition.course_key
    pages = CoursePage.objects.live().filter(translation_key=key)
    found = in_order(pages.select_related("locale").defer_streamfields(), language)
    return found[0] if found else None
