"""CE-28: every letter of the paper is in a bundled font, or it is named."""

import pytest

from certificates import glyphs


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


def test_letters_no_font_has_are_listed_once_and_in_order():
    """CE-28"""
    assert glyphs.missing("Ким 김 😀 김") == ["김", "😀"]


def test_a_letter_is_named_in_words_and_a_control_character_by_its_number():
    assert glyphs.named("김") == "“김” (HANGUL SYLLABLE GIM)"
    assert glyphs.named("\x07") == "U+0007"
    assert glyphs.missing("A\x07") == ["\x07"]


def test_letters_written_with_a_separate_mark_count_as_one():
    assert glyphs.missing("И\u0306ӣ") == []
