"""Places that have earned a certificate, signatories, pictures."""

from datetime import date

from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from certificates.actions import ending, templates
from certificates.models import CertificateTemplate, Signatory
from courses import clock
from lms.actions.corrections import approve_correction, ask_correction
from tests.factories import make_enrolment, make_participant, make_user, number


def make_completed(person=None, cohort=None, **fields):
    """An enrolment completed on 14 October 2026."""
    person = person or make_participant(
        legal_name="Раҳимова Зебунисо", latin_name="Rahimova Zebuniso"
    )
    defaults = {
        "status": "completed",
        "completed_at": clock.now(),
        "completed_on": date(2026, 10, 14),
    }
    return make_enrolment(person, cohort, **defaults | fields)


def correct_name(person, name, *, by, field="legal_name"):
    """The person asks for this name and `by` approves it."""
    asked = ask_correction(person, field=field, new=name, by=person.user)
    approve_correction(asked, by=by)
    person.refresh_from_db()
    return asked


def replaced(certificate, name="Саидова Зебунисо"):
    """The newer certificate, with a name that was approved."""
    by = make_user()
    correct_name(certificate.person, name, by=by)
    return ending.replace(certificate, by=by, reason="Married")


def make_signatory(**fields):
    defaults = {
        "name": f"Signer {number()}",
        "titles": {"en": "Chief"},
        "since": date(2020, 1, 1),
    }
    return Signatory.objects.create(**defaults | fields)


def make_image(colour="white"):
    return get_image_model().objects.create(
        title="Signature", file=get_test_image_file(colour=colour)
    )


def publish_with(**content):
    """Publish a new version of the template for all courses, changed like this."""
    template = CertificateTemplate.objects.get(course_key=None, kind="completion")
    by = make_user()
    templates.save_draft(
        template,
        title=template.title,
        course_key=None,
        content=template.newest.content | {"theme": "guilloche"} | content,
        by=by,
    )
    return templates.publish(template, by=by)
