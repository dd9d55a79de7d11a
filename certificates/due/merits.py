"""What a paper says of how it was earned: a result as a band, what was attended."""

from decimal import ROUND_DOWN, Decimal
from fractions import Fraction
from typing import TypedDict

from certificates.content import Attended, Words
from certificates.due import earning
from certificates.due.claim import Claim
from certificates.models import AwardRule
from certificates.models.kinds import Kind
from certificates.paper.bands import band
from lms.sums import Sums


class Merits(TypedDict, total=False):
    """Parts of a content; only those that this kind says."""

    attended: Attended
    minutes: int
    score_band: Words


def merits_of(claim: Claim, rule: AwardRule) -> Merits:
    """As the records are now; frozen with the rest of the content."""
    if claim.kind == Kind.ATTENDANCE:
        attended = _attended(earning.attendance([claim.enrolment])[claim.enrolment.pk])
        return Merits(attended=attended, minutes=attended["minutes"])
    if claim.kind == Kind.TRAINER:
        sessions, minutes = earning.taught(claim.cohort)
        attended = Attended(
            sessions=sessions,
            sessions_attended=str(sessions),
            minutes=minutes,
            percent="",
        )
        return Merits(attended=attended, minutes=minutes)
    if claim.kind == Kind.DISTINCTION:
        score = earning.scores([claim.enrolment])[claim.enrolment.pk] or Fraction(0)
        return Merits(score_band=band(lower_edge(score, rule.least_score or 0)))
    return Merits()


def lower_edge(score: Fraction, least: int) -> int:
    """Where the band of a result begins, in percent: a full ten, or what was asked.

    A band says what was reached and ranks nobody within it.
    """
    return max(int(score // 10) * 10, least)


def _attended(sums: Sums) -> Attended:
    sessions, minutes = sums.in_sessions.so_far, sums.in_minutes.so_far
    return Attended(
        sessions=sessions.of,
        sessions_attended=_tenth(sessions.earned),
        minutes=int(minutes.earned),
        percent="" if sums.percent is None else _tenth(sums.percent),
    )


def _tenth(number: Fraction) -> str:
    """Cut to a tenth, so that 79.96 is never said to be the 80 it is not."""
    cut = Decimal(number.numerator) / number.denominator
    cut = cut.quantize(Decimal("0.1"), ROUND_DOWN)
    return str(int(cut) if cut == int(cut) else cut)
