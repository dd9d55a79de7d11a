"""The languages a paper may be in, with their names, and checks of its texts."""

from django import forms
from django.conf import settings
from django.utils.translation import get_language

from certificates.due import readiness
from certificates.paper import languages, layout


def paper_languages() -> list[tuple[str, str]]:
    """The site's own first, then those only paper speaks."""
    return sorted(languages.paper_languages(), key=lambda one: not is_of_site(one[0]))


def language_of_reader() -> str:
    """In which a paper is shown first."""
    codes = [code for code, _name in paper_languages()]
    mine = get_language()
    return mine if mine in codes else codes[0]


def is_of_site(code: str) -> bool:
    return code in dict(settings.LANGUAGES)


def check_letters(text: str) -> None:
    """Refuse a letter that no font of the certificates has (CE-28)."""
    refusal = readiness.refuse_letters(text)
    if refusal:
        raise forms.ValidationError(refusal)


def check_placeholders(text: str) -> None:
    """Refuse a placeholder nobody can fill (CE-26)."""
    found = layout.text_faults(text)
    if found:
        raise forms.ValidationError(found)
