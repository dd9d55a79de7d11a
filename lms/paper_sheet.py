"""A variant on paper as it is printed, and its answers as they are typed in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from courses.kinds import Kind, Posed, kind_of, written
from courses.models import QuestionVersion

from .models import Attempt, Cohort, Enrolment, PaperVariant
from .on_paper import Printed, printed, right_answer


@dataclass(frozen=True)
class Item:
    """One question of a variant. `right` is for the key of staff only."""

    place: int
    kind: Kind
    key: Mapping
    stem: str
    words: str
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


def batches(variants: Iterable[PaperVariant]) -> list[list[PaperVariant]]:
    """What was printed together, the newest first."""
    found: dict[datetime, list[PaperVariant]] = {}
    for variant in variants:
        found.setdefault(variant.printed_at, []).append(variant)
    return [found[when] for when in sorted(found, reverse=True)]


def variant_for(enrolment: Enrolment, batch: list[PaperVariant]) -> PaperVariant:
    """Which variant of these this person gets; asked again it is the same."""
    return batch[enrolment.pk % len(batch)]


def languages_of(variants: Iterable[PaperVariant]) -> list[str]:
    """In which all questions of these variants are written, as the site orders them.

    Where no language has them all, each question is printed in one that it has.
    """
    wanted = {one["version"] for variant in variants for one in variant.dealt}
    bodies = QuestionVersion.objects.filter(pk__in=wanted).values_list(
        "bodies", flat=True
    )
    known = [code for code, _name in settings.LANGUAGES]
    everywhere = [code for code in known if all(code in body for body in bodies)]
    return everywhere or [settings.LANGUAGE_CODE]


def sheets_of(cohort: Cohort, quiz_key: UUID) -> QuerySet[Attempt]:
    """What was typed in and not taken back."""
    rows = Attempt.objects.filter(enrolment__cohort=cohort, quiz_key=quiz_key)
    rows = rows.filter(paper__isnull=False).exclude(status=Attempt.Status.WITHDRAWN)
    return rows.select_related("enrolment__person", "paper", "entered_by__person")


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
        words=version.words(language),
        asked=printed(kind, posed),
        marks=Decimal(dealt["marks"]),
        right=right_answer(kind, posed),
    )


def _typed(response, language: str) -> str:
    key = response.version.key
    values = written(key, response.answer)
    posed = Posed(key, response.version.body(language), response.order, values)
    return printed(kind_of(key["kind"]), posed).typed
