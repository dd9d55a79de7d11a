"""What a rule does, in plain words. Asks nothing: titles of courses are given."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certificates.models import AwardRule
from certificates.models.kinds import Kind
from lms.completion import percent_text

Decider, Renewal = AwardRule.Decider, AwardRule.Renewal


def sentences(rule: AwardRule, titles: Mapping[str, str]) -> list[str]:
    """One after the other; `titles` are those of courses by their keys as text."""
    if not rule.is_on:
        return [_("This course does not give it.")]
    return [
        *_when(rule),
        *_after(rule, titles),
        _who(rule),
        _how_long(rule),
        *_renewing(rule),
    ]


def _when(rule: AwardRule) -> Iterator[str]:
    if rule.kind == Kind.TRAINER:
        yield _(
            "For the trainers of a cohort once it is over; it says the hours of the "
            "sessions that were held."
        )
        return
    if rule.kind == Kind.ATTENDANCE:
        words = _(
            "For who attended at least %(percent)s of the sessions, completed or not, "
            "once all sessions are over."
        )
        yield words % {"percent": percent_text(Fraction(rule.least_attendance or 0))}
        return
    yield _("For who completed the course.")
    if rule.kind == Kind.DISTINCTION:
        words = _("Their results in the required quizzes must be %(percent)s or more.")
        yield words % {"percent": percent_text(Fraction(rule.least_score or 0))}


def _after(rule: AwardRule, titles: Mapping[str, str]) -> Iterator[str]:
    if rule.after:
        names = ", ".join(titles.get(key, key) for key in rule.after)
        yield _("They must hold valid certificates of: %(courses)s.") % {
            "courses": names
        }


def _who(rule: AwardRule) -> str:
    if rule.decided_by == Decider.AUTOMATIC:
        return _("It is issued automatically as soon as all this is so.")
    if rule.decided_by == Decider.COMMITTEE:
        return ngettext(
            "The coordinator proposes a list; %(count)s member of the committee must "
            "agree before it is issued.",
            "The coordinator proposes a list; %(count)s members of the committee must "
            "agree before it is issued.",
            rule.approvals,
        ) % {"count": rule.approvals}
    return _("The coordinator of the cohort issues it from a list.")


def _how_long(rule: AwardRule) -> str:
    if rule.valid_months is None:
        return _("It is valid for as long as its template says.")
    return ngettext(
        "It is valid for %(count)s month.",
        "It is valid for %(count)s months.",
        rule.valid_months,
    ) % {"count": rule.valid_months}


def _renewing(rule: AwardRule) -> Iterator[str]:
    if rule.renewal == Renewal.NONE:
        return
    yield ngettext(
        "It may be renewed from %(count)s month before its last day.",
        "It may be renewed from %(count)s months before its last day.",
        rule.opens_months,
    ) % {"count": rule.opens_months}
    yield {
        Renewal.NEW_DAY: _("The new one counts from its own day."),
        Renewal.OLD_END: _("The new one counts from the end of the old one."),
    }[Renewal(rule.renewal)]
