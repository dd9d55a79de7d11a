"""Places and staff by the rule of their course. For conditions of a query."""

from django.db.models import Exists, OuterRef, Q

from certificates.models import AwardRule
from certificates.models.kinds import Kind

AUTOMATIC = Q(decided_by=AwardRule.Decider.AUTOMATIC)


def is_ruled(kind: str, condition: Q) -> Q:
    """Is the rule of a row's course, its own or else the general one, like this?"""
    own = AwardRule.objects.filter(
        kind=kind, course_key=OuterRef("cohort__edition__course_key")
    )
    general = AwardRule.objects.filter(kind=kind, course_key=None)
    return Q(Exists(own.filter(condition))) | (
        ~Q(Exists(own)) & Q(Exists(general.filter(condition)))
    )


def is_by_itself(kind: str) -> Q:
    return is_ruled(kind, Q(is_on=True) & AUTOMATIC)


def is_by_hand(kind: str) -> Q:
    """Does the course give it, and leave it to a coordinator or a committee?"""
    if kind == Kind.COMPLETION:
        return ~is_ruled(kind, Q(is_on=False) | AUTOMATIC)
    return is_ruled(kind, Q(is_on=True) & ~AUTOMATIC)


def kinds_by_hand() -> set[str]:
    """Those that any course may leave to somebody; one query."""
    rules = AwardRule.objects.filter(~AUTOMATIC, is_on=True).exclude(
        kind=Kind.COMPLETION
    )
    return {Kind.COMPLETION, *rules.values_list("kind", flat=True)}
