"""A variant on paper as it is printed, and its answers as they are typed in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from courses.kinds import Kind, Posed, kind_of, written
from courses.models import QuestionVersion

from .models import Attempt, PaperVariant
from .on_paper import Printed, printed, right_answer


@dataclass(frozen=True)
class Item:
    """One question of a variant. `right` is for the key, `typed` for the grid."""

    place: int
    kind: Kind
    key: Mapping
    stem: str
    asked: Printed
    marks: Decimal
    right: str = ""


def items_of(
    variants: Iterable[PaperVariant], language: str
) -> dict[PaperVariant, list[Item]]:
    """The questions of each variant with their key, in one query."""
    variants = list(variants)
    wanted = {one["version"] for variant in variants for one in variant.dealt}
    versions = QuestionVersion.objects.in_bulk(wanted)
    return {
        variant: [
            _item(place, one, versions[one["version"]], language)
            for place, one in enumerate(variant.dealt, start=1)
        ]
        for variant in variants
    }


def typed_in(attempt: Attempt) -> dict[int, str]:
    """By place, what stands on the sheet of this attempt as one would type it."""
    responses = attempt.responses.select_related("version")
    return {one.place: _typed(one, attempt.language) for one in responses}


def _item(place: int, dealt: dict, version: QuestionVersion, language: str) -> Item:
    kind = kind_of(version.key["kind"])
    body = version.body(language)
    posed = Posed(version.key, body, dealt["order"], [])
    return Item(
        place=place,
        kind=kind,
        key=version.key,
        stem=body["stem"],
        asked=printed(kind, posed),
        marks=Decimal(dealt["marks"]),
        right=right_answer(kind, posed),
    )


def _typed(response, language: str) -> str:
    key = response.version.key
    values = written(key, response.answer)
    posed = Posed(key, response.version.body(language), response.order, values)
    return printed(kind_of(key["kind"]), posed).typed
