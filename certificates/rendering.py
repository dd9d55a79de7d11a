"""Frozen content in, the bytes of a PDF out. Reads no record and asks no network.

Fonts and style sheet are parsed once, ornaments drawn once; every render gets a
fresh cache on top of them, so that memory stays flat.
"""

from datetime import date
from functools import cache, lru_cache
from typing import Any

import segno
from django.template.loader import render_to_string
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from lms.printing import Fetcher, one_at_a_time

from . import codes, fitting, wording
from .content import Content, in_language, texts_in
from .drawing import Drawing, Squares
from .frame import frame_svg, seal_svg

# The boxes of the holder's name and of the course in certificate.css: points across,
# largest letters, and the size from which two lines look better than one.
NAME = fitting.Box(across=600, largest=40, one_line=27)
COURSE = fitting.Box(across=580, largest=18, one_line=18)


def render(content: Content, language: str) -> bytes:
    """The paper in this language as an accessible PDF."""
    html = render_to_string(
        "certificates/print/certificate.html", context_of(content, language)
    )
    with one_at_a_time:
        fonts, style, fetcher = _prepared()
        pictures: dict[str, Any] = {
            "picture:frame": _frame(content["design"]["accent"]),
            "picture:seal": _seal(content["design"]["accent"]),
            "picture:qr": _qr(content["verify_url"]),
        }
        document = HTML(string=html, url_fetcher=fetcher, base_url="paper:")
        return document.write_pdf(
            font_config=fonts,
            stylesheets=[style],
            cache=pictures,
            pdf_variant="pdf/ua-1",
        )


def context_of(content: Content, language: str) -> dict[str, Any]:
    """What the paper's page shows; what is not known is empty and leaves no label."""
    texts = texts_in(content, language)
    course = in_language(content["course"], language)
    return {
        "language": language,
        "direction": "rtl" if wording.is_right_to_left(language) else "ltr",
        "content": content,
        "texts": texts,
        "name": fitting.fit(content["holder"], NAME),
        "latin": _transliteration(content),
        "course": course,
        "course_set": fitting.fit(course, COURSE, bold=True),
        "facts": _facts(content, language),
        "dates": _dates(content, texts, language),
        "signatories": [
            signature | {"title": in_language(signature["titles"], language)}
            for signature in content["signatories"]
        ],
        "donors": ", ".join(content["donors"]),
        "code": codes.grouped(content["code"]),
        "address": content["verify_url"].partition("://")[2].rpartition("/")[0],
        "is_draft": not content["number"],
    }


def _transliteration(content: Content) -> str:
    latin = content["holder_latin"]
    return "" if latin == content["holder"] else latin


def _facts(content: Content, language: str) -> list[str]:
    """Hours, level, days and place, as far as they are known."""
    starts, ends = content["starts_on"], content["ends_on"]
    found = [
        wording.hours(content["minutes"], language),
        in_language(content["level"], language),
        wording.days(_day(starts), _day(ends), language) if starts and ends else "",
        content["place"],
    ]
    return [fact for fact in found if fact]


def _dates(
    content: Content, texts: dict[str, str], language: str
) -> list[tuple[str, str]]:
    """Label and day; the issue day only where it is another one (CE-06)."""
    awarded, issued = content["awarded_on"], content["issued_on"]
    found = [(texts["awarded"], awarded)]
    if issued != awarded:
        found.append((texts["issued"], issued))
    if content["valid_until"]:
        found.append((texts["valid_until"], content["valid_until"]))
    return [(label, wording.day(_day(value), language)) for label, value in found]


def _day(value: str) -> date:
    return date.fromisoformat(value)


@cache
def _prepared() -> tuple[FontConfiguration, CSS, Fetcher]:
    fonts, fetcher = FontConfiguration(), Fetcher()
    style = CSS(
        string=render_to_string("certificates/print/certificate.css"),
        font_config=fonts,
        url_fetcher=fetcher,
        base_url="paper:",
    )
    return fonts, style, fetcher


@lru_cache(maxsize=16)
def _frame(accent: str) -> Drawing:
    return Drawing(frame_svg(accent))


@lru_cache(maxsize=16)
def _seal(accent: str) -> Drawing:
    return Drawing(seal_svg(accent))


def _qr(address: str) -> Squares:
    code = segno.make(address, error="m", micro=False, boost_error=False)
    return Squares(code.matrix)
