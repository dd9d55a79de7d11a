"""Who may be given a certificate now, and why not the others. Writes nothing."""

from typing import NamedTuple

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from lms.completion import Requirement
from lms.models import Cohort, Enrolment
from lms.standing import standings_of

from . import glyphs, wording
from .issuer import day_of
from .models import Certificate, CertificateTemplate

# Titles named before "and so many more".
NAMED = 2


class Candidate(NamedTuple):
    """One place: a certificate it has, or why it cannot have one, or neither: ready."""

    enrolment: Enrolment
    refusal: str | None
    certificate: Certificate | None = None

    @property
    def is_ready(self) -> bool:
        return self.refusal is None and self.certificate is None


def ready_for(cohort: Cohort) -> list[Candidate]:
    """Everybody of the cohort by name, in the same number of queries for any number."""
    places = cohort.enrolments.select_related("person").order_by(
        "person__legal_name", "pk"
    )
    places = list(places)
    newest = _newest_certificates(cohort)
    standings = standings_of(cohort, [one for one in places if one.is_studying])
    general = refuse_template(cohort)
    found = []
    for place in places:
        place.cohort = cohort
        certificate = newest.get(place.pk)
        if certificate and certificate.status == Certificate.Status.VALID:
            found.append(Candidate(place, None, certificate))
            continue
        refusal = refuse_place(place, certificate) or general
        if refusal is None and place.status != Enrolment.Status.COMPLETED:
            refusal = explain(standings[place])
        found.append(Candidate(place, refusal))
    return found


def refuse_template(cohort: Cohort) -> str | None:
    """Nothing is issued without a published version of a template (CE-26)."""
    template = CertificateTemplate.objects.for_course(cohort.edition.course_key)
    if template and template.published:
        return None
    return _("There is no published certificate template for this course.")


def refuse_place(place: Enrolment, newest: Certificate | None) -> str | None:
    """What stands against this place whatever was learnt (CE-22, CE-28)."""
    person = place.person
    if person.merged_into_id or person.anonymised_at:
        return _("This row is no longer a person of their own.")
    if not place.is_studying:
        return _("The place is not active: %(status)s.") % {
            "status": place.get_status_display()
        }
    if newest and newest.status != Certificate.Status.VALID:
        return _("Certificate %(number)s ended on %(day)s: %(status)s.") % {
            "number": newest.number,
            "day": wording.day(day_of(newest.ended_at), get_language()),
            "status": newest.get_status_display(),
        }
    return refuse_letters(person.legal_name + person.latin_name)


def refuse_letters(text: str) -> str | None:
    """Names the letters that no font has (CE-28)."""
    letters = glyphs.missing(text)
    if not letters:
        return None
    return ngettext(
        "No font of the certificates has this letter: %(letters)s.",
        "No font of the certificates has these letters: %(letters)s.",
        len(letters),
    ) % {"letters": ", ".join(glyphs.named(letter) for letter in letters[:5])}


def explain(requirements: list[Requirement]) -> str:
    """What is still missing, from the list that decides it."""
    unmet = [one for one in requirements if not one.met]
    if not unmet:
        return _("The course is not completed yet.")
    text = " ".join(f"{one.title}: {one.why}" for one in unmet[:NAMED])
    return f"{text} {_more(len(unmet) - NAMED)}".strip()


def _more(count: int) -> str:
    if count < 1:
        return ""
    return ngettext("And %(count)d more.", "And %(count)d more.", count) % {
        "count": count
    }


def _newest_certificates(cohort: Cohort) -> dict[int, Certificate]:
    """The valid one first, then the last."""
    rows = Certificate.objects.filter(enrolment__cohort=cohort).order_by("issued_at")
    rows = rows.defer("content")
    return {
        row.enrolment_id: row
        for row in sorted(rows, key=lambda row: row.status == row.Status.VALID)
    }
