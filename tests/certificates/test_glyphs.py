"""CE-28: every letter of the paper is in a bundled font, or it is named."""

import pytest
from fontTools.ttLib import TTFont

from certificates.paper import glyphs
from lms import printing


@pytest.mark.parametrize(
    "text",
    [
        "Ғафуров Қодир Ӯлмасов Ҳикмат Ҷӯраев Ӣ ғқӯҳҷӣ",
        "Щёголев ЪЫЭ ё № « » — … ’",
        "Oʻzbekiston Gʻulom oʻgʻli O‘tkir ş ç ı ğ",
        "Өмүрбеков Ңүөң",
        "Әлібек Ғ Қ Ң Ө Ұ Ү Һ І әғқңөұүһі",
        "محمدرضا کریمی‌نژاد پچژگ ۱۲۳۴۵۶۷۸۹۰ گواهی‌نامهٔ",
        "Łukasz Żółć Ñandú Ångström Ø",
    ],
)
def test_the_letters_of_all_languages_of_the_region_are_held(text):
    """CE-28"""
    assert glyphs.missing(text) == []


@pytest.mark.parametrize("file", glyphs.ARABIC)
def test_persian_numbers_are_drawn_in_their_persian_shapes(file):
    """The font as it comes draws 4, 6 and 7 as Urdu does, whatever the language."""
    font = TTFont(printing.FONTS / file)
    shapes, table = font.getBestCmap(), font["GSUB"].table
    (arabic,) = (
        row.Script for row in table.ScriptList.ScriptRecord if row.ScriptTag == "arab"
    )
    languages = {row.LangSysTag.strip(): row.LangSys for row in arabic.LangSysRecord}

    for system in (arabic.DefaultLangSys, languages["FAR"]):
        features = [table.FeatureList.FeatureRecord[n] for n in system.FeatureIndex]
        local = [
            table.LookupList.Lookup[n]
            for row in features
            if row.FeatureTag == "locl"
            for n in row.Feature.LookupListIndex
        ]
        changed = {
            name for one in local for sub in one.SubTable for name in sub.mapping
        }
        assert changed.isdisjoint({shapes[ord(digit)] for digit in "۰۱۲۳۴۵۶۷۸۹"})


def test_letters_no_font_has_are_listed_once_and_in_order():
    """CE-28"""
    assert glyphs.missing("Ким 김 😀 김") == ["김", "😀"]


def test_a_letter_is_named_in_words_and_a_control_character_by_its_number():
    assert glyphs.named("김") == "“김” (HANGUL SYLLABLE GIM)"
    assert glyphs.named("\x07") == "U+0007"
    assert glyphs.missing("A\x07") == ["\x07"]


@pytest.mark.parametrize("unseen", ["\ufeff", "\u00ad", "\u200b", "\u202e", "\u2067"])
def test_what_nobody_sees_is_no_letter_of_a_name(unseen):
    """CE-28: two names that look the same are the same."""
    assert glyphs.missing(f"Зебо{unseen}Али") == [unseen]


def test_letters_written_with_a_separate_mark_count_as_one():
    assert glyphs.missing("И\u0306ӣ") == []


def test_arabic_letters_are_measured_in_the_form_in_which_they_join():
    """CE-29: a joined letter is narrower than one that stands alone."""
    assert glyphs.joined("محمد") == "\ufee3\ufea4\ufee4\ufeaa"
    assert glyphs.joined("دارا") == "\ufea9\ufe8d\ufead\ufe8d"
    alone = sum(glyphs.width(letter) for letter in "محمد")
    assert glyphs.width("محمد") < alone


def test_what_is_not_seen_takes_no_room():
    """A joiner and the marks around a value are in the text and not on the paper."""
    parts = glyphs.width("می") + glyphs.width("شود")

    assert glyphs.width("\u2068می\u200cشود\u2069") == pytest.approx(parts)
    assert glyphs.width("\u2068Ли\u2069") == glyphs.width("Ли")
