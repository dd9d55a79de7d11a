"""Which kinds there are, and what is asked of a key whatever its kind."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from wagtail.blocks import Block

from .base import Accepted, Answer, Key, Kind, Words
from .rubric import Levels

CENT = Decimal("0.01")
NOTHING = Decimal(0)

kinds: dict[str, Kind] = {}


def register(kind: type[Kind]) -> type[Kind]:
    """Make this kind known: `@register` above its class."""
    kinds[kind.key] = kind()
    return kind


def kind_of(key: str) -> Kind:
    return kinds[key]


def every_kind() -> list[Kind]:
    """In the order in which an author chooses among them."""
    return sorted(kinds.values(), key=lambda kind: kind.rank)


def choices() -> list[tuple[str, Words]]:
    return [(kind.key, kind.label) for kind in every_kind()]


def parts() -> list[tuple[str, Block]]:
    """The blocks that questions of any kind are made of."""
    return [one for kind in every_kind() for one in kind.blocks.items()]


def mark(
    key: Key, answer: Answer | None, available: Decimal, accepted: Accepted
) -> Decimal | None:
    """What the answer earns, to the hundredth; None where a person has to mark it.

    `accepted` holds the wordings of a typed answer by language; each of them counts,
    because the language of a page may change within an attempt.
    """
    if answer is None:
        return NOTHING
    return _earned(kind_of(key["kind"]).share(key, answer, accepted), available)


def mark_by_levels(key: Key, levels: Levels, available: Decimal) -> Decimal | None:
    """What the levels add up to, to the hundredth; None where points are given freely.

    Raises NotAnAnswer unless there is one level of each criterion.
    """
    return _earned(kind_of(key["kind"]).share_by_levels(key, levels), available)


def _earned(share: Fraction | None, available: Decimal) -> Decimal | None:
    if share is None:
        return None
    earned = available * share.numerator / share.denominator
    return earned.quantize(CENT, ROUND_HALF_UP)


def read_answer(key: Key, values: list[str]) -> Answer | None:
    """The stored form of posted values; None when left empty. Raises NotAnAnswer."""
    return kind_of(key["kind"]).read(key, values)


def as_posted(values: list[str]) -> Answer | None:
    """The values of a form in an answer's shape; whether they may be so comes later."""
    return {"posted": values} if any(value.strip() for value in values) else None


def check_answer(key: Key, answer: Answer | None) -> Answer | None:
    """The stored form of an answer given as data, refused like a posted one."""
    return read_answer(key, written(key, answer))


def written(key: Key, answer: Mapping[str, Any] | None) -> list[str]:
    """The values of the form's fields that stand for this answer."""
    if not answer:
        return []
    if "posted" in answer:
        return list(answer["posted"])
    return kind_of(key["kind"]).written(dict(answer))
