"""What any kind earns for any answer that it takes, without a database."""

from decimal import Decimal
from random import Random

import pytest

from courses.kinds import NotAnAnswer, mark

from . import (
    test_case_set,
    test_fill_gaps,
    test_hotspot,
    test_matching,
    test_multiple,
    test_numeric,
    test_ordering,
    test_scale,
)
from .authored import Asked

MODULES = [
    test_case_set,
    test_fill_gaps,
    test_hotspot,
    test_matching,
    test_multiple,
    test_numeric,
    test_ordering,
    test_scale,
]


def offered(asked) -> list[str]:
    """Values that a page of this question could send, and some words."""
    key, options = asked.key, asked.key["options"]
    pieces = [*key.get("lefts", []), *key.get("offered", {}), *key.get("gaps", {})]
    places = [f"{one}:{place}" for one in options for place in range(1, 5)]
    pairs = [f"{piece}:{option}" for piece in pieces for option in options]
    return [*options, *pieces, *places, *pairs, "5", "means", "5 km"]


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__[-12:])
def test_nothing_earns_less_than_nothing_or_more_than_its_marks(module):
    """QZ-22."""
    asked, random = Asked(module.question()), Random(1)  # noqa: S311
    values, accepted, taken = offered(asked), {"en": asked.body["accepted"]}, 0

    for _ in range(2000):
        try:
            answer = asked.read(*random.choices(values, k=random.randint(1, 4)))
        except NotAnAnswer:
            continue
        earned = mark(asked.key, answer, Decimal("2.5"), accepted)
        assert 0 <= earned <= Decimal("2.5")
        taken += 1

    assert taken > 10
