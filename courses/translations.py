"""The same page in the other languages."""

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import get_language_info
from wagtail.models import Page, Site

from . import content_version


def language_links(page: Page, request=None) -> list[dict]:
    """{code, name, url, is_current, is_translated} of each language.

    A language without the page leads to its home page, one without a home is left out.
    """
    name = f"languages:{page.pk}"
    return content_version.remembered(name, lambda: _read(page, request))


def _read(page: Page, request) -> list[dict]:
    site = Site.find_for_request(request) if request else page.get_site()
    homes = _urls(site.root_page, request) if site else {}
    twins = _urls(page, request)
    urls = homes | twins
    return [
        {
            "code": code,
            "name": own_name(code),
            "url": urls[code],
            "is_current": code == page.locale.language_code,
            "is_translated": code in twins,
        }
        for code, _name in settings.LANGUAGES
        if code in urls
    ]


def _urls(page: Page, request) -> dict[str, str]:
    twins = page.get_translations(inclusive=True).live().select_related("locale")
    return {twin.locale.language_code: twin.get_url(request) for twin in twins}


def own_name(code: str) -> str:
    """What a language calls itself, as in a list; the code where nobody knows."""
    try:
        return capfirst(get_language_info(code)["name_local"])
    except KeyError:
        return code
