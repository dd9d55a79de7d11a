"""Pages for paper: sheets, slips and reports as PDF. Asks no network.

Fonts are bundled and cover Latin, Cyrillic with the Tajik letters, and Arabic.
"""

import threading
from functools import cache
from pathlib import Path
from typing import Any

from django.core.files.storage import storages
from django.template.loader import render_to_string
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

FONTS = Path(__file__).parent / "fonts"
# Where Wagtail keeps the sizes of a picture; documents lie elsewhere.
PICTURES = Path("images")

# Pango and fontconfig hold state of the process.
one_at_a_time = threading.Lock()


class Fetcher(URLFetcher):
    """Gives the bundled fonts, pictures of pages and images of the private storage.

    Nothing else (CE-34): the network is not asked and no other file is read. Whatever
    else a page asks for ends the rendering.
    """

    def __init__(self):
        super().__init__(allowed_protocols=[], fail_on_errors=True)

    def __call__(self, url):
        return self.fetch(url)

    def fetch(self, url, headers=None):
        scheme, _, name = url.partition(":")
        if scheme == "font" and (FONTS / name).parent == FONTS:
            return URLFetcherResponse(url, (FONTS / name).read_bytes())
        if scheme == "private":
            return _stored("private", name, url)
        if scheme == "picture" and Path(name).parent == PICTURES:
            return _stored("default", name, url)
        raise ValueError(f"A printed page may not load {url}")


def _stored(storage: str, name: str, url: str) -> URLFetcherResponse:
    with storages[storage].open(name) as file:
        return URLFetcherResponse(url, file.read())


def pdf(template: str, context: dict[str, Any]) -> bytes:
    """The template as an accessible PDF, dressed by `lms/print/paper.css`.

    The page is a whole HTML document that says its `lang` and `title`; pictures come
    inline as SVG, from the private storage as `private:NAME`, or from the pictures of
    pages as `picture:NAME`. Raises ValueError for anything else it wants to load.
    """
    html = render_to_string(template, context)
    with one_at_a_time:
        fonts, style, fetcher = _prepared()
        document = HTML(string=html, url_fetcher=fetcher, base_url="paper:")
        return document.write_pdf(
            font_config=fonts, stylesheets=[style], cache={}, pdf_variant="pdf/ua-1"
        )


@cache
def _prepared() -> tuple[FontConfiguration, CSS, Fetcher]:
    fonts, fetcher = FontConfiguration(), Fetcher()
    style = CSS(
        string=render_to_string("lms/print/paper.css"),
        font_config=fonts,
        url_fetcher=fetcher,
        base_url="paper:",
    )
    return fonts, style, fetcher
