"""Draws that want the same questions, without a database."""

import uuid
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from courses.drawing import Pool, fill

KEYS = [uuid.UUID(int=n) for n in range(8)]
pools = st.lists(
    st.builds(Pool, st.frozensets(st.sampled_from(KEYS)), st.integers(1, 4)),
    max_size=5,
)


def could_be_filled(wanted):
    """Hall: every few of the draws together find as many questions as they ask for."""
    return all(
        len(frozenset().union(*(pool.questions for pool in some)))
        >= sum(pool.count for pool in some)
        for size in range(1, len(wanted) + 1)
        for some in combinations(wanted, size)
    )


@given(pools, st.permutations(KEYS))
def test_draws_are_filled_whenever_it_can_be_done_and_never_twice(wanted, order):
    """QZ-07."""
    got = fill(wanted, order)

    flat = [question for questions in got for question in questions]
    assert len(flat) == len(set(flat))
    for pool, questions in zip(wanted, got, strict=True):
        assert set(questions) <= pool.questions
    is_full = [len(q) for q in got] == [pool.count for pool in wanted]
    assert is_full == could_be_filled(wanted)


@given(pools, st.permutations(KEYS))
def test_what_is_wanted_first_is_taken_if_it_fits(wanted, order):
    """QZ-07: the unseen ones come first, whichever draw deals them."""
    taken = {question for questions in fill(wanted, order) for question in questions}

    for place, question in enumerate(order):
        best = fill(wanted, order[: place + 1])
        assert (question in {q for got in best for q in got}) == (question in taken)


def test_a_question_moves_to_another_draw_where_that_makes_room():
    """QZ-07: a draw from all does not take what the narrow draw needs."""
    narrow, broad = Pool(frozenset(KEYS[:1]), 1), Pool(frozenset(KEYS[:2]), 1)

    assert fill([broad, narrow], KEYS) == [[KEYS[1]], [KEYS[0]]]
