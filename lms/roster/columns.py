"""Which column holds what: headings in Russian, Tajik and English."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from courses.tables.sheets import Line, Sheet

from .folding import fold_word

NAME_FIELDS = ("name", "surname", "given_name", "patronymic")
FIELDS = (
    *NAME_FIELDS,
    "sex",
    "position",
    "organisation",
    "place",
    "phone",
    "email",
    "audience",
)

_HEADINGS = {
    "name": """
        ф.и.о.; фио; фио участника; фио полностью; имя; полное имя; участник;
        фамилия имя отчество; фамилия, имя; фамилия и имя; имя и фамилия; имя фамилия
        ному насаб; насаб, ном; насаб ва ном; насаб, ном ва номи падар; н.н.п.; ннп
        номи пурра; ном, насаб; ному насаби иштирокчӣ; иштирокчӣ
        name; full name; name and surname; surname and name; participant
        participant name; name of participant; first and last name
    """,
    "surname": "фамилия; насаб; surname; last name; family name",
    "given_name": "имена; ном; first name; given name; given names; forename",
    "patronymic": "отчество; номи падар; patronymic; middle name; father's name",
    "sex": "пол; ҷинс; жинс; sex; gender; м/ж; ж/м; m/f; f/m",
    "position": """
        должность; звание, должность; должность, звание; занимаемая должность
        звание; профессия; вазифа; мансаб; вазифа, рутба; рутба; касб; касбу кор
        position; job title; title; function; rank; post; occupation; role
    """,
    "organisation": """
        организация; учреждение; место работы; ведомство; орган; название организации
        место работы/учебы; место работы, учебы; компания; предприятие; орган власти
        ташкилот; муассиса; ҷойи кор; ҷои кор; идора; номи ташкилот; мақомот
        organisation; organization; institution; employer; agency; mission; company
        place of work; workplace; office; affiliation; name of organisation
    """,
    "place": """
        город/район; город; район; город, район; место; область; регион; страна; адрес
        населенный пункт; место жительства; место проживания; город/страна
        шаҳр/ноҳия; шаҳр; ноҳия; шаҳру ноҳия; вилоят; минтақа; кишвар; ҷой; суроға
        ҷойи зист; ҷои зист; маҳалли зист
        place; city; town; district; city/district; region; country; location; province
        duty station; residence; address; country of residence; city/country
    """,
    "phone": """
        телефон; тел.; номер телефона; моб. телефон; мобильный; мобильный телефон
        контактный телефон; сотовый; сотовый телефон; контакты; раб. телефон; № тел.
        рақами телефон; телефони мобилӣ; телефони дастӣ; рақами тел.
        phone; telephone; mobile; mobile phone; phone number; tel.; cell; cell phone
        telephone number; contact number; phone no.; whatsapp
    """,
    "email": """
        эл. почта; электронная почта; почта; эл. адрес; электронный адрес; имейл; емейл
        почтаи электронӣ; суроғаи электронӣ; нишонии электронӣ; почтаи эл.
        e-mail; email; e-mail address; email address; mail
    """,
    "audience": """
        категория; категория участника; аудитория; группа; сфера; целевая группа; сектор
        гурӯҳ; гурӯҳи мақсаднок; соҳа; категорияи иштирокчӣ; табақа
        audience; category; group; sector; target group; participant category
    """,
}
_KNOWN = {
    fold_word(heading): field
    for field, headings in _HEADINGS.items()
    for heading in re.split(r"[;\n]", headings)
    if heading.strip()
}
_IN_BRACKETS = re.compile(r"\([^)]*\)")
# Titles and logos stand above the headings; nobody writes a page of them.
_LOOKED_AT = 60


@dataclass(frozen=True)
class Headings:
    """The line of column headings in one sheet."""

    number: int
    titles: tuple[str, ...]
    fields: tuple[str, ...]

    @property
    def has_name(self) -> bool:
        return any(field in NAME_FIELDS for field in self.fields)

    def columns_of(self, field: str) -> list[int]:
        return [place for place, name in enumerate(self.fields) if name == field]


def field_of(title: str, remembered: Mapping[str, str]) -> str:
    """What a column with this heading holds; "" for what nobody needs or knows."""
    key = title_key(title)
    if key in remembered:
        return remembered[key] if remembered[key] in FIELDS else ""
    for variant in (title, _IN_BRACKETS.sub("", title), *re.split(r"[/|]", title)):
        if fold_word(variant) in _KNOWN:
            return _KNOWN[fold_word(variant)]
    return ""


def title_key(title: str) -> str:
    """Under what a heading is remembered."""
    return " ".join(title.casefold().split())


def find_headings(sheet: Sheet, remembered: Mapping[str, str]) -> Headings | None:
    """The first line that names a column of people, or at least two known columns."""
    second_best = None
    for line in sheet.lines[:_LOOKED_AT]:
        headings = _as_headings(line, remembered)
        known = len({field for field in headings.fields if field})
        if headings.has_name and known >= min(2, len([t for t in line.cells if t])):
            return headings
        if known >= 2 and second_best is None:
            second_best = headings
    return second_best


def _as_headings(line: Line, remembered: Mapping[str, str]) -> Headings:
    fields = tuple(field_of(title, remembered) if title else "" for title in line.cells)
    return Headings(line.number, line.cells, _whole_name(fields))


def _whole_name(fields: tuple[str, ...]) -> tuple[str, ...]:
    """Beside "Фамилия" the heading "Имя" means the given name alone."""
    if "surname" not in fields or "name" not in fields:
        return fields
    return tuple("given_name" if field == "name" else field for field in fields)


def clean_mapping(columns: object) -> dict[str, str]:
    """A remembered mapping as it must be, whatever was stored or posted."""
    if not isinstance(columns, Mapping):
        return {}
    pairs: Iterable[tuple[object, object]] = columns.items()
    return {
        title_key(str(title)): str(field)
        for title, field in pairs
        if field == "" or field in FIELDS
    }
