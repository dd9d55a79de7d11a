"""What anybody may learn who holds a certificate in their hands. One query, no PDF."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from certificates import codes
from certificates.checking import paper_claims
from certificates.checking.masking import knows, masked
from certificates.content import Content
from certificates.issuer_day import day_of
from certificates.models import Certificate
from certificates.paper import wording
from courses import clock


class Verdict(StrEnum):
    VALID = "valid"
    EXPIRED = "expired"
    REVOKED = "revoked"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    UNKNOWN = "unknown"
    MISTYPED = "mistyped"
    NUMBER = "number"


@dataclass(frozen=True)
class Answer:
    """One sentence, and what the paper must say if it is genuine."""

    verdict: Verdict
    sentence: str
    advice: str
    code: str
    since: date | None = None
    ended_class: str = ""
    why: str = ""
    holder: str = ""
    is_masked: bool = False
    name_was_wrong: bool = False
    claims: tuple[tuple[str, str], ...] = ()
    is_erased: bool = False
    facts: dict[str, object] = field(default_factory=dict)


def look_up(typed: str, *, family_name: str = "") -> Answer:
    """Every outcome has its own words; a revoked certificate is never "not found".

    One query whatever comes of it: nobody learns from the time it takes (CE-10).
    """
    try:
        code = codes.read(typed)
    except codes.NotACode:
        code = ""
    certificate = Certificate.objects.defer("credential").filter(code=code).first()
    if certificate:
        return answer_about(certificate, family_name=family_name)
    if code:
        return _answer(Verdict.UNKNOWN, code=codes.grouped(code))
    # Numbers are counted, so nothing is looked up by one (CE-13).
    verdict = Verdict.NUMBER if codes.is_number(typed) else Verdict.MISTYPED
    return _answer(verdict, code=typed.strip()[:60])


def answer_about(
    certificate: Certificate, *, family_name: str = "", has_paper: bool = False
) -> Answer:
    """What it is today. The name is whole for whoever has it already (CE-12)."""
    content: Content = certificate.content
    is_right = knows(family_name, content["holder"], content["holder_latin"])
    is_known = is_right or has_paper or content.get("is_public", False)
    is_erased = not content["holder"]
    verdict, day = verdict_of(certificate)
    return _answer(
        verdict,
        since=day,
        ended_class=certificate.ended_class,
        why=certificate.get_ended_class_display(),
        code=codes.grouped(certificate.code),
        holder=content["holder"] if is_known else masked(content["holder"]),
        is_masked=not is_known and not is_erased,
        is_erased=is_erased,
        name_was_wrong=bool(family_name.strip()) and not is_known and not is_erased,
        claims=paper_claims.lines(content, get_language()),
        facts=paper_claims.facts(content),
    )


def verdict_of(certificate: Certificate) -> tuple[Verdict, date | None]:
    """What it is today, and since when if it is not valid any more (CE-16)."""
    if certificate.status != Certificate.Status.VALID:
        return Verdict(certificate.status), day_of(certificate.ended_at)
    if certificate.has_expired(day_of(clock.now())):
        return Verdict.EXPIRED, certificate.valid_until
    return Verdict.VALID, None


def _answer(verdict: Verdict, *, since: date | None = None, **known) -> Answer:
    sentence, advice = _words(verdict)
    day = wording.day(since, get_language()) if since else ""
    # A Russian date brings a full stop of its own.
    sentence = (sentence % {"day": day}).replace("..", ".")
    return Answer(verdict, sentence, advice, since=since, **known)


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
        Verdict.NUMBER: (
            _("This is the number of a certificate. Its code is needed."),
            _("The code stands beside the square: eighteen letters and digits."),
        ),
    }[verdict]
