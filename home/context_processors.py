"""What every page of the ready site knows of its frame."""

from django.utils.functional import SimpleLazyObject

from . import passkeys
from .frame import footer_links, frame, here, language_links


def site(request):
    """Lazy throughout: the Wagtail admin renders templates too and needs none of it."""
    known = SimpleLazyObject(lambda: frame(request))
    return {
        "site_settings": SimpleLazyObject(lambda: known["settings"]),
        "home_url": SimpleLazyObject(lambda: known["home_url"]),
        "courses_url": SimpleLazyObject(lambda: known["courses_url"]),
        "brand_css_url": SimpleLazyObject(lambda: known["brand_css_url"]),
        "band_url": SimpleLazyObject(lambda: known["band_url"]),
        "here": SimpleLazyObject(lambda: here(request)),
        "footer_links": SimpleLazyObject(footer_links),
        "passkeys_offered": SimpleLazyObject(lambda: passkeys.are_offered(request)),
        "language_links": SimpleLazyObject(lambda: language_links(request)),
    }
