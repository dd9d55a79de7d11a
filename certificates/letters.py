"""The letters of certificates: issued, expiring, a copy for somebody else."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lms.letters.about import About
from lms.letters.kinds import Kind, Placeholder, register
from lms.letters.values import NAME, OF_COHORT, SITE, link_to, said
from lms.models import Message

from .due.renewing import renewal_of
from .due.ways_on import way_on
from .models import Certificate, Proposal, ShareLink

Dropped = Message.Dropped


def certificate_of(about: About) -> Certificate | None:
    return Certificate.objects.filter(number=about.context.get("number")).first()


def ended(about: About) -> Dropped | None:
    """Replaced, revoked or renewed since the letter was written (CM-02)."""
    row = certificate_of(about)
    if row is None:
        return Dropped.GONE
    is_valid = row.status == Certificate.Status.VALID
    return None if is_valid and not renewal_of(row) else Dropped.REPLACED


def _until(about: About) -> str:
    row = certificate_of(about)
    has_end = row and row.valid_until
    return date_format(row.valid_until, "DATE_FORMAT") if has_end else ""


def _renewal(about: About) -> str:
    """The course by no name and no address: both may say too much in a mailbox."""
    row = certificate_of(about)
    return way_on(row, get_language()).words if row else ""


def _not_revoked(about: About) -> Dropped | None:
    """Made valid again before the letter went out."""
    row = certificate_of(about)
    is_so = row and row.status == Certificate.Status.REVOKED
    return None if is_so else Dropped.REPLACED


def _not_valid(about: About) -> Dropped | None:
    row = certificate_of(about)
    is_so = row and row.status == Certificate.Status.VALID
    return None if is_so else Dropped.REPLACED


def _why(about: About) -> str:
    row = certificate_of(about)
    return row.get_ended_class_display() if row else ""


def _share(about: About) -> ShareLink | None:
    return ShareLink.objects.filter(pk=about.context.get("share")).first()


def _closed(about: About) -> Dropped | None:
    """Somebody switched the link off before the letter went out."""
    link = _share(about)
    return None if link and link.ended_at is None else Dropped.REPLACED


def _shared(about: About) -> str:
    link = _share(about)
    if link is None:
        return ""
    return about.base_url + reverse("certificates:shared", args=[link.token])


NUMBER = Placeholder(
    "number", _("number of the certificate"), "UST-2026-000001", said("number")
)
UNTIL = Placeholder("until", _("last day of the certificate"), "12.10.2028", _until)
RENEWAL = Placeholder(
    "renewal",
    _("whether it is renewed, or how else one gets a new one"),
    _("It is not renewed: after its last day it does not count any more."),
    _renewal,
)
WHY = Placeholder(
    "why",
    _("what anybody may know of why it was revoked"),
    _("It was issued by mistake"),
    _why,
)
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
    (*OF_COHORT, NUMBER, UNTIL, RENEWAL, MINE),
    why_not=(ended,),
)
REVOKED = Kind(
    "certificates/mail/revoked",
    _("A certificate was revoked"),
    (NAME, SITE, NUMBER, WHY, MINE),
    why_not=(_not_revoked,),
)
VALID_AGAIN = Kind(
    "certificates/mail/valid_again",
    _("A certificate is valid again"),
    (NAME, SITE, NUMBER, MINE),
    why_not=(_not_valid,),
)
COPY = Kind(
    "certificates/mail/copy",
    _("A copy of a certificate for trainers and organisations"),
    (
        NAME,
        SITE,
        NUMBER,
        Placeholder(
            "link",
            _("address at which the certificate is shown for thirty days"),
            "https://example.org/shared/0123456789abcdef-0123/",
            _shared,
        ),
    ),
    why_not=(_not_valid, _closed),
)


def proposal_of(about: About) -> Proposal | None:
    return Proposal.objects.filter(pk=about.context.get("proposal")).first()


def voted(about: About) -> Dropped | None:
    """The list was decided since the letter was written (CM-02)."""
    row = proposal_of(about)
    if row is None:
        return Dropped.GONE
    return None if row.state == Proposal.State.OPEN else Dropped.REPLACED


def reopened(about: About) -> Dropped | None:
    row = proposal_of(about)
    if row is None:
        return Dropped.GONE
    return Dropped.REPLACED if row.state == Proposal.State.OPEN else None


def _list_url(about: About) -> str:
    row = proposal_of(about)
    if row is None:
        return ""
    return about.base_url + reverse("certificates:proposal", args=[row.pk])


def _decision(about: About) -> str:
    row = proposal_of(about)
    return row.get_state_display() if row else ""


LIST = Placeholder(
    "link", _("address of the list"), "https://example.org/teach/lists/1/", _list_url
)
DECISION = Placeholder("decision", _("what was decided"), "–", _decision)
VOTE = Kind(
    "certificates/mail/vote",
    _("A list waits for the vote of a committee"),
    (*OF_COHORT, LIST),
    why_not=(voted,),
)
DECIDED = Kind(
    "certificates/mail/decided",
    _("A committee decided about a list"),
    (*OF_COHORT, LIST, DECISION),
    why_not=(reopened,),
)


def register_all() -> None:
    """Once the models are there."""
    register(ISSUED)
    register(EXPIRES)
    register(REVOKED)
    register(VALID_AGAIN)
    register(COPY)
    register(VOTE)
    register(DECIDED)
