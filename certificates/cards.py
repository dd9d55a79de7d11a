"""What a holder sees of a certificate, in the reader's language. Writes nothing."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from certificates import codes
from certificates.checking.verification import Verdict, verdict_of
from certificates.paper import wording
from courses import clock

from .content import in_language
from .models import Certificate, ShareLink
from .models.kinds import Kind
from .public_profile import address_of_form

TONES = {Verdict.VALID: "done", Verdict.EXPIRED: "late", Verdict.SUPERSEDED: "none"}


@dataclass(frozen=True)
class Card:
    """One certificate of My certificates."""

    certificate: Certificate
    title: str
    kind: str
    holder: str
    number: str
    code: str
    printed_code: str
    cover_url: str
    hours: str
    awarded_on: str
    valid_until: str
    state: str
    tone: str
    ended_on: str
    is_valid: bool


def card(certificate: Certificate, language: str) -> Card:
    verdict, day = verdict_of(certificate)
    content = certificate.content
    ends = certificate.valid_until
    course = certificate.cohort.edition.course_key
    return Card(
        certificate=certificate,
        title=in_language(content["course"], language),
        kind=certificate.get_kind_display(),
        holder=content["holder"],
        number=certificate.number,
        code=certificate.code,
        printed_code=codes.grouped(certificate.code),
        cover_url=reverse("courses:cover", args=[course]),
        hours=wording.hours(content["minutes"], language),
        awarded_on=wording.day(certificate.awarded_on, language),
        valid_until=wording.day(ends, language) if ends else "",
        state=_state(verdict),
        tone=TONES.get(verdict, "decide"),
        ended_on=wording.day(day, language) if day else "",
        is_valid=verdict is Verdict.VALID,
    )


def cards_of(user, language: str) -> list[Card]:
    """Everything the reader has earned, the newest first."""
    rows = Certificate.objects.of(user).select_related("cohort__edition")
    return [card(row, language) for row in rows]


def open_link(certificate: Certificate) -> ShareLink | None:
    """The holder's own, if it is switched on."""
    links = certificate.shares.open(clock.now())
    return links.filter(purpose=ShareLink.Purpose.HOLDER).first()


def profile_form(certificate: Certificate, language: str) -> str:
    """LinkedIn's own form, filled in with what anybody who checks it may read."""
    content = certificate.content
    texts = content["texts"]
    title = in_language(content["course"], language)
    if certificate.kind != Kind.COMPLETION:
        # Who attended or taught must not seem to have completed it.
        title = f"{certificate.get_kind_display()}: {title}"
    return address_of_form(
        title=title,
        issuer=in_language(
            {code: words.get("issuer", "") for code, words in texts.items()}, language
        ),
        number=certificate.number,
        verify_url=content["verify_url"],
        awarded_on=certificate.awarded_on,
        valid_until=certificate.valid_until,
    )


def _state(verdict: Verdict) -> str:
    return {
        Verdict.VALID: _("Valid"),
        Verdict.EXPIRED: _("Expired"),
        Verdict.REVOKED: _("Revoked"),
        Verdict.SUPERSEDED: _("Replaced"),
        Verdict.WITHDRAWN: _("Withdrawn"),
    }[verdict]
