from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, DecimalBlock, ListBlock, StructBlock

from courses.marking import normalise, plain, read_quantity

from .base import (
    NONE,
    WHOLE,
    Accepted,
    Answer,
    Body,
    Key,
    Posed,
    Question,
    Words,
    parts_of,
)
from .registry import register
from .typed import Line, Typed

LABEL = _("Your answer, a number")
LABEL_WITH_UNIT = _("Your answer, a number with its unit")

UNIT = StructBlock(
    [
        ("names", ListBlock(CharBlock(max_length=40), label=_("How it is written"))),
        (
            "factor",
            DecimalBlock(
                label=_("Factor"),
                default=Decimal(1),
                min_value=Decimal("0.000000001"),
                help_text=_("How many of the right number's unit are one of this."),
            ),
        ),
    ],
    icon="order",
    label=_("Unit of a number"),
    group=_("A number"),
)


@register
class Numeric(Typed):
    """A number, right within a tolerance, in any of its units."""

    key = "numeric"
    label = _("A number")
    rank = 40
    fields = (
        "number",
        "tolerance",
        "tolerance_is_percent",
        "is_unit_needed",
        "parts",
    )
    blocks = {"unit": UNIT}

    def gaps(self, question: Question) -> dict[str, Words]:
        if question.number is None:
            return {"number": _("Write the right number.")}
        if question.is_unit_needed and not parts_of(question, "unit"):
            return {"parts": _("Write the units that may be given.")}
        return {}

    def key_of(self, question: Question) -> dict[str, Any]:
        key = super().key_of(question) | {
            "correct": plain(question.number),
            "tolerance": plain(question.tolerance),
        }
        units = parts_of(question, "unit")
        if question.tolerance_is_percent:
            key["is_percent"] = True
        if units:
            key["units"] = {str(u.id): plain(u.value["factor"]) for u in units}
            key["is_unit_needed"] = question.is_unit_needed
        return key

    def body_of(self, question: Question) -> dict[str, Any]:
        units = parts_of(question, "unit")
        names = {str(u.id): [str(n) for n in u.value["names"]] for u in units}
        return super().body_of(question) | ({"accepted": names} if names else {})

    def shared_ids(self, key: Key) -> set[str]:
        return set(key.get("units", {}))

    def asked(self, posed: Posed) -> Line:
        with_unit = posed.key.get("is_unit_needed", False)
        return replace(
            super().asked(posed),
            label=LABEL_WITH_UNIT if with_unit else LABEL,
            is_number="units" not in posed.key,
        )

    def share(self, key: Key, answer: Answer, accepted: Accepted) -> Fraction:
        quantity = read_quantity(answer["text"])
        if quantity is None or not key["correct"]:
            return NONE
        number, unit = quantity
        factor = _factor(unit, key, accepted)
        if factor is None:
            return NONE
        distance = abs(number * factor - Decimal(key["correct"]))
        return WHOLE if distance <= _tolerance(key) else NONE

    def _right(self, key: Key, body: Body) -> list[str]:
        names = [
            body["accepted"][one][0]
            for one, factor in key.get("units", {}).items()
            if Decimal(factor) == 1 and body["accepted"].get(one)
        ]
        return [" ".join([str(key["correct"]), *names[:1]])]


def _tolerance(key: Key) -> Decimal:
    tolerance = Decimal(key.get("tolerance") or 0)
    if key.get("is_percent"):
        return abs(Decimal(key["correct"])) * tolerance / 100
    return tolerance


def _factor(unit: str, key: Key, accepted: Accepted) -> Decimal | None:
    """What the number is multiplied by; None for a unit that is not accepted."""
    if not unit:
        return None if key.get("is_unit_needed") else Decimal(1)
    units = key.get("units", {})
    found = (one for one, name in _names(accepted) if normalise(name) == unit)
    factors = (Decimal(units[one]) for one in found if one in units)
    return next(factors, None)


def _names(accepted: Accepted) -> Iterator[tuple[str, str]]:
    """Each unit with each of its names in any language."""
    for by_unit in accepted.values():
        for one, names in by_unit.items() if by_unit else ():
            yield from ((one, name) for name in names)
