"""Issuing certificates: each once, to whom it is due."""

from collections.abc import Iterable
from typing import NamedTuple

from wagtail.log_actions import log

from certificates.due import earning, paths, readiness
from certificates.due.claim import Claim, of_place
from certificates.due.readiness import Candidate, ready_for
from certificates.due.renewing import follow, renewed_by_claim
from certificates.models import AutomaticRefusal, AwardRule, Certificate, Proposal
from certificates.models.kinds import Kind
from lms.actions.messages import queue
from lms.actions.progress import evaluate
from lms.actions.refusal import Refused
from lms.completion import Requirement
from lms.models import Cohort, Enrolment

from .making import (
    LetterMissing,
    NoTemplate,
    PictureMissing,
    prepare,
    produce,
    save,
)

__all__ = [
    "Candidate",
    "LetterMissing",
    "NoTemplate",
    "NotEarned",
    "NotReady",
    "PictureMissing",
    "award",
    "issue",
    "issue_all",
    "ready_for",
]

LETTER = "certificates/mail/issued"


class NotReady(Refused):
    """Something is still missing; the text says what."""


class NotEarned(NotReady):
    """Nothing is wrong: it has not been earned, or not yet."""


class Outcome(NamedTuple):
    """What came of one place: issued now, there already, or refused because."""

    enrolment: Enrolment
    certificate: Certificate | None
    is_new: bool
    refusal: str = ""


def issue(enrolment: Enrolment, *, by, kind: str = Kind.COMPLETION) -> Certificate:
    """Give the certificate this place has earned; a second call returns the first one.

    Raises NotReady, NoTemplate, LetterMissing, PictureMissing or ChangedMeanwhile.
    """
    return award(of_place(enrolment, kind), by=by)[0]


def issue_all(
    enrolments: Iterable[Enrolment], *, by, kind: str = Kind.COMPLETION
) -> list[Outcome]:
    """Each place by itself, so that one refusal stops nobody else (CE-25)."""
    return [_outcome(enrolment, kind, by=by) for enrolment in enrolments]


def award(claim: Claim, *, by) -> tuple[Certificate, bool]:
    """The certificate of this claim and whether it is new; raises as `issue` does."""
    return produce(_Issuing(claim, by=by))


class _Issuing:
    """The work around drawing a first certificate."""

    def __init__(self, claim: Claim, *, by):
        self.claim, self.by = claim, by

    def look(self) -> Certificate | None:
        self.claim = lock(self.claim)
        earlier = list(certificates_of(self.claim))
        valid = [one for one in earlier if one.status == Certificate.Status.VALID]
        if valid:
            return valid[0]
        self.rule = readiness.rule_of(self.claim)
        refuse_unready(self.claim, earlier[0] if earlier else None, self.rule)
        return None

    def begin(self) -> Certificate:
        day = readiness.award_day(self.claim)
        new = prepare(self.claim, rule=self.rule, by=self.by, awarded_on=day)
        if old := renewed_by_claim(self.claim, self.rule):
            follow(new, old, self.rule)
        return new

    def finish(self, certificate: Certificate) -> None:
        save(certificate)
        certificate.rests_on.add(*paths.foundations_of(self.claim, self.rule))
        data = {"number": certificate.number, "sha256": certificate.sha256}
        log(certificate, "certificates.issue", user=self.by, data=data)
        tell(certificate)
        AutomaticRefusal.objects.filter(
            enrolment=certificate.enrolment, kind=certificate.kind
        ).delete()
        if self.rule.is_voted:
            settle(self.claim)


def settle(claim: Claim) -> None:
    """Close the approved list of which everybody has a certificate by now.

    Under its lock: of two workers who issue the last two, the later one must see both.
    """
    rows = Certificate.objects.valid().filter(cohort=claim.cohort, kind=claim.kind)
    approved = Proposal.objects.select_for_update().filter(
        cohort=claim.cohort, kind=claim.kind, state=Proposal.State.APPROVED
    )
    for proposal in approved:
        left = proposal.places.exclude(
            enrolment__in=rows.exclude(enrolment=None).values("enrolment")
        ).exclude(trainer__in=rows.filter(enrolment=None).values("person__user"))
        if not left.exists():
            Proposal.objects.filter(pk=proposal.pk).update(state=Proposal.State.ISSUED)


def certificates_of(claim: Claim):
    """All there ever were, the newest first."""
    rows = Certificate.objects.filter(
        kind=claim.kind,
        cohort=claim.cohort,
        person=claim.person,
        enrolment=claim.enrolment,
    )
    return rows.order_by("-issued_at", "-pk")


def lock(claim: Claim) -> Claim:
    """Read anew under a lock: a place stands for its certificates, or the cohort."""
    if claim.enrolment is None:
        cohort = Cohort.objects.select_for_update().get(pk=claim.cohort.pk)
        return claim._replace(cohort=cohort)
    places = Enrolment.objects.select_for_update(of=("self",))
    place = places.select_related("person", "cohort__edition").get(
        pk=claim.enrolment.pk
    )
    return of_place(place, claim.kind)


def tell(certificate: Certificate) -> None:
    """Write to the holder, once for each certificate (CE-36)."""
    place = certificate.enrolment_id
    queue(
        certificate.person,
        key=f"certificate:{certificate.pk}:holder",
        template=LETTER,
        context={
            "name": certificate.content["holder"],
            "number": certificate.number,
        }
        | ({"enrolment": place} if place else {"cohort": certificate.cohort_id}),
    )


def _outcome(enrolment: Enrolment, kind: str, *, by) -> Outcome:
    try:
        certificate, is_new = award(of_place(enrolment, kind), by=by)
    except Refused as refusal:
        return Outcome(enrolment, None, False, str(refusal))
    return Outcome(enrolment, certificate, is_new)


def refuse_unready(claim: Claim, newest: Certificate | None, rule: AwardRule) -> None:
    """Asks the one list of requirements, inside the transaction (CE-24)."""
    names = claim.person.legal_name + claim.person.latin_name
    if refusal := readiness.refuse_letters(names):
        raise LetterMissing(refusal)
    requirements = _evaluated(claim)
    refusal = readiness.refusal_of(claim, newest, rule)
    if refusal == readiness.no_template():
        raise NoTemplate(refusal)
    if refusal == earning.not_completed():
        raise NotEarned(readiness.explain(requirements))
    if refusal:
        is_to_earn = readiness.is_to_earn(claim, rule)
        raise NotEarned(refusal) if is_to_earn else NotReady(refusal)


def _evaluated(claim: Claim) -> list[Requirement]:
    """Completes the place first where everything is done by now.

    A completed one stays so whatever the rules become, and lacks nothing.
    """
    place = claim.enrolment
    if place is None or place.status != Enrolment.Status.ACTIVE:
        return []
    if claim.kind == Kind.ATTENDANCE:
        return []
    return evaluate(place)
