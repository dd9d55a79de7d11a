"""Which language comes first where several say the same thing."""

from collections.abc import Iterable
from typing import TypeVar

from django.conf import settings
from django.utils.translation import get_supported_language_variant

Row = TypeVar("Row")


def in_order(rows: Iterable[Row], language: str = "") -> list[Row]:
    """Rows with a `locale`: this language first, then the order of the settings.

    Without a language the site's own comes first: it is the original of the others.
    """
    codes = [language or site_language(), *(code for code, _ in settings.LANGUAGES)]

    def place(row: Row) -> tuple[int, int]:
        code = row.locale.language_code  # type: ignore[attr-defined]
        return (codes.index(code) if code in codes else len(codes), row.pk)  # type: ignore[attr-defined]

    return sorted(rows, key=place)


def site_language() -> str:
    return get_supported_language_variant(settings.LANGUAGE_CODE)
