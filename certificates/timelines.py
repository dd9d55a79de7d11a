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

from .models import Certificate, Proposal


def of_certificate(certificate: Certificate, reader) -> Timeline:
    """Its history, with those before and after it and the day the course was done."""
    line = Certificate.objects.filter(pk__in=_line_of(certificate))
    seen = source_of(Certificate).rows(reader).filter(pk__in=line.values("pk"))
    places = Enrolment.objects.filter(pk__in=seen.values("enrolment"))
    parts = [
        entries_about(seen),
        entries_about(places).filter(action="lms.complete"),
    ]
    zone = certificate.cohort.zone
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


def _proposal(told: Told) -> str:
    row = told.row
    if not isinstance(row, Proposal):
        return told.entry.label
    return told.link(row.get_kind_display(), row, "certificates:proposal")


def _old(told: Told) -> str:
    return told.data.get("old") or "–"


register(
    Source(
        Certificate,
        ("person", "cohort"),
        of_person=through("person"),
        of_cohort=within("cohort"),
        needs="see",
    )
)
register(
    Source(Proposal, ("cohort",), of_cohort=within("cohort"), needs="issue"),
)
filling.register("proposal", _proposal)
filling.register("certificate", _certificate)
filling.register("old", _old)
words.register(
    words.Kind.CERTIFICATES,
    {
        "certificates.issue": _("Issued certificate %(certificate)s to %(person)s."),
        "certificates.replace": _(
            "Issued certificate %(certificate)s to %(person)s in place of %(old)s."
        ),
        "certificates.renew": _(
            "Issued certificate %(certificate)s to %(person)s as the renewal of "
            "%(old)s."
        ),
        "certificates.revoke": _("Revoked certificate %(certificate)s of %(person)s."),
        "certificates.withdraw": _(
            "Withdrew certificate %(certificate)s, as its holder wished."
        ),
        "certificates.reinstate": _(
            "Made certificate %(certificate)s of %(person)s valid again."
        ),
        "certificates.start_run": _(
            "Began to issue certificates to %(number)s people."
        ),
        "certificates.pause_run": _("Paused the issuing of certificates."),
        "certificates.resume_run": _("Went on with the issuing of certificates."),
        "certificates.stop_run": _("Stopped the issuing of certificates."),
        "certificates.share": _("Made a link that shows certificate %(certificate)s."),
        "certificates.stop_sharing": _(
            "Switched off the link to certificate %(certificate)s."
        ),
        "certificates.send_copy": _(
            "Sent a copy of certificate %(certificate)s of %(person)s to somebody else."
        ),
        "certificates.make_copy": _(
            "Had certificate %(certificate)s of %(person)s drawn in another language."
        ),
        "certificates.save_rule": _("Saved a rule of certificates: %(thing)s."),
        "certificates.propose": _(
            "Proposed %(number)s people of %(cohort)s to the committee: %(proposal)s."
        ),
        "certificates.change_list": _(
            "Changed a list for the committee: %(proposal)s, %(cohort)s. People on it "
            "now: %(number)s."
        ),
        "certificates.agree": _("Agreed to a list: %(proposal)s, %(cohort)s."),
        "certificates.disagree": _("Disagreed with a list: %(proposal)s, %(cohort)s."),
        "certificates.issue_list": _(
            "Had an approved list issued: %(proposal)s, %(cohort)s."
        ),
        "certificates.try_again": _(
            "Had certificates of %(cohort)s tried again that did not issue themselves."
        ),
        "certificates.let_stand": _(
            "Looked again at certificate %(certificate)s of %(person)s: it stays valid."
        ),
        "certificates.draft": _("Saved a draft of a template: %(thing)s."),
        "certificates.publish": _(
            "Published version %(number)s of a template: %(thing)s."
        ),
        "certificates.duplicate": _("Made a template like %(old)s: %(thing)s."),
        "certificates.take_in": _("Took a template in from a file: %(thing)s."),
        "certificates.add_signatory": _("Added a signatory: %(thing)s."),
        "certificates.change_signatory": _(
            "Changed a signatory, %(thing)s: %(fields)s."
        ),
        "certificates.note_key": _("Used a signing key for the first time: %(thing)s."),
        "certificates.retire_key": _("Took a signing key out of use: %(thing)s."),
        "certificates.distrust_key": _("Trusts a signing key no longer: %(thing)s."),
    },
)
