"""A number with tolerance and units, without a database."""

from decimal import Decimal

import pytest

from courses.kinds import mark
from tests.courses.kinds.authored import Asked, listed, make, part_id, parts


def question(**fields):
    units = parts(
        ("unit", {"names": listed("km", "kilometres"), "factor": "1"}, "km"),
        ("unit", {"names": listed("m", "metres"), "factor": "0.001"}, "m"),
    )
    defaults = {"number": Decimal(5), "tolerance": Decimal("0.1"), "parts": units}
    return make("numeric", **defaults | fields)


@pytest.mark.parametrize(
    ("typed", "earned"),
    [
        ("5", 12),
        ("5 km", 12),
        ("5,1KM", 12),
        ("5.2 km", 0),
        ("5000 m", 12),
        ("4 900 metres", 12),
        ("5 m", 0),
        ("5 miles", 0),
        ("km", 0),
        ("km 5", 0),
        ("5 km 5", 0),
        ("not 5 km", 0),
        ("۵ km", 12),
        ("−5 km", 0),
    ],
)
def test_a_number_counts_in_each_of_its_units(typed, earned):
    assert Asked(question()).earned(typed) == earned


@pytest.mark.parametrize(("typed", "earned"), [("5", 0), ("5 km", 12), ("5000m", 12)])
def test_the_unit_may_be_asked_for(typed, earned):
    asked = Asked(question(is_unit_needed=True))

    assert asked.earned(typed) == earned
    assert "with its unit" in str(asked.sheet().label)


@pytest.mark.parametrize(("typed", "earned"), [("95", 12), ("105", 12), ("94.9", 0)])
def test_the_tolerance_may_be_a_percentage_of_the_right_number(typed, earned):
    percent = {"tolerance": Decimal(5), "tolerance_is_percent": True}

    assert (
        Asked(make("numeric", number=Decimal(100), **percent)).earned(typed) == earned
    )
    assert Asked(make("numeric", number=Decimal(-100), **percent)).earned("-95") == 12


def test_a_unit_is_read_in_any_language():
    """QZ-51."""
    asked = Asked(question())
    accepted = {"en": asked.body["accepted"], "ru": {part_id("km"): ["км"]}}

    assert mark(asked.key, {"text": "5 КМ"}, Decimal(1), accepted) == 1


def test_the_review_says_the_right_number_with_its_unit_when_released():
    asked = Asked(question())

    assert asked.review("4", shows_right=False).right == []
    assert asked.review("4", shows_right=True).right == ["5 km"]


def test_a_unit_that_is_asked_for_has_to_be_there():
    plain = make("numeric", number=Decimal(5), is_unit_needed=True)

    assert list(plain.gaps()) == ["parts"]
    assert question(is_unit_needed=True).gaps() == {}


def test_a_key_without_units_is_the_same_as_before():
    assert Asked(make("numeric", number=Decimal("5.0"))).key == {
        "kind": "numeric",
        "correct": "5",
        "tolerance": "0",
        "options": [],
    }
