"""The languages of paper: more than those of the site."""

from django.conf import settings

from courses.translations import own_name


def paper_languages() -> list[tuple[str, str]]:
    """Codes and own names, in the order of USTOD_CERTIFICATE_LANGUAGES."""
    return [(code, own_name(code)) for code in settings.USTOD_CERTIFICATE_LANGUAGES]


def paper_codes() -> list[str]:
    return list(settings.USTOD_CERTIFICATE_LANGUAGES)
