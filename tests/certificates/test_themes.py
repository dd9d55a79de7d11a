"""Four themes in seven languages, read back: nothing lies on anything."""

import re
import shutil
import subprocess
from io import BytesIO
from itertools import pairwise

import pikepdf
import pytest
from django.utils import translation

from certificates.paper.composing.page import context_of
from certificates.paper.composing.pieces import ARABIC_NAME
from certificates.paper.composing.sheets import sheet_of
from certificates.paper.labels import LABELS
from certificates.paper.rendering import css_of, render

from .papers import (
    LANGUAGES,
    THEMES,
    bare,
    in_full,
    make_content,
    overlapping,
    text_of,
    words_of,
)

pytestmark = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="reads with poppler's pdftotext"
)
POINTS = 72 / 25.4
# A hundred and twenty letters.
LONGEST = (
    "Мирзоҷалолиддинзода Абдураҳмонҷон Муҳаммадшарифович-Тӯраевхоҷа "
    "Самарқандии Бухороӣ-Бадахшонии Хатлонӣ Зарафшонии Ҳисорӣ"
)
NAMES = [
    LONGEST,
    "Ж" * 120,
    "Я",
    "محمدرضا کریمی‌نژاد Mahmud-Rahimi Абдураҳмонҷон",
    "سید محمدرضا کریمی‌نژاد حسینی‌پور اصفهانی گلپایگانی",
]


@pytest.mark.parametrize("theme", THEMES)
def test_the_measures_of_a_theme_are_the_same_in_whatever_language_it_is_asked(theme):
    """Written once in a process: a comma for a point would spoil every paper after."""
    found = set()
    for language in ("en", "ru", "tg"):
        with translation.override(language):
            found.add(css_of(theme))

    (style,) = found
    assert not re.search(r"\d,\d", style)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("theme", THEMES)
def test_the_fullest_paper_is_one_page_and_nothing_lies_on_anything(theme, language):
    """CE-29"""
    pdf = render(in_full(theme, language, holder=LONGEST), language)

    sheet, words = sheet_of(theme), words_of(pdf)
    done = subprocess.run(["pdfinfo", "-"], input=pdf, capture_output=True, check=True)  # noqa: S607
    assert re.search(r"Pages:\s+1\n", done.stdout.decode())
    assert overlapping(words) == []
    side, bottom = (sheet.side - 2) * POINTS, (sheet.height - 18) * POINTS
    assert all(side < word.left for word in words)
    assert all(word.right < sheet.width * POINTS - side for word in words)
    assert all(word.bottom < bottom for word in words)


def lines_of(words) -> int:
    """Letters of two scripts on one line differ a little in height."""
    middles = sorted((word.top + word.bottom) / 2 for word in words)
    return 1 + sum(after - one > 8 for one, after in pairwise(middles))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("theme", THEMES)
def test_a_name_stands_on_two_lines_at_most_inside_its_column(theme, name):
    """CE-29: of one letter, of 120, of letters of two scripts."""
    paper = in_full(theme, "en", holder=name, holder_latin="")
    without = in_full(theme, "en", holder="", holder_latin="")

    words = words_of(render(paper, "en"))

    sheet = sheet_of(theme)
    said = {word.text for word in words_of(render(without, "en"))}
    mine = [word for word in words if word.text not in said]
    column = (sheet.inner - (sheet.columns - 1) * sheet.gap) / sheet.columns
    assert mine
    assert overlapping(words) == []
    first = [word for word in mine if word.left < (sheet.side + column) * POINTS]
    assert all(word.right < (sheet.side + column + 1) * POINTS for word in first)
    assert lines_of(mine) <= 2 * sheet.columns


@pytest.mark.parametrize("theme", THEMES)
def test_what_is_not_known_leaves_no_label_and_no_double_space(theme):
    """CE-30"""
    text = text_of(render(bare(theme), "en"), "-layout")

    for label in (
        "With the support", "Valid until", "Issued on", "hours", "Result",
        "Topics", "Days", "Place", "Sessions", "Hours attended", "Share",
    ):  # fmt: skip
        assert label not in text
    # A bilingual number is said with both labels and a dot between.
    assert theme == "bilingual" or "·" not in text
    assert re.search(r"Awarded on \S", text)


def test_both_columns_of_a_bilingual_paper_keep_step():
    """Equal dignity: the name stands on one line of the page in both languages."""
    words = words_of(render(in_full("bilingual", "ru", holder="Рахимова"), "ru"))

    tops = [round(word.top) for word in words if word.text == "Рахимова"]
    assert len(tops) == 2
    assert tops[0] == tops[1]


PERSIAN = {
    "holder": "زیب‌النساء رحیمی",
    "course": {"fa": "نخستین برخورد با قربانیان", "en": "First contact with victims"},
    "donors": [],
    "score_band": {},
    "attended": {},
}


def test_persian_beside_english_is_larger_in_points_to_be_as_large_to_the_eye():
    """Equal dignity: in step all the same, line by line."""
    context = context_of(in_full("bilingual", "fa", **PERSIAN), "fa")

    first, second = (column["pieces"] for column in context["columns"])
    sheet = sheet_of("bilingual")
    for one, other in zip(first, second, strict=True):
        face = sheet.faces[one.face_name]
        assert one.size / other.size == pytest.approx(
            ARABIC_NAME if one.kind == "name" else face.arabic
        )
        assert one.height == pytest.approx(other.height)
        assert one.leading * one.size == pytest.approx(other.leading * other.size)
    assert {piece.kind for piece in first if piece.grown > 1} >= {"title", "dates"}


def test_columns_of_two_scripts_stand_in_step_on_the_page():
    words = words_of(render(in_full("bilingual", "fa", **PERSIAN), "fa"))

    # The hours come first, the day of issue after them.
    found = {
        text: min((word.top + word.bottom) / 2 for word in words if word.text == text)
        for text in ("20", "۲۰")
    }
    assert found["20"] == pytest.approx(found["۲۰"], abs=3)


def test_a_bilingual_paper_in_its_second_language_has_another_beside_it():
    text = text_of(render(make_content("bilingual"), "fa"))

    assert "20 hours" in text
    assert "Awarded on 14 October 2026" in " ".join(text.split())


def test_a_bilingual_paper_says_the_latin_name_in_a_language_of_latin_letters():
    paper = make_content("bilingual", language="tg")
    paper["design"]["second_language"] = "en"

    text = text_of(render(paper, "tg"))

    assert text.count("Раҳимова Зебунисо") == 1
    assert text.count("Rahimova Zebuniso") == 1


def test_a_statement_says_in_a_table_what_was_attended():
    text = " ".join(
        text_of(render(in_full("statement", "en"), "en"), "-layout").split()
    )

    for row in (
        "Days 12–14 October 2026",
        "Place Khujand",
        "Hours of the course 20 hours",
        "Sessions held 6",
        "Sessions attended 5.5",
        "Hours attended 18.5 hours",
        "Share attended 92.5%",
    ):
        assert row in text


def test_a_certificate_from_before_the_four_themes_is_drawn_as_the_first():
    content = make_content("adras")
    del content["design"]["second_language"]

    assert "Раҳимова Зебунисо" in text_of(render(content, "en"))


@pytest.mark.parametrize("theme", THEMES)
def test_blocks_stand_in_the_order_they_were_given(theme):
    paper = make_content(theme)
    middle = ["course", "title", "name"]
    paper["design"]["blocks"] = [
        *({"type": kind, "area": "middle", "value": {}} for kind in middle),
        {"type": "text", "area": "middle", "value": {"words": {"en": "By {holder}."}}},
        {"type": "number", "area": "foot", "value": {}},
        {"type": "qr", "area": "foot", "value": {}},
    ]

    words = words_of(render(paper, "en"))

    tops = [
        min(word.top for word in words if word.text == text)
        for text in ("First", "Зебунисо", "By")
    ]
    assert tops == sorted(tops)
    assert "By Раҳимова Зебунисо." in " ".join(text_of(render(paper, "en")).split())


def test_each_column_says_its_language_to_whoever_has_it_read_aloud():
    paper = make_content("bilingual", language="ru")

    pdf = pikepdf.open(BytesIO(render(paper, "ru")))

    root = pdf.Root.StructTreeRoot.K[0]
    parts = [one for one in root.K if one.S == "/Part"]
    assert [str(part.Lang) for part in parts] == ["ru", "fa"]
    assert str(pdf.Root.Lang) == "ru"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_paper_sealed_with_a_development_key_says_so(language):
    paper = make_content("plain", is_sample=True)

    text = " ".join(text_of(render(paper, language)).split())

    if language != "fa":
        assert LABELS[language]["sample"] in text
    assert len(text) > len(
        " ".join(text_of(render(make_content("plain"), language)).split())
    )
