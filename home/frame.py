"""The frame around every page: whose site it is, where its main pages are."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.translation import (
    get_language,
    get_language_from_path,
    get_language_info,
)
from django.utils.translation import gettext as _
from wagtail.models import Site

from courses import content_version
from courses.models import CourseIndexPage

from .models import HomePage, SiteSettings

VERIFY = "certificates:verify"
KEPT = ("organisation", "brand_colour", "help_email")


def frame(request: HttpRequest) -> dict:
    """Settings and main addresses in this language, from the cache where possible."""
    language = get_language()
    return content_version.remembered(
        f"frame:{request.get_host()}:{language}", lambda: _read(request, language)
    )


def here(request: HttpRequest) -> str:
    """The address of a main page, which the header marks; nothing for all others."""
    return request.path if request.path in frame(request)["main_urls"] else ""


def _read(request: HttpRequest, language: str) -> dict:
    site = Site.find_for_request(request)
    # Not `for_site`, which would write a missing row.
    row = SiteSettings.objects.filter(site=site).first() or SiteSettings()
    home = HomePage.objects.live().filter(locale__language_code=language).first()
    index = CourseIndexPage.objects.live().filter(locale__language_code=language)
    courses_url = index[0].get_url(request) if index else ""
    colour = row.brand_colour.lower()
    is_default = colour == SiteSettings._meta.get_field("brand_colour").default.lower()
    return {
        "settings": {name: getattr(row, name) for name in KEPT},
        "home_url": home.get_url(request) if home else "/",
        "courses_url": courses_url,
        "main_urls": {courses_url, reverse("lms:my_courses"), reverse(VERIFY)},
        "brand_css_url": ""
        if is_default
        else f"{reverse('home:brand_css')}?v={colour[1:]}",
        "band_url": f"{reverse('home:band')}?v={colour[1:]}",
    }


def footer_links() -> list[dict]:
    return [{"title": _("Check a certificate"), "url": reverse(VERIFY)}]


def language_links(request: HttpRequest) -> list[dict]:
    """This page in each language: {code, name, url, is_current, is_translated}.

    A page of the tree knows its translations and leaves them on the request; any other
    address is the same view under another prefix. An address without a prefix has no
    other language to offer.
    """
    known = getattr(request, "language_links", None)
    if known is not None:
        return known
    current, here = get_language(), request.get_full_path()
    if get_language_from_path(here) is None:
        return []
    return [
        {
            "code": code,
            "name": get_language_info(code)["name_local"].capitalize(),
            "url": translate_url(here, code),
            "is_current": code == current,
            "is_translated": True,
        }
        for code, _name in settings.LANGUAGES
    ]
