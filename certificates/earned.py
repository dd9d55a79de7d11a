"""Certificates as My courses shows them: a link beside the course they belong to."""

from collections import defaultdict

from django.urls import reverse
from django.utils.translation import gettext as _

from lms.earned import Link
from lms.models import Enrolment

from .models import Certificate


def links(enrolments: list[Enrolment]) -> dict[int, list[Link]]:
    """The valid certificates of these places; one query for any number."""
    found: defaultdict[int, list[Link]] = defaultdict(list)
    rows = Certificate.objects.valid().filter(enrolment__in=enrolments)
    for pk, code in rows.values_list("enrolment", "code"):
        address = reverse("certificates:download", args=[code])
        found[pk].append(Link(_("Certificate"), address))
    return found
