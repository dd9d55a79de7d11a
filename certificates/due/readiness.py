"""Who may be given a certificate now, and why not the others. Writes nothing.

A cohort's list, any number of places and the one claim that is being issued are all
weighed by the same lines.
"""

import uuid
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from certificates.due import committee, earning, paths
from certificates.due.candidate import Candidate, key_of
from certificates.due.claim import Claim, of_place
from certificates.issuer_day import day_of
from certificates.models import (
    AwardRule,
    Certificate,
    CertificateTemplate,
    TemplateVersion,
)
from certificates.models.kinds import Kind
from certificates.paper import glyphs, wording
from lms.completion import Requirement
from lms.letters.composing import language_of
from lms.models import Cohort, Enrolment, Person, Staff
from lms.standing import standings_of

__all__ = ["Candidate", "candidates_of", "key_of", "ready_for"]

# Titles named before "and so many more".
NAMED = 2
BATCH = 1000

Keys = Iterable[uuid.UUID]


def ready_for(
    cohort: Cohort, kind: str = Kind.COMPLETION, *, is_voted: bool = False
) -> list[Candidate]:
    """Everybody of the cohort by name, in the same number of queries for any number.

    `is_voted` asks before the committee: as if it had agreed to everybody.
    """
    claims = _trainers(cohort) if kind == Kind.TRAINER else _places(cohort, kind)
    found = _weigh(claims, is_voted=is_voted)
    return _explained(cohort, found) if kind == Kind.COMPLETION else found


def candidates_of(
    places: QuerySet[Enrolment],
    kind: str = Kind.COMPLETION,
    *,
    batch: int = BATCH,
    is_voted: bool = False,
) -> Iterator[Candidate]:
    """The same for places of any cohorts, in order of their keys.

    Each batch takes the same number of queries, however many people and cohorts it
    holds. What is missing of a course that is not completed is not named.
    """
    rows = places.select_related("person", "cohort__edition").order_by("pk")
    last = 0
    while found := list(rows.filter(pk__gt=last)[:batch]):
        claims = [of_place(place, kind) for place in found]
        yield from _weigh(claims, is_voted=is_voted)
        last = found[-1].pk


def trainers_of(staff: QuerySet[Staff], *, is_voted: bool = False) -> list[Candidate]:
    """The same for those of the staff who teach, of any cohorts."""
    rows = _teaching(staff).select_related("cohort__edition")
    claims = [of_trainer(row.cohort, row.user) for row in rows]
    return _weigh(claims, is_voted=is_voted)


def refusal_of(claim: Claim, newest: Certificate | None, rule: AwardRule) -> str | None:
    """What stands against issuing this one now, asked under its lock (CE-24)."""
    return _refusals([claim], [newest], _only(claim, rule), is_voted=False)[0]


def is_to_earn(claim: Claim, rule: AwardRule) -> bool:
    """Is what stands against it a lack of learning, here or in a course before it?"""
    rules = _only(claim, rule)
    return any((*earning.refusals([claim], rules), *paths.refusals([claim], rules)))


def rule_of(claim: Claim) -> AwardRule:
    return _rules_of([claim])[claim.cohort.edition.course_key]


def award_day(claim: Claim) -> date | None:
    """The day printed as that of the award (CE-06)."""
    return earning.award_days([claim])[0]


def refuse_template(cohort: Cohort, kind: str = Kind.COMPLETION) -> str | None:
    """Nothing is issued without a published version of a template (CE-26)."""
    key = cohort.edition.course_key
    return None if key in _published([key], kind) else no_template()


def refuse_letters(text: str) -> str | None:
    """Names the letters that no font has (CE-28)."""
    letters = glyphs.missing(text)
    if not letters:
        return None
    return ngettext(
        "No font of the certificates has this letter: %(letters)s.",
        "No font of the certificates has these letters: %(letters)s.",
        len(letters),
    ) % {"letters": ", ".join(glyphs.named(letter) for letter in letters[:5])}


def explain(requirements: list[Requirement]) -> str:
    """What is still missing, from the list that decides it."""
    unmet = [one for one in requirements if not one.met]
    if not unmet:
        return earning.not_completed()
    text = " ".join(f"{one.title}: {one.why}" for one in unmet[:NAMED])
    return f"{text} {_more(len(unmet) - NAMED)}".strip()


def _more(count: int) -> str:
    if count < 1:
        return ""
    return ngettext("And %(count)d more.", "And %(count)d more.", count) % {
        "count": count
    }


def _places(cohort: Cohort, kind: str) -> list[Claim]:
    places = cohort.enrolments.select_related("person").order_by(
        "person__legal_name", "pk"
    )
    claims = []
    for place in places:
        place.cohort = cohort
        claims.append(of_place(place, kind))
    return claims


def _trainers(cohort: Cohort) -> list[Claim]:
    """Who taught, by their accounts; looking in as a participant makes no place."""
    return [of_trainer(cohort, row.user) for row in _teaching(cohort.staff.all())]


def _teaching(staff: QuerySet[Staff]) -> QuerySet[Staff]:
    rows = staff.filter(role=Staff.Role.TRAINER, user__is_active=True)
    rows = rows.select_related("user__person", "user__wagtail_userprofile")
    return rows.order_by("user__last_name", "user")


def of_trainer(cohort: Cohort, user) -> Claim:
    """The claim of who taught; a person that is not there yet is not saved."""
    person = getattr(user, "person", None) or Person(
        user=user,
        legal_name=user.get_full_name(),
        locale=language_of(user, otherwise=cohort.locale),
    )
    return Claim(Kind.TRAINER, cohort, person, None)


def _weigh(claims: list[Claim], *, is_voted: bool = False) -> list[Candidate]:
    """Of each claim its certificate, or what stands against one."""
    rules, newest = _rules_of(claims), _newest_certificates(claims)
    certificates = [newest.get(_place_of(claim)) for claim in claims]
    refusals = _refusals(claims, certificates, rules, is_voted=is_voted)
    return [
        Candidate(claim, None, certificate)
        if certificate and certificate.status == Certificate.Status.VALID
        else Candidate(claim, refusal)
        for claim, certificate, refusal in zip(
            claims, certificates, refusals, strict=True
        )
    ]


def _refusals(
    claims: list[Claim],
    newest: list[Certificate | None],
    rules: Mapping[uuid.UUID, AwardRule],
    *,
    is_voted: bool,
) -> list[str | None]:
    """The first thing against each: the holder, the rule, the template, the earning."""
    if not claims:
        return []
    kind = claims[0].kind
    published = _published(rules, kind)
    general = {
        key: _refuse_kind(rule) or (None if key in published else no_template())
        for key, rule in rules.items()
    }
    holders = [
        _refuse_holder(claim, last) for claim, last in zip(claims, newest, strict=True)
    ]
    asked = [
        holders,
        [general[claim.cohort.edition.course_key] for claim in claims],
    ]
    if any(rule.is_on for rule in rules.values()):
        asked += [earning.refusals(claims, rules), paths.refusals(claims, rules)]
        asked += [] if is_voted else [committee.refusals(claims, rules)]
    return [
        next((one for one in found if one), None) for found in zip(*asked, strict=True)
    ]


def _explained(cohort: Cohort, found: list[Candidate]) -> list[Candidate]:
    """Says of a course that is not completed what is missing."""
    text = earning.not_completed()
    unfinished = [one.enrolment for one in found if one.refusal == text]
    standings = standings_of(cohort, unfinished)
    return [
        one._replace(refusal=explain(standings[one.enrolment]))
        if one.refusal == text
        else one
        for one in found
    ]


def _only(claim: Claim, rule: AwardRule) -> dict[uuid.UUID, AwardRule]:
    return {claim.cohort.edition.course_key: rule}


def _rules_of(claims: list[Claim]) -> dict[uuid.UUID, AwardRule]:
    if not claims:
        return {}
    keys = {claim.cohort.edition.course_key for claim in claims}
    return AwardRule.objects.for_courses(keys, claims[0].kind)


def _refuse_kind(rule: AwardRule) -> str | None:
    if rule.is_on:
        return None
    return _("This kind of certificate is not given in this course.")


def _refuse_holder(claim: Claim, newest: Certificate | None) -> str | None:
    """What stands against this person whatever was learnt (CE-22, CE-28)."""
    person, place = claim.person, claim.enrolment
    if person.merged_into_id or person.anonymised_at:
        return _("This row is no longer a person of their own.")
    if place and not place.is_studying:
        return _("The place is not active: %(status)s.") % {
            "status": place.get_status_display()
        }
    if newest and newest.status != Certificate.Status.VALID:
        return _("Certificate %(number)s ended on %(day)s: %(status)s.") % {
            "number": newest.number,
            "day": wording.day(day_of(newest.ended_at), get_language()),
            "status": newest.get_status_display(),
        }
    if not person.legal_name.strip():
        return _("The account has no name to print.")
    return refuse_letters(person.legal_name + person.latin_name)


def _published(keys: Keys, kind: str) -> set[uuid.UUID]:
    """The courses whose template, their own or the general one, is published."""
    keys = set(keys)
    versions = TemplateVersion.objects.published().filter(template=OuterRef("pk"))
    rows = CertificateTemplate.objects.filter(
        Q(course_key__in=keys) | Q(course_key=None), kind=kind
    )
    rows = rows.annotate(is_published=Exists(versions))
    found = dict(rows.values_list("course_key", "is_published"))
    return {key for key in keys if found.get(key, found.get(None))}


def no_template() -> str:
    return _("There is no published certificate template for this course.")


def _place_of(claim: Claim) -> tuple:
    """The key of a claim; who is no person yet has no certificate either."""
    place = claim.enrolment
    return (place.pk,) if place else (claim.cohort.pk, claim.person.pk)


def _newest_certificates(claims: list[Claim]) -> dict[tuple, Certificate]:
    """By place, or by cohort and person of who taught: the valid one, or the last."""
    if not claims:
        return {}
    rows = Certificate.objects.filter(kind=claims[0].kind).defer("content")
    if claims[0].kind == Kind.TRAINER:
        rows = rows.filter(
            enrolment=None, cohort__in={claim.cohort.pk for claim in claims}
        )
    else:
        rows = rows.filter(enrolment__in=[claim.enrolment.pk for claim in claims])
    rows = rows.order_by("issued_at", "pk")
    return {
        (row.enrolment_id,) if row.enrolment_id else (row.cohort_id, row.person_id): row
        for row in sorted(rows, key=lambda row: row.status == row.Status.VALID)
    }
