"""The letters of certificates: one is issued, one expires soon."""

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from lms.letters.about import About
from lms.letters.kinds import Kind, Placeholder, register
from lms.letters.values import NAME, OF_COHORT, SITE, link_to, said
from lms.models import Message

from .models import Certificate

Dropped = Message.Dropped


def certificate_of(about: About) -> Certificate | None:
    return Certificate.objects.filter(number=about.context.get("number")).first()


def ended(about: About) -> Dropped | None:
    """Replaced, revoked or renewed since the letter was written (CM-02)."""
    row = certificate_of(about)
    if row is None:
        return Dropped.GONE
    is_valid = row.status == Certificate.Status.VALID
    return None if is_valid and not row.renewed_by.exists() else Dropped.REPLACED


def _until(about: About) -> str:
    row = certificate_of(about)
    has_end = row and row.valid_until
    return date_format(row.valid_until, "DATE_FORMAT") if has_end else ""


NUMBER = Placeholder(
    "number", _("number of the certificate"), "UST-2026-000001", said("number")
)
UNTIL = Placeholder("until", _("last day of the certificate"), "12.10.2028", _until)
MINE = Placeholder(
    "link",
    _("address of the person's certificates"),
    "https://example.org/my/certificates/",
    link_to("certificates:mine"),
)
ISSUED = Kind(
    "certificates/mail/issued",
    _("A certificate is issued"),
    (NAME, SITE, NUMBER, MINE),
    why_not=(ended,),
)
EXPIRES = Kind(
    "certificates/mail/expires",
    _("A certificate expires soon"),
    (*OF_COHORT, NUMBER, UNTIL, MINE),
    why_not=(ended,),
)


def register_all() -> None:
    """Once the models are there."""
    register(ISSUED)
    register(EXPIRES)
