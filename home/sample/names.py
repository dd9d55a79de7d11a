"""Names for invented people, as people of the region write them."""

from random import Random

# Tajik and Russian spelling of the same name.
WOMEN = [
    ("Фирӯза", "Фируза"), ("Мадина", "Мадина"), ("Зарина", "Зарина"),
    ("Нигина", "Нигина"), ("Шаҳло", "Шахло"), ("Гулнора", "Гульнора"),
    ("Парвина", "Парвина"), ("Мавзуна", "Мавзуна"), ("Саодат", "Саодат"),
    ("Таҳмина", "Тахмина"), ("Дилафрӯз", "Дилафруз"), ("Ҷамила", "Джамиля"),
    ("Манижа", "Манижа"), ("Рухшона", "Рухшона"), ("Ситора", "Ситора"),
    ("Малика", "Малика"), ("Наргис", "Наргис"), ("Ҳусния", "Хусния"),
    ("Ойдин", "Ойдин"), ("Субҳия", "Субхия"), ("Шукрона", "Шукрона"),
    ("Фарангис", "Фарангис"),
]  # fmt: skip
MEN = [
    ("Фаррух", "Фаррух"), ("Рустам", "Рустам"), ("Далер", "Далер"),
    ("Шӯҳрат", "Шухрат"), ("Ҷамшед", "Джамшед"), ("Сӯҳроб", "Сухроб"),
    ("Комрон", "Комрон"), ("Ҷовид", "Джовид"), ("Баҳром", "Бахром"),
    ("Умед", "Умед"), ("Фирдавс", "Фирдавс"), ("Искандар", "Искандар"),
    ("Парвиз", "Парвиз"), ("Некрӯз", "Некруз"), ("Ҳофиз", "Хофиз"),
    ("Абдулло", "Абдулло"), ("Сироҷиддин", "Сироджиддин"), ("Қодир", "Кодир"),
    ("Ғайрат", "Гайрат"), ("Меҳрубон", "Мехрубон"), ("Ҷаҳонгир", "Джахонгир"),
    ("Баҳодур", "Баходур"),
]  # fmt: skip
# A family name as a man bears it; those in -зода and -ӣ are the same for women.
FAMILIES = [
    ("Раҳимов", "Рахимов"), ("Каримзода", "Каримзода"), ("Назарӣ", "Назари"),
    ("Шарифов", "Шарифов"), ("Ҳакимов", "Хакимов"), ("Юсуфӣ", "Юсуфи"),
    ("Мирзоев", "Мирзоев"), ("Саидов", "Саидов"), ("Қодиров", "Кодиров"),
    ("Ғафуров", "Гафуров"), ("Иброҳимзода", "Иброхимзода"), ("Ҷӯраев", "Джураев"),
    ("Давлатов", "Давлатов"), ("Одинаев", "Одинаев"), ("Холиқов", "Холиков"),
    ("Сафаров", "Сафаров"), ("Тоҳирӣ", "Тохири"), ("Раҷабов", "Раджабов"),
    ("Зокиров", "Зокиров"), ("Бобоев", "Бобоев"), ("Шодиев", "Шодиев"),
    ("Нуралӣ", "Нурали"), ("Аҳмадзода", "Ахмадзода"), ("Латифов", "Латифов"),
]  # fmt: skip
FATHERS = [
    ("Каримович", "Каримовна"), ("Рустамович", "Рустамовна"),
    ("Саидович", "Саидовна"), ("Холикович", "Холиковна"),
    ("Назарович", "Назаровна"), ("Бахромович", "Бахромовна"),
]  # fmt: skip
PERSIAN = {
    "f": [
        ("فاطمه", "Fatima"), ("مریم", "Maryam"), ("شیرین", "Shirin"),
        ("نرگس", "Nargis"), ("پروین", "Parvin"),
    ],
    "m": [
        ("فریدون", "Faridun"), ("رستم", "Rustam"), ("جمشید", "Jamshid"),
        ("سهراب", "Suhrab"), ("بهرام", "Bahram"),
    ],
}  # fmt: skip
PERSIAN_FAMILIES = [
    ("رحیمی", "Rahimi"), ("نظری", "Nazari"), ("شریفی", "Sharifi"),
    ("یوسفی", "Yusufi"), ("حکیمی", "Hakimi"),
]  # fmt: skip

LATIN = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "ғ": "gh", "д": "d", "е": "e",
        "ё": "yo", "ж": "zh", "з": "z", "и": "i", "ӣ": "i", "й": "y", "к": "k",
        "қ": "q", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
        "с": "s", "т": "t", "у": "u", "ӯ": "u", "ф": "f", "х": "kh", "ҳ": "h",
        "ч": "ch", "ҷ": "j", "ш": "sh", "ъ": "", "ь": "", "э": "e", "ю": "yu",
        "я": "ya",
    }
)  # fmt: skip

Name = tuple[str, str]


def latin(name: str) -> str:
    """The name in Latin letters: Ҷӯраев is Juraev."""
    return " ".join(word.lower().translate(LATIN).capitalize() for word in name.split())


def make_name(random: Random, sex: str, script: str) -> Name:
    """A name in its script and in Latin letters."""
    if script == "persian":
        return _persian(random, sex)
    tajik, russian = random.choice(WOMEN if sex == "f" else MEN)
    families = random.choice(FAMILIES)
    tajik_family, russian_family = (_family(name, sex) for name in families)
    if script == "russian":
        father = random.choice(FATHERS)[sex == "f"]
        written = latin(f"{tajik_family} {tajik}")
        return f"{russian_family} {russian} {father}", written
    if script == "latin":
        written = latin(f"{tajik} {tajik_family}")
        return written, written
    return f"{tajik_family} {tajik}", latin(f"{tajik_family} {tajik}")


def _persian(random: Random, sex: str) -> Name:
    given, family = random.choice(PERSIAN[sex]), random.choice(PERSIAN_FAMILIES)
    return f"{given[0]} {family[0]}", f"{given[1]} {family[1]}"


def _family(name: str, sex: str) -> str:
    return f"{name}а" if sex == "f" and name.endswith("в") else name
