"""A time zone is named by its city, in the reader's language."""

import pytest
from django.utils.translation import override

from lms.zones import city


@pytest.mark.parametrize(
    ("language", "zone", "name"),
    [
        ("en", "Asia/Dushanbe", "Dushanbe"),
        ("ru", "Asia/Dushanbe", "Душанбе"),
        ("tg", "Asia/Dushanbe", "Душанбе"),
        ("ru", "Europe/Moscow", "Москва"),
        ("ru", "UTC", "UTC"),
        ("xx", "Europe/Vienna", "Vienna"),
    ],
)
def test_the_city_stands_in_the_readers_language(language, zone, name):
    with override(language):
        assert city(zone) == name
