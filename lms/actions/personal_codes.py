"""A personal code that was lost, or that others have photographed, is renewed."""

from django.db import transaction
from wagtail.log_actions import log

from lms.models import Enrolment


@transaction.atomic
def renew_personal_code(enrolment: Enrolment, *, number: int, by) -> Enrolment:
    """Give the place a new code; the old one counts no more.

    `number` is that of the code the person saw, so that pressing twice renews once.
    """
    place = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    if place.code_number == number:
        place.code_number += 1
        place.save(update_fields=["code_number"])
        log(place, "lms.renew_personal_code", user=by)
    return place
