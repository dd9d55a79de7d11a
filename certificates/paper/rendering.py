"""Frozen content in, the bytes of a PDF out. Reads no record and asks no network.

Fonts and style sheets are parsed once, ornaments drawn once; every render gets a
fresh cache on top of them, so that memory stays flat.
"""

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

import segno
from django.core.files.storage import storages
from django.template.loader import render_to_string
from weasyprint import CSS
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError

from certificates.content import Content
from certificates.paper import frame
from certificates.paper.composing.page import context_of
from certificates.paper.composing.sheets import BASE, sheet_of, theme_of
from certificates.paper.drawing import Drawing, Picture, Squares
from certificates.paper.finishing import Enclosed, SealPlace, attachment, finisher
from certificates.paper.paper_page import PaperPage
from lms.printing import Fetcher, one_at_a_time

MASK = 2


def render(
    content: Content,
    language: str,
    *,
    enclosed: Sequence[Enclosed] = (),
    place: SealPlace | None = None,
) -> bytes:
    """The paper in this language: for archives, accessible, with a place for a seal."""
    page = context_of(content, language)
    html = render_to_string("certificates/print/certificate.html", page)
    accent = content["design"]["accent"]
    theme = theme_of(content["design"]["theme"])
    with one_at_a_time:
        fonts, faces, fetcher = _prepared()
        pictures: dict[str, Any] = {
            "picture:frame": _drawing(theme, accent),
            "picture:seal": _drawing("seal", accent),
            "picture:rule": _drawing("rule", accent),
            "picture:qr": _qr(content["verify_url"]),
            **{f"private:{name}": _picture(name) for name in _pictures(content)},
        }
        document = PaperPage(html, fetcher)
        return document.write_pdf(
            font_config=fonts,
            stylesheets=[faces, _style(theme)],
            cache=pictures,
            pdf_variant="pdf/a-3a",
            attachments=[attachment(one) for one in enclosed],
            finisher=finisher(place, [one["language"] for one in page["columns"]]),
        )


@cache
def _prepared() -> tuple[FontConfiguration, CSS, Fetcher]:
    fonts, fetcher = FontConfiguration(), Fetcher()
    faces = CSS(
        string=render_to_string("certificates/print/certificate.css"),
        font_config=fonts,
        url_fetcher=fetcher,
        base_url="paper:",
    )
    return fonts, faces, fetcher


@cache
def _style(theme: str) -> CSS:
    """The theme's own style sheet, written from its measures."""
    _fonts, _faces, fetcher = _prepared()
    return CSS(string=css_of(theme), url_fetcher=fetcher, base_url="paper:")


def css_of(theme: str) -> str:
    sheet = sheet_of(theme)
    context = {
        "sheet": sheet,
        "base": BASE,
        "faces": [(name, face.in_shares) for name, face in sheet.faces.items()],
        "own": f"certificates/print/themes/{theme}.css",
    }
    return render_to_string("certificates/print/theme.css", context)


@lru_cache(maxsize=64)
def _drawing(name: str, accent: str) -> Drawing:
    return Drawing(frame.FIGURES[name](accent))


def _pictures(content: Content) -> set[str]:
    """Names of the logos and signatures on the paper."""
    signatures = (one["image"] for one in content["signatories"])
    return {name for name in (*content["design"]["logos"], *signatures) if name}


@lru_cache(maxsize=64)
def _picture(name: str) -> Picture:
    """Its name is the hash of its bytes, so the first one read is the only one."""
    try:
        with storages["private"].open(name) as file:
            return Picture(file)
    except OSError as error:
        raise FatalURLFetchingError(f"{name} cannot be read") from error


def _qr(address: str) -> Squares:
    """All eight masks can be read; trying them out costs a tenth of the paper."""
    code = segno.make(address, error="m", micro=False, boost_error=False, mask=MASK)
    return Squares(code.matrix)
