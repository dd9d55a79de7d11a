"""What a regrade comes to, from values alone."""

from decimal import Decimal
from uuid import UUID

import pytest

from lms.regrading import (
    FULL,
    NEWEST,
    VOID,
    Figures,
    Judged,
    Result,
    Score,
    Terms,
    Tried,
    corrected,
    figures,
    turned,
)

QUIZ, OTHER = UUID(int=1), UUID(int=2)


def score(earned, out_of=2):
    return Score(Decimal(earned), Decimal(out_of))


def judged(now=0, by_hand=None, by_key=1):
    return Judged(
        Decimal(2),
        None if now is None else score(now),
        None if by_hand is None else score(by_hand),
        None if by_key is None else Decimal(by_key),
    )


def result(earned, out_of=4, waiting=0):
    return Result(Decimal(earned), Decimal(out_of), waiting)


def tried(before, after, enrolment=1, quiz=QUIZ, grading="highest"):
    return Tried(
        enrolment,
        quiz,
        result(before),
        result(after),
        before != after,
        grading,
        Decimal(50),
    )


@pytest.mark.parametrize(
    ("answer", "terms", "expected"),
    [
        (judged(), Terms(NEWEST), score(1)),
        (judged(now=2), Terms(NEWEST), score(1)),
        (judged(now=2), Terms(NEWEST, is_never_lower=True), score(2)),
        (judged(now=None), Terms(NEWEST, is_never_lower=True), score(1)),
        (judged(now=None, by_key=None), Terms(NEWEST), None),
        (judged(now=2, by_hand=2), Terms(NEWEST), score(2)),
        (judged(now=2, by_hand=2), Terms(NEWEST, remarks_manual=True), score(1)),
        (judged(), Terms(FULL), score(2)),
        (judged(now=1, by_hand=1), Terms(FULL), score(1)),
        (judged(now=1, by_hand=1), Terms(FULL, remarks_manual=True), score(2)),
        (judged(now=1, by_hand=1), Terms(VOID), score(0, 0)),
        (judged(now=None), Terms(VOID), score(0, 0)),
    ],
)
def test_what_an_answer_earns_after_it(answer, terms, expected):
    """QZ-37, QZ-40"""
    assert corrected(answer, terms) == expected


def test_an_attempt_takes_the_difference_and_waits_for_one_less():
    """QZ-40"""
    before = result(3, 6, waiting=1)

    assert before.with_score(judged(now=1), score(2)) == result(4, 6, waiting=1)
    assert before.with_score(judged(now=1), score(0, 0)) == result(2, 4, waiting=1)
    assert before.with_score(judged(now=None), score(2)) == result(5, 6)
    assert before.with_score(judged(now=None), None) == before


def test_the_figures_of_a_dry_run_count_attempts_and_passes():
    """QZ-35"""
    rows = [
        tried(1, 2, enrolment=1),
        tried(2, 1, enrolment=2),
        tried(3, 4, enrolment=3),
        tried(0, 0, enrolment=4),
    ]

    assert figures(rows, by_hand=5) == Figures(3, 2, 1, 1, 1, 5)


def test_a_pass_is_decided_by_the_attempts_that_count():
    """QZ-35: the highest still passes, the last does not, and quizzes are apart."""
    rows = [
        tried(3, 1, enrolment=1),
        tried(2, 2, enrolment=1),
        tried(2, 2, enrolment=2, grading="last"),
        tried(3, 1, enrolment=2, grading="last"),
        tried(1, 3, enrolment=2, quiz=OTHER),
    ]

    found = turned(rows)

    assert (found.gained, found.lost) == ([(2, OTHER)], [(2, QUIZ)])
