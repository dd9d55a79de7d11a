"""What anybody may learn who holds a certificate in their hands. One query, no PDF."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from courses import clock

from . import codes, wording
from .content import Content, in_language
from .issuer import day_of
from .masking import knows, masked
from .models import Certificate


class Verdict(StrEnum):
    VALID = "valid"
    EXPIRED = "expired"
    REVOKED = "revoked"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    UNKNOWN = "unknown"
    MISTYPED = "mistyped"


@dataclass(frozen=True)
class Answer:
    """One sentence, and what the paper must say if it is genuine."""

    verdict: Verdict
    sentence: str
    advice: str
    code: str
    holder: str = ""
    is_masked: bool = False
    name_was_wrong: bool = False
    claims: tuple[tuple[str, str], ...] = ()
    is_erased: bool = False


def look_up(typed: str, *, family_name: str = "") -> Answer:
    """Every outcome has its own words; a revoked certificate is never "not found"."""
    try:
        code = codes.read(typed)
    except codes.NotACode:
        return _answer(Verdict.MISTYPED, code=typed.strip()[:60])
    certificate = Certificate.objects.filter(code=code).first()
    if certificate is None:
        return _answer(Verdict.UNKNOWN, code=codes.grouped(code))
    content: Content = certificate.content
    is_known = knows(family_name, content["holder"], content["holder_latin"])
    is_erased = not content["holder"]
    verdict, day = verdict_of(certificate)
    return _answer(
        verdict,
        day=wording.day(day, get_language()) if day else "",
        code=codes.grouped(code),
        holder=content["holder"] if is_known else masked(content["holder"]),
        is_masked=not is_known and not is_erased,
        is_erased=is_erased,
        name_was_wrong=bool(family_name.strip()) and not is_known and not is_erased,
        claims=tuple(_claims(content, get_language())),
    )


def verdict_of(certificate: Certificate) -> tuple[Verdict, date | None]:
    """What it is today, and since when if it is not valid any more (CE-16)."""
    if certificate.status != Certificate.Status.VALID:
        return Verdict(certificate.status), day_of(certificate.ended_at)
    if certificate.has_expired(day_of(clock.now())):
        return Verdict.EXPIRED, certificate.valid_until
    return Verdict.VALID, None


def _answer(verdict: Verdict, *, day: str = "", **known) -> Answer:
    sentence, advice = _words(verdict)
    # A Russian date brings a full stop of its own.
    sentence = (sentence % {"day": day}).replace("..", ".")
    return Answer(verdict, sentence, advice, **known)


def _words(verdict: Verdict) -> tuple[str, str]:
    compare = _("Compare the paper with what stands below: both must say the same.")
    ended = _("It proves nothing any more. Below is what it said.")
    letters = _("Compare the code with the paper, letter by letter, and try again.")
    return {
        Verdict.VALID: (_("This certificate is valid."), compare),
        Verdict.EXPIRED: (
            _("This certificate is genuine, but expired on %(day)s."),
            compare,
        ),
        Verdict.REVOKED: (_("This certificate was revoked on %(day)s."), ended),
        Verdict.SUPERSEDED: (
            _("This certificate was replaced by a newer one on %(day)s."),
            _("Ask the holder for the newer one. Below is what this one said."),
        ),
        Verdict.WITHDRAWN: (_("This certificate was withdrawn on %(day)s."), ended),
        Verdict.UNKNOWN: (_("No certificate of ours has this code."), letters),
        Verdict.MISTYPED: (
            _("This is not a whole code: a character is missing or mistyped."),
            letters,
        ),
    }[verdict]


def _claims(content: Content, language: str):
    """What the paper says, label and value, without what it does not say (CE-11)."""
    starts, ends = content["starts_on"], content["ends_on"]
    rows = [
        (_("Course"), in_language(content["course"], language)),
        (_("Hours"), wording.hours(content["minutes"], language)),
        (_("Level"), in_language(content["level"], language)),
        (
            _("Dates"),
            wording.days(_day(starts), _day(ends), language) if starts and ends else "",
        ),
        (_("Place"), content["place"]),
        (_("Awarded on"), wording.day(_day(content["awarded_on"]), language)),
        (_("Issued on"), wording.day(_day(content["issued_on"]), language)),
        (
            _("Valid until"),
            wording.day(_day(content["valid_until"]), language)
            if content["valid_until"]
            else "",
        ),
        (_("Signed by"), ", ".join(one["name"] for one in content["signatories"])),
        (_("Number"), content["number"]),
    ]
    return [(label, value) for label, value in rows if value]


def _day(value: str) -> date:
    return date.fromisoformat(value)
