"""The paper itself, read back from the PDF."""

import re
import shutil
import subprocess
from io import BytesIO

import pytest
import segno
from PIL import Image

from certificates import wording
from certificates.content import Content
from certificates.fitting import fit
from certificates.rendering import NAME, render
from lms.printing import Fetcher

pytestmark = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="reads with poppler's pdftotext"
)
LANGUAGES = ["en", "ru", "tg", "uz", "ky", "kk", "fa"]
TEXTS = {"title": "Certificate", "presented": "Awarded to", "deed": "for completing"}
LONGEST = "Мирзоҷалолиддинзода Абдураҳмонҷон Муҳаммадшарифович-Тӯраевхоҷа"


def make_content(**fields) -> Content:
    content = {
        "language": "en",
        "holder": "Раҳимова Зебунисо",
        "holder_latin": "Rahimova Zebuniso",
        "course": {"en": "First contact", "ru": "Первый контакт"},
        "level": {"en": "Foundation"},
        "minutes": 1200,
        "cohort": "kh-1",
        "edition": 1,
        "place": "Khujand",
        "starts_on": "2026-10-12",
        "ends_on": "2026-10-14",
        "awarded_on": "2026-10-14",
        "issued_on": "2026-10-20",
        "valid_until": "2028-10-14",
        "signatories": [{"name": "M. Saidova", "titles": {"en": "Head"}, "image": ""}],
        "donors": ["Norway"],
        "number": "UST-2026-000001",
        "code": "0" * 18,
        "verify_url": "https://example.org/verify/000000000000000000",
        "design": {
            "template": "Adras",
            "version": 1,
            "theme": "adras",
            "accent": "#1f4e79",
            "logos": [],
        },
        "texts": {
            code: wording.labels(code) | TEXTS | {"issuer": "Ustod", "footer": ""}
            for code in LANGUAGES
        },
    }
    return content | fields


def text_of(pdf: bytes, *options) -> str:
    command = ["pdftotext", *options, "-", "-"]
    done = subprocess.run(command, input=pdf, capture_output=True, check=True)  # noqa: S603
    return done.stdout.decode()


def boxes_of(pdf: bytes) -> list[tuple[float, float, float, float, str]]:
    """Every word of the page with the points of its box."""
    found = re.findall(
        r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)<',
        text_of(pdf, "-bbox"),
    )
    return [(*map(float, numbers), word) for *numbers, word in found]


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
def test_every_language_fits_on_one_page_and_is_tagged(language):
    pdf = render(make_content(), language)
    done = subprocess.run(["pdfinfo", "-"], input=pdf, capture_output=True, check=True)  # noqa: S607
    info = done.stdout.decode()

    assert re.search(r"Pages:\s+1\n", info)
    assert re.search(r"Tagged:\s+yes", info)


@pytest.mark.parametrize(
    "name", [LONGEST, "Ж" * 120, "Ли", "محمدرضا کریمی‌نژاد", "O'Neil <b>"]
)
def test_a_name_stays_inside_its_box_and_over_nothing(name):
    """CE-29"""
    with_name = boxes_of(render(make_content(holder=name, holder_latin=""), "en"))

    words = {word for line in fit(name, NAME).lines for word in line.split()}
    mine = [box for box in with_name if box[4] in words or set(box[4]) == {"Ж"}]
    others = [box for box in with_name if box not in mine]
    assert all(box[0] > 70 and box[2] < 842 - 70 for box in mine)
    for left, top, right, bottom, _word in mine:
        for x1, y1, x2, y2, _other in others:
            assert not (left < x2 and x1 < right and top + 4 < y2 and y1 + 4 < bottom)


def test_the_longest_name_stands_on_two_lines():
    """CE-29"""
    boxes = boxes_of(render(make_content(holder=LONGEST), "tg"))

    tops = {round(top) for _x, top, _x2, _y2, word in boxes if word in LONGEST.split()}
    assert len(tops) == 2


def test_what_is_not_known_leaves_no_label_and_no_double_space():
    """CE-30"""
    bare = make_content(
        holder_latin="",
        level={},
        minutes=0,
        place="",
        starts_on=None,
        ends_on=None,
        issued_on="2026-10-14",
        valid_until=None,
        signatories=[],
        donors=[],
    )
    text = text_of(render(bare, "en"), "-layout")

    for label in ("With the support", "Valid until", "Issued on", "hours", "·"):
        assert label not in text
    assert "  ".join(["Awarded", "on"]) not in text


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
            content["verify_url"], error="m", micro=False, boost_error=False
        ).matrix
    ]

    step = 25 / len(rows)
    printed = [
        [
            int(
                page.getpixel(
                    (_dots(242 + (x + 0.5) * step), _dots(159 + (y + 0.5) * step))
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
