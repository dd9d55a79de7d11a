"""Words, places and phones of the lists, in three languages."""

import pytest

from courses.models import Audience
from lms.forms.roster import Field
from lms.models import Organisation, Person, Region, Sex
from lms.roster import words
from lms.roster.columns import FIELDS, field_of
from lms.roster.phones import phone_of
from lms.roster.places import _REGIONS, region_of
from lms.roster.rows import LONGEST


@pytest.mark.parametrize(
    ("text", "sex"),
    [
        ("ж", "f"),
        ("Ж", "f"),
        ("жен.", "f"),
        ("F", "f"),
        ("female", "f"),
        ("зан", "f"),
        ("м", "m"),
        ("М", "m"),
        ("m", "m"),
        ("муж.", "m"),
        ("мард", "m"),
        ("м/ж", None),
        ("1", None),
        ("", None),
    ],
)
def test_a_sex_is_understood(text, sex):
    assert words.sex_of(text) == sex


@pytest.mark.parametrize(
    ("text", "audience"),
    [
        ("сотр. милиции", "police"),
        ("Милиция", "police"),
        ("корманди милитсия", "police"),
        ("Law-enforcement officers", "police"),
        ("прокуратура", "prosecutors"),
        ("суд", "judges"),
        ("судя", "judges"),
        ("НПО", "ngo"),
        ("ТҒҲ", "ngo"),
        ("консульство", "consulate"),
        ("консулгарӣ", "consulate"),
        ("студент-юрист", "law_students"),
        ("донишҷӯи ҳуқуқ", "law_students"),
        ("диаспора", "diaspora"),
        ("студент", None),
        ("эксперт", None),
    ],
)
def test_an_audience_is_understood(text, audience):
    assert words.audience_of(text) == audience


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("Худжанд", "sughd"),
        ("Khujand", "sughd"),
        ("Истаравшан", "sughd"),
        ("Бустон", "sughd"),
        ("Bustom", "sughd"),
        ("Конибодом", "sughd"),
        ("Канибадам", "sughd"),
        ("Исфара", "sughd"),
        ("Гулистон", "sughd"),
        ("Ayni", "sughd"),
        ("Kulob", "khatlon"),
        ("ш. Кӯлоб", "khatlon"),
        ("Hisor", "drs"),
        ("Tajikabad", "drs"),
        ("ноҳияи Рӯдакӣ", "drs"),
        ("Khorog", "gbao"),
        ("г. Хорог, ГБАО", "gbao"),
        ("Душанбе", "dushanbe"),
        ("г.Душанбе, р-н Сино", "dushanbe"),
        ("Khujand, Tajikistan", "sughd"),
        ("за рубежом", "abroad"),
        ("abroad", "abroad"),
        ("Türkiye", "abroad"),
        ("Российская Федерация", "abroad"),
        ("Душанбе / Худжанд", None),
        ("Tajikistan", None),
        ("Где-то", None),
    ],
)
def test_a_place_lies_in_its_region(text, region):
    assert region_of(text) == region


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("+992 00 000 11 01", "+992000001101"),
        ("000001102", "+992000001102"),
        ("00-000-11-04", "+992000001104"),
        ("+7 000 000 00 17", "+70000000017"),
        ("12", None),
        ("у секретаря", None),
        ("90 123 45 67 доб. 12", None),
    ],
)
def test_a_phone_has_one_form_or_stays_as_typed(text, number):
    assert phone_of(text) == number


@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("Ф.И.О.", "name"),
        ("ФИО / Name", "name"),
        ("Фамилия, имя, отчество (полностью)", "name"),
        ("Ному насаб", "name"),
        ("ҶИНС", "sex"),
        ("Эл.почта", "email"),
        ("Место работы", "organisation"),
        ("Mission", "organisation"),
        ("Country", "place"),
        ("Категория", "audience"),
        ("№", ""),
        ("Date of birth", ""),
    ],
)
def test_a_heading_says_what_its_column_holds(title, field):
    assert field_of(title, {}) == field


def test_the_codes_are_those_of_the_records():
    assert set(words._SEXES) == set(Sex.values)
    assert set(words._AUDIENCES) == set(Audience.values)
    assert set(_REGIONS) == set(Region.values)
    assert tuple(Field.values) == FIELDS


@pytest.mark.parametrize("audience", Audience)
def test_the_words_of_the_records_are_understood_themselves(audience):
    assert words.audience_of(audience.value) == audience.value
    assert words.audience_of(str(audience.label)) == audience.value


def test_the_longest_texts_are_those_of_the_records():
    columns = {
        "name": Person._meta.get_field("legal_name"),
        "position": Person._meta.get_field("position"),
        "organisation": Organisation._meta.get_field("name"),
        "email": Person._meta.get_field("email"),
        "phone": Person._meta.get_field("phone"),
    }

    assert {name: column.max_length for name, column in columns.items()} == LONGEST
