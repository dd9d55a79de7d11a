"""What two tests of the same people say, against numbers computed by hand."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.gain import Gain, Interval, Pair, gain_of, interval_of, t95

SHARES = st.fractions(min_value=0, max_value=100, max_denominator=30)


def pairs(*results):
    return [Pair(Fraction(before), Fraction(after)) for before, after in results]


def test_the_gain_is_the_mean_of_the_paired_differences():
    """RP-09: differences 30, 10, 30; variance 133.33, error 6.667, t with 2 is 4.303"""
    gain = gain_of(pairs((40, 70), (50, 60), (60, 90)))

    assert (gain.n, gain.before, gain.after) == (3, 50, Fraction(220, 3))
    assert gain.gain == Fraction(70, 3)
    assert gain.interval.low == pytest.approx(-5.35, abs=0.01)
    assert gain.interval.high == pytest.approx(52.02, abs=0.01)


def test_without_a_pair_there_is_no_gain_and_no_division_by_zero():
    """RP-09"""
    assert gain_of([]) == Gain(0)


def test_one_pair_has_a_gain_but_no_interval():
    """RP-09"""
    gain = gain_of(pairs((50, 75)))

    assert gain == Gain(1, Fraction(50), Fraction(75), Fraction(25), None)


def test_the_same_gain_for_everybody_is_certain():
    assert interval_of([Fraction(20)] * 5) == Interval(20.0, 20.0)


def test_knowledge_can_be_lost():
    assert gain_of(pairs((80, 60), (70, 60))).gain == -15


@pytest.mark.parametrize(
    ("freedom", "t"),
    [(1, 12.706), (9, 2.262), (30, 2.042), (31, 2.040), (40, 2.021), (120, 1.980)],
)
def test_t_is_that_of_the_printed_tables(freedom, t):
    assert t95(freedom) == pytest.approx(t, abs=0.0006)


@given(st.lists(st.tuples(SHARES, SHARES), min_size=2, max_size=40))
def test_the_mean_gain_lies_within_its_interval(results):
    gain = gain_of(pairs(*results))

    assert gain.gain == gain.after - gain.before
    assert gain.interval.low - 1e-9 <= gain.gain <= gain.interval.high + 1e-9
