"""Which column of a list of sessions holds what: English, Russian and Tajik."""

import re

from lms.roster.folding import fold_word

_HEADINGS = {
    "on": "date; day; дата; день; число; дата занятия; сана; рӯз; таърих; санаи дарс",
    "at": """
        time; start; start time; begins; from; starts; starts at
        время; начало; время начала; начинается; с
        вақт; соат; оғоз; вақти оғоз; аз; ибтидо
    """,
    "end": """
        end; end time; ends; until; to; ends at
        конец; окончание; время окончания; до; заканчивается
        анҷом; охир; вақти анҷом; то; хотима
    """,
    "minutes": """
        minutes; min; length; duration; length in minutes
        минут; минуты; мин; длительность; продолжительность
        дақиқа; давомнокӣ; дарозӣ
    """,
    "title": """
        title; topic; session; subject; theme; name; lesson
        название; тема; занятие; урок; предмет
        мавзӯъ; мавзуъ; ном; номи машғулият; машғулият; дарс; унвон
    """,
    "place": """
        place; room; venue; location; hall; classroom
        место; аудитория; зал; кабинет; помещение; адрес
        ҷой; ҷой; макон; утоқ; толор; синфхона
    """,
    "link": "link; url; web address; ссылка; адрес встречи; пайванд; истинод; суроға",
    "is_required": """
        required; counts; counts for attendance; mandatory
        обязательно; обязательное; учитывается
        ҳатмӣ; ҳисоб мешавад
    """,
    "uid": "uid; id; идентификатор; рамз",
}
_KNOWN = {
    fold_word(heading): field
    for field, headings in _HEADINGS.items()
    for heading in re.split(r"[;\n]", headings)
    if heading.strip()
}
_IN_BRACKETS = re.compile(r"\([^)]*\)")
_YES = {"yes", "y", "да", "ҳа", "ха", "+", "1", "true", "x", "х"}
_NO = {"no", "n", "нет", "не", "-", "0", "false"}


def field_of(title: str) -> str:
    """What a column with this heading holds; "" for what nobody needs."""
    for variant in (title, _IN_BRACKETS.sub("", title), *re.split(r"[/|,]", title)):
        field = _KNOWN.get(fold_word(variant))
        if field:
            return field
    return ""


def yes_or_no(text: str) -> bool | None:
    """None for a word that says neither."""
    word = text.strip().casefold()
    if word in _YES:
        return True
    return False if word in _NO else None
