"""Places that have earned a certificate, signatories, pictures."""

from datetime import date

from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from certificates.models import Signatory
from courses import clock
from tests.factories import make_enrolment, make_participant, number


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
