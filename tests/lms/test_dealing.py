"""Which questions an attempt gets, without a database."""

import uuid
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.dealing import Draw, PoolTooSmall, deal

KEYS = [uuid.UUID(int=n) for n in range(12)]


def dice(seed):
    return Random(seed)  # noqa: S311 - repeatable, nothing secret


def fixed(key):
    return Draw(frozenset([key]), 1, Decimal(1), is_fixed=True)


def draw(keys, count):
    return Draw(frozenset(keys), count, Decimal(2))


@given(seed=st.integers())
def test_two_draws_and_a_fixed_question_never_share_one(seed):
    """QZ-07."""
    draws = [draw(KEYS[:6], 3), fixed(KEYS[0]), draw(KEYS[:6], 2)]

    dealt = [one.question for one in deal(draws, seen=set(), random=dice(seed))]

    assert sorted(dealt) == KEYS[:6]
    assert dealt[3] == KEYS[0]


@given(seed=st.integers())
def test_unseen_questions_come_first(seed):
    """QZ-07."""
    dealt = deal([draw(KEYS[:6], 3)], seen=set(KEYS[:4]), random=dice(seed))

    assert set(KEYS[4:6]) < {one.question for one in dealt}


def test_a_draw_from_too_few_is_refused():
    """QZ-07."""
    with pytest.raises(PoolTooSmall):
        deal([fixed(KEYS[0]), draw(KEYS[:3], 3)], seen=set(), random=dice(1))


def test_every_question_keeps_the_marks_of_its_place():
    dealt = deal([fixed(KEYS[0]), draw([KEYS[1]], 1)], seen=set(), random=dice(1))

    assert [one.marks for one in dealt] == [Decimal(1), Decimal(2)]
