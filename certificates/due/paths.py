"""Awards that rest on others: what is asked for, and what to look at again (CE-21)."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from certificates.due.claim import Claim
from certificates.issuer_day import day_of
from certificates.models import AwardRule, Certificate, Recheck
from certificates.models.kinds import Kind
from courses import clock
from lms.titles import course_titles

# Who has a distinction completed the course, too.
FOUNDATIONS = [Kind.COMPLETION, Kind.DISTINCTION]
Rules = Mapping[uuid.UUID, AwardRule]


def refusals(claims: list[Claim], rules: Rules) -> list[str | None]:
    """Of each claim, the courses whose valid certificate is missing; one query."""
    asked = [_asked(claim, rules) for claim in claims]
    if not any(asked):
        return [None] * len(claims)
    held = _held((claim.person.pk for claim in claims), set().union(*asked))
    titles = course_titles()
    return [
        _missing(wanted - held[claim.person.pk].keys(), titles)
        for claim, wanted in zip(claims, asked, strict=True)
    ]


def foundations_of(claim: Claim, rule: AwardRule) -> list[Certificate]:
    """What an award issued now rests on: one certificate for each course asked for."""
    asked = {uuid.UUID(key) for key in rule.after}
    if not asked:
        return []
    return list(_held([claim.person.pk], asked)[claim.person.pk].values())


def to_recheck(awards: QuerySet[Certificate]) -> QuerySet[Certificate]:
    """Of these, the valid ones that rest on something revoked since anybody looked."""
    return awards.filter(pk__in=_fallen().values("from_certificate"))


def fallen_under(certificate: Certificate) -> list[Certificate]:
    """The revoked certificates this one rests on that nobody looked at since."""
    rows = _fallen().filter(from_certificate=certificate).values("to_certificate")
    return list(Certificate.objects.filter(pk__in=rows).order_by("pk"))


def carried_by(certificate: Certificate) -> QuerySet[Certificate]:
    """The valid awards that rest on this certificate."""
    rows = certificate.carries.valid().select_related("person", "cohort")
    return rows.order_by("pk")


def _fallen() -> QuerySet:
    """Pairs of a valid award and what was revoked under it."""
    looked = Recheck.objects.filter(
        certificate=OuterRef("from_certificate"),
        because=OuterRef("to_certificate"),
        at__gte=OuterRef("to_certificate__ended_at"),
    )
    return Certificate.rests_on.through.objects.filter(
        ~Exists(looked),
        from_certificate__status=Certificate.Status.VALID,
        to_certificate__status=Certificate.Status.REVOKED,
    )


def _asked(claim: Claim, rules: Rules) -> set[uuid.UUID]:
    rule = rules[claim.cohort.edition.course_key]
    return {uuid.UUID(key) for key in rule.after}


def _held(
    people: Iterable[int | None], courses: set[uuid.UUID]
) -> defaultdict[int | None, dict[uuid.UUID, Certificate]]:
    """By person and course, the valid certificate that lasts longest."""
    rows = Certificate.objects.valid().filter(
        Q(valid_until=None) | Q(valid_until__gte=day_of(clock.now())),
        person__in=[pk for pk in people if pk],
        kind__in=FOUNDATIONS,
        cohort__edition__course_key__in=courses,
    )
    rows = rows.annotate(course=F("cohort__edition__course_key")).defer("content")
    found: defaultdict = defaultdict(dict)
    for row in rows.order_by(F("valid_until").asc(nulls_last=True), "pk"):
        found[row.person_id][row.course] = row
    return found


def _missing(courses: set[uuid.UUID], titles: Mapping[uuid.UUID, str]) -> str | None:
    if not courses:
        return None
    names = sorted(titles.get(key, str(key)) for key in courses)
    return _("A valid certificate is missing of: %(courses)s.") % {
        "courses": ", ".join(names)
    }
