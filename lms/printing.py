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

# Pango and fontconfig hold state of the process.
one_at_a_time = threading.Lock()


class Fetcher(URLFetcher):
    """Gives the bundled fonts and images of the private storage, nothing else (CE-34).

    Whatever else a page asks for ends the rendering.
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
            with storages["private"].open(name) as file:
                return URLFetcherResponse(url, file.read())
        raise ValueError(f"A printed page may not load {url}")


def pdf(template: str, context: dict[str, Any]) -> bytes:
    """The template as an accessible PDF, dressed by `lms/print/paper.css`.

    The page is a whole HTML document that says its `lang` and `title`; pictures come
    inline as SVG or from the private storage as `private:NAME`. Raises ValueError for
    anything else it wants to load.
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
