"""Invented organisations that send people, and what these people do there."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Employer:
    """`regions` are those whose people it sends."""

    name: str
    sector: str
    regions: tuple[str, ...]
    country: str = "TJ"


HOME = ("dushanbe", "sughd", "khatlon", "drs", "gbao")

EMPLOYERS = [
    Employer("Шуъбаи корҳои дохилии ноҳияи Чашмасор", "police", ("sughd",)),
    Employer("Раёсати корҳои дохилии шаҳри Навбаҳор", "police", ("dushanbe", "drs")),
    Employer("Шуъбаи корҳои дохилии ноҳияи Пахтазор", "police", ("khatlon",)),
    Employer("Гузаргоҳи сарҳадии «Сангтеппа»", "police", ("gbao", "khatlon")),
    Employer("Прокуратураи ноҳияи Чашмасор", "prosecutors", ("sughd", "khatlon")),
    Employer("Прокуратураи шаҳри Навбаҳор", "prosecutors", ("dushanbe", "drs", "gbao")),
    Employer("Суди ноҳияи Пахтазор", "judges", ("khatlon", "sughd")),
    Employer("Суди шаҳри Навбаҳор", "judges", ("dushanbe", "drs", "gbao")),
    Employer("Ташкилоти ҷамъиятии «Чароғи роҳ»", "ngo", ("gbao", "drs")),
    Employer("Ташкилоти ҷамъиятии «Дасти ёр»", "ngo", ("sughd", "khatlon")),
    Employer("Общественная организация «Тёплый дом»", "ngo", HOME),
    Employer("Консульство в Северогорске", "consulate", ("abroad",), "RU"),
    Employer("Consulate in Port Selim", "consulate", ("abroad",), "TR"),
    Employer("Консулгарӣ дар шаҳри Аксой", "consulate", ("abroad",), "KZ"),
    Employer("Донишкадаи ҳуқуқи Навбаҳор", "law_students", HOME),
    Employer("Rishta Diaspora Association", "diaspora", ("abroad",), "DE"),
    Employer("Землячество «Мехрубонӣ»", "diaspora", ("abroad",), "RU"),
]

# By audience: in Tajik, Russian and English.
POSITIONS = {
    "police": ("нозир", "оперуполномоченный", "police officer"),
    "prosecutors": ("ёрдамчии прокурор", "помощник прокурора", "prosecutor"),
    "judges": ("судя", "судья", "judge"),
    "ngo": ("корманди иҷтимоӣ", "социальный работник", "caseworker"),
    "consulate": ("вице-консул", "вице-консул", "vice-consul"),
    "law_students": ("донишҷӯи курси 4", "студент 4 курса", "student, 4th year"),
    "diaspora": ("ихтиёрӣ", "волонтёр", "volunteer"),
}


def employer_for(audience: str, region: str, place: int) -> Employer:
    """Who sends this one of the people of an audience and region."""
    senders = [one for one in EMPLOYERS if one.sector == audience]
    near = [one for one in senders if region in one.regions] or senders
    return near[place % len(near)]
