"""Dates and hours as each language writes them."""

from datetime import date

import pytest

from certificates.paper import wording

DAY = date(2026, 10, 12)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "12 October 2026"),
        ("ru", "12 октября 2026 г."),
        ("tg", "12 октябри соли 2026"),
        ("uz", "2026-yil 12-oktabr"),
        ("ky", "2026-жылдын 12-октябры"),
        ("kk", "2026 жылғы 12 қазан"),
        ("fa", "۱۲ اکتبر ۲۰۲۶"),
        ("xx", "12 October 2026"),
    ],
)
def test_a_day_is_written_as_the_language_does(language, text):
    assert wording.day(DAY, language) == text


def test_a_persian_month_that_ends_in_a_vowel_is_joined_to_its_year():
    assert wording.day(date(2026, 2, 5), "fa") == "۵ فوریهٔ ۲۰۲۶"


@pytest.mark.parametrize(
    ("last", "text"),
    [
        (DAY, "12 октября 2026 г."),
        (date(2026, 10, 14), "12–14 октября 2026 г."),
        (date(2026, 11, 2), "12 октября 2026 г. – 2 ноября 2026 г."),
    ],
)
def test_days_of_one_month_name_it_once(last, text):
    assert wording.days(DAY, last, "ru") == text


@pytest.mark.parametrize(
    ("minutes", "language", "text"),
    [
        (0, "en", ""),
        (60, "en", "1 hour"),
        (90, "en", "1.5 hours"),
        (90, "ru", "1,5 часа"),
        (60, "ru", "1 час"),
        (180, "ru", "3 часа"),
        (660, "ru", "11 часов"),
        (1260, "ru", "21 час"),
        (1200, "tg", "20 соат"),
        (720, "fa", "۱۲ ساعت"),
    ],
)
def test_hours_have_the_right_plural(minutes, language, text):
    assert wording.hours(minutes, language) == text


def test_every_language_has_every_label_and_twelve_months():
    for language in wording.LABELS:
        assert set(wording.labels(language)) == set(wording.LABELS["en"])
        assert len(wording._MONTHS[language].split()) == 12


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "92.5%"),
        ("ru", "92,5\xa0%"),
        ("tg", "92,5\xa0%"),
        ("uz", "92,5\xa0%"),
        ("fa", "۹۲٫۵٪"),
    ],
)
def test_a_share_is_written_as_its_language_writes_numbers(language, text):
    assert wording.percent("92.5", language) == text
    assert wording.percent("", language) == ""
