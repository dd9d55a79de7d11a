"""What a participant has done."""

from lms.models import Enrolment
from lms.standing import completed_by


def completed_keys(enrolment: Enrolment) -> set[str]:
    return completed_by([enrolment])[enrolment.pk]
