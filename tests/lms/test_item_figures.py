"""Item analysis against plain statistics computed in another way."""

import statistics
from fractions import Fraction
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.item_figures import (
    ENOUGH,
    Analysis,
    Answered,
    InLanguage,
    Item,
    Sat,
    Taken,
    analyse,
    correlation,
    cronbach,
)

KEYS = [UUID(int=n) for n in range(1, 9)]
POINTS = st.fractions(min_value=0, max_value=2, max_denominator=4)


def sat(*earned, language="en", minutes=10.0, version=1, tally=()):
    """A person's test of questions worth two points each."""
    answers = tuple(
        Answered(key, version, Fraction(points), Fraction(2), tuple(tally))
        for key, points in zip(KEYS, earned, strict=False)
    )
    return Sat(language, minutes, answers)


def matrices(least=ENOUGH):
    rows = st.integers(2, 5).flatmap(
        lambda width: st.lists(
            st.lists(POINTS, min_size=width, max_size=width),
            min_size=least,
            max_size=least + 12,
        )
    )
    return rows


@settings(max_examples=30, deadline=None)
@given(matrices())
def test_facility_and_discrimination_are_those_of_plain_statistics(rows):
    """QZ-47: the mean by the most; the correlation with the rest of the test."""
    found = analyse([sat(*row) for row in rows])

    for place, item in enumerate(found.items):
        own = [float(row[place]) for row in rows]
        rest = [float(sum(row) - row[place]) for row in rows]
        assert float(item.facility) == pytest.approx(statistics.fmean(own) / 2)
        if len(set(own)) > 1 and len(set(rest)) > 1:
            expected = statistics.correlation(own, rest)
            assert item.discrimination == pytest.approx(expected, abs=1e-6)
        else:
            assert item.discrimination is None


@settings(max_examples=30, deadline=None)
@given(matrices(least=3))
def test_alpha_is_the_mean_covariance_by_the_mean_of_all(rows):
    """Worked out from the covariances, not from the variances of the totals."""
    columns = [[float(value) for value in column] for column in zip(*rows, strict=True)]
    k = len(columns)
    every = sum(statistics.covariance(a, b) for a in columns for b in columns)
    own = sum(statistics.covariance(a, a) for a in columns)

    found = cronbach(rows)

    if len({sum(row) for row in rows}) == 1:
        assert found is None
    else:
        expected = k / (k - 1) * (every - own) / every
        assert found == pytest.approx(expected, rel=1e-6, abs=1e-6)


def test_the_item_itself_is_not_in_what_it_is_compared_with():
    """QZ-47: two questions that contradict each other, however they sum up."""
    rows = [sat(2, 0), sat(0, 2)] * ENOUGH

    assert [item.discrimination for item in analyse(rows).items] == [-1, -1]


@pytest.mark.parametrize("points", [0, 1, 2])
def test_no_difference_is_no_figure_and_no_crash(points):
    """QZ-47"""
    found = analyse([sat(points, points)] * ENOUGH)

    assert [item.discrimination for item in found.items] == [None, None]
    assert (found.alpha, found.error) == (None, None)
    assert {item.facility for item in found.items} == {Fraction(points, 2)}


def test_a_test_of_one_question_has_no_rest():
    """QZ-47"""
    found = analyse([sat(1), sat(2)] * ENOUGH)

    assert found.items[0].discrimination is None
    assert found.alpha is None


def test_nineteen_people_are_too_few_and_twenty_are_enough():
    """QZ-46"""
    few, enough = analyse([sat(1, 2)] * 19), analyse([sat(1, 2)] * 20)

    assert (few.is_enough, few.mean, few.alpha) == (False, None, None)
    assert few.items[0] == Item(KEYS[0], 1, 19, is_enough=False)
    assert (enough.is_enough, enough.items[0].is_enough) == (True, True)


def test_each_version_of_a_question_is_told_by_itself():
    """QZ-48"""
    rows = [sat(0, 2, version=1)] * 20 + [sat(2, 2, version=2)] * 20

    found = [(i.question, i.version, i.facility) for i in analyse(rows).items]

    assert found == [
        (KEYS[0], 1, 0),
        (KEYS[0], 2, 1),
        (KEYS[1], 1, 1),
        (KEYS[1], 2, 1),
    ]


@pytest.mark.parametrize(
    ("russian", "tajik", "is_flagged"),
    [(20, 20, True), (20, 19, False), (19, 20, False)],
)
def test_a_gap_between_languages_asks_to_check_the_translation(
    russian, tajik, is_flagged
):
    """QZ-48: only where each language has enough people."""
    rows = [sat(2, 1, language="ru")] * russian + [sat(0, 1, language="tg")] * tajik

    item = analyse(rows).items[0]

    assert item.needs_translation_check is is_flagged
    assert item.languages == (
        InLanguage("ru", russian, Fraction(1) if russian >= 20 else None),
        InLanguage("tg", tajik, Fraction(0) if tajik >= 20 else None),
    )


@pytest.mark.parametrize(("right", "is_flagged"), [(12, False), (13, True)])
def test_the_gap_is_more_than_twenty_points(right, is_flagged):
    """QZ-48: 60 % against 40 % is not more, 65 % is."""
    rows = [sat(2, 1, language="ru")] * right
    rows += [sat(0, 1, language="ru")] * (20 - right)
    rows += [sat(2, 1, language="tg")] * 8 + [sat(0, 1, language="tg")] * 12

    assert analyse(rows).items[0].needs_translation_check is is_flagged


def test_distractors_are_counted_in_the_lower_and_the_upper_third():
    best = [sat(2, 2, tally=["right"])] * 10
    worst = [sat(0, 0, tally=["wrong"])] * 10
    middle = [sat(2, 0, tally=["right"])] * 5 + [sat(2, 0)] * 5

    item = analyse([*best, *worst, *middle]).items[0]

    assert item.thirds == (0, 1, 1)
    assert item.taken == (
        Taken("right", 15, Fraction(1, 2), Fraction(0), Fraction(1)),
        Taken("wrong", 10, Fraction(1, 3), Fraction(1), Fraction(0)),
    )


def test_where_people_were_asked_different_questions_there_is_no_alpha():
    """Drawn questions have their own figures all the same."""
    drawn = Answered(KEYS[7], 1, Fraction(2), Fraction(2))
    rows = [sat(1, 2), sat(2, 1)] * 10
    rows += [Sat("en", 10.0, (*sat(1).answers, drawn))] * 20

    found = analyse(rows)

    assert found.alpha is None
    assert [(item.n, item.is_enough) for item in found.items] == [
        (40, True),
        (20, True),
        (20, True),
    ]


def test_the_error_of_a_result_follows_from_its_spread_and_alpha():
    rows = [sat(2, 2), sat(0, 0), sat(2, 0), sat(1, 1)] * 5
    shares = [float(one.share) for one in rows]

    found = analyse(rows)

    spread = statistics.stdev(shares)
    assert found.error == pytest.approx(spread * (1 - found.alpha) ** 0.5)
    assert found.minutes == 10


def test_nobody_is_a_test_of_nobody():
    """QZ-46"""
    assert analyse([]) == Analysis(0, False, ())
    assert correlation([]) is None
    assert cronbach([]) is None
