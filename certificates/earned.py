"""Certificates as My courses shows them: a link beside the course they belong to."""

from collections import defaultdict

from django.urls import reverse
from django.utils.translation import gettext as _

from lms.earned import Link
from lms.models import Enrolment

from .models import Certificate
from .models.kinds import Kind


def links(enrolments: list[Enrolment]) -> dict[int, list[Link]]:
    """The valid certificates of these places; one query for any number."""
    found: defaultdict[int, list[Link]] = defaultdict(list)
    rows = Certificate.objects.valid().filter(enrolment__in=enrolments)
    rows = rows.order_by("pk").values_list("enrolment", "kind", "code")
    for pk, kind, code in rows:
        address = reverse("certificates:download", args=[code])
        found[pk].append(Link(_title(kind), address))
    return found


def _title(kind: str) -> str:
    """A place may have earned one of each kind."""
    return _("Certificate") if kind == Kind.COMPLETION else str(Kind(kind).label)
