"""The paper itself, read back from the PDF."""

import re
import shutil
import subprocess
from io import BytesIO

import pytest
import segno
from PIL import Image

from certificates.paper.rendering import MASK, render
from lms.printing import Fetcher

from .papers import LANGUAGES, make_content, text_of

pytestmark = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="reads with poppler's pdftotext"
)


def test_the_paper_says_everything_that_is_known():
    text = " ".join(text_of(render(make_content(), "en")).split())

    for part in (
        "Раҳимова Зебунисо",
        "Rahimova Zebuniso",
        "First contact",
        "20 hours",
        "12–14 October 2026",
        "Khujand",
        "No. UST-2026-000001",
        "Awarded on 14 October 2026",
        "Issued on 20 October 2026",
        "Valid until 14 October 2028",
        "M. Saidova",
        "example.org/verify",
        "000000-000000-000000",
    ):
        assert part in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_is_tagged(language):
    pdf = render(make_content(), language)
    done = subprocess.run(["pdfinfo", "-"], input=pdf, capture_output=True, check=True)  # noqa: S607

    assert re.search(r"Tagged:\s+yes", done.stdout.decode())


def test_a_preview_says_that_it_is_a_draft():
    """CE-26: across the page, so that it is read from the last letter to the first."""
    draft, real = (
        "".join(text_of(render(make_content(number=number), "en")).split())
        for number in ("", "UST-2026-000001")
    )

    assert "tfarD" in draft
    assert "tfarD" not in real


def test_the_qr_code_is_25_mm_wide_and_holds_the_address_of_the_page():
    """CE-42: every module as printed is the module of this address."""
    content = make_content()
    command = ["pdftoppm", "-r", "300", "-png", "-gray", "-"]
    pdf = render(content, "en")
    done = subprocess.run(command, input=pdf, capture_output=True, check=True)  # noqa: S603
    page = Image.open(BytesIO(done.stdout)).convert("L")
    rows = [
        list(row)
        for row in segno.make(
            content["verify_url"], error="m", micro=False, boost_error=False, mask=MASK
        ).matrix
    ]

    step = 25 / len(rows)
    printed = [
        [
            int(
                page.getpixel(
                    (_dots(239 + (x + 0.5) * step), _dots(155 + (y + 0.5) * step))
                )
                < 128
            )
            for x in range(len(rows))
        ]
        for y in range(len(rows))
    ]

    assert printed == rows


def _dots(millimetres: float) -> int:
    return round(millimetres / 25.4 * 300)


def test_markup_in_a_name_is_text():
    text = text_of(render(make_content(holder="A <img src=x> B"), "en"))

    assert "A <img src=x> B" in text


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://127.0.0.1/",
        "https://example.org/x.png",
        "data:text/plain,hello",
        "font:../models/certificate.py",
        "font:/etc/passwd",
        "private:../../etc/passwd",
        "private:/etc/passwd",
    ],
)
def test_a_certificate_loads_nothing_but_fonts_and_its_own_pictures(address):
    """CE-34"""
    with pytest.raises(Exception, match=r"may not load|etc/passwd|outside|not exist"):
        Fetcher()(address)


def test_the_same_content_is_drawn_in_another_language_without_live_data():
    """CE-04: no database is allowed in this test."""
    text = text_of(render(make_content(), "ru"))

    assert "Первый контакт" in text
    assert "20 часов" in text


@pytest.mark.skipif(shutil.which("zbarimg") is None, reason="scans with zbarimg")
def test_the_qr_code_can_be_scanned_when_the_page_is_printed_smaller(tmp_path):
    """CE-42: 25 mm printed at four fifths are 20 mm, here at 200 dots an inch."""
    content = make_content()
    dots = str(round(200 * 20 / 25))
    command = ["pdftoppm", "-r", dots, "-png", "-gray", "-", str(tmp_path / "page")]
    subprocess.run(command, input=render(content, "en"), check=True)  # noqa: S603

    (page,) = tmp_path.glob("*.png")
    scan = ["zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", str(page)]
    done = subprocess.run(scan, capture_output=True, check=True)  # noqa: S603

    assert done.stdout.decode().strip() == content["verify_url"]
