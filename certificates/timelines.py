"""What `certificates` adds to the histories of people and cohorts, and its own."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lms.models import Enrolment
from lms.timelines import filling, words
from lms.timelines.filling import Told
from lms.timelines.sources import (
    Source,
    entries_about,
    register,
    source_of,
    through,
    within,
)
from lms.timelines.telling import Timeline

from .models import Certificate


def of_certificate(certificate: Certificate, reader) -> Timeline:
    """Its history, with those before and after it and the day the course was done."""
    line = Certificate.objects.filter(pk__in=_line_of(certificate))
    seen = source_of(Certificate).rows(reader).filter(pk__in=line.values("pk"))
    places = Enrolment.objects.filter(pk__in=seen.values("enrolment"))
    parts = [
        entries_about(seen),
        entries_about(places).filter(action="lms.complete"),
    ]
    zone = certificate.enrolment.cohort.zone
    return Timeline(parts, zone, certificate, reader)


def _line_of(certificate: Certificate) -> set[int]:
    """What it replaces or renews, and what replaces or renews it, at any distance."""
    line, newest = {certificate.pk}, {certificate.pk}
    while newest:
        near = _beside(newest)
        newest = near - line
        line |= newest
    return line


def _beside(keys: set[int]) -> set[int]:
    after = Certificate.objects.filter(Q(replaces__in=keys) | Q(renews__in=keys))
    before = Certificate.objects.filter(pk__in=keys).values_list("replaces", "renews")
    found = {key for pair in before for key in pair if key}
    return found | set(after.values_list("pk", flat=True))


def _certificate(told: Told) -> str:
    row = told.row
    if not isinstance(row, Certificate):
        return told.entry.label
    return told.link(row.number, row, "certificates_list:inspect")


def _old(told: Told) -> str:
    return told.data.get("old") or "–"


register(
    Source(
        Certificate,
        ("enrolment__person", "enrolment__cohort"),
        of_person=through("enrolment__person"),
        of_cohort=within("enrolment__cohort"),
        needs="see",
    )
)
filling.register("certificate", _certificate)
filling.register("old", _old)
words.register(
    words.Kind.CERTIFICATES,
    {
        "certificates.issue": _("Issued certificate %(certificate)s to %(person)s."),
        "certificates.replace": _(
            "Issued certificate %(certificate)s to %(person)s in place of %(old)s."
        ),
        "certificates.revoke": _("Revoked certificate %(certificate)s of %(person)s."),
        "certificates.withdraw": _(
            "Withdrew certificate %(certificate)s, as its holder wished."
        ),
        "certificates.reinstate": _(
            "Made certificate %(certificate)s of %(person)s valid again."
        ),
        "certificates.draft": _("Saved a draft of a template: %(thing)s."),
        "certificates.publish": _(
            "Published version %(number)s of a template: %(thing)s."
        ),
        "certificates.add_signatory": _("Added a signatory: %(thing)s."),
        "certificates.change_signatory": _(
            "Changed a signatory, %(thing)s: %(fields)s."
        ),
    },
)
