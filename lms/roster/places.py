"""From a town, district or country to the region of the reports.

The codes are those of `lms.models.Region`.
"""

import re
from functools import cache

from babel import Locale

from .folding import fold_word

_REGIONS = {
    "dushanbe": """
        Душанбе; Душанбеи; Dushanbe; Сино; Sino; Фирдавси; Firdavsi; Шохмансур
        Shohmansur; Исмоили Сомони; Ismoili Somoni; И. Сомони
    """,
    "sughd": """
        Согд; Согдийская; Суғд; Sughd; Sogd; Soghd; Ленинабадская
        Худжанд; Хуҷанд; Ходжент; Khujand; Khudjand; Khojand
        Истаравшан; Ура-Тюбе; Istaravshan; Бустон; Бӯстон; Buston; Bustom; Бустом
        Чкаловск; Канибадам; Конибодом; Конибадам; Konibodom; Kanibadam
        Исфара; Isfara; Гулистон; Guliston; Кайраккум; Қайроққум; Kayrakkum
        Пенджикент; Панҷакент; Panjakent; Penjikent; Айни; Айнӣ; Ayni; Aini
        Истиклол; Истиқлол; Istiqlol; Истиклоль; Табошар; Taboshar; Ашт; Asht; Шайдон
        Горная Матча; Кӯҳистони Мастчоҳ; Kuhistoni Mastchoh; Матча; Мастчоҳ; Mastchoh
        Матчинский; Б. Гафуров; Бободжон Гафуров; Бобоҷон Ғафуров; Б. Ғафуров; Гафуров
        Ғафуров; Bobojon Ghafurov; B. Ghafurov; Ghafurov; Gafurov
        Дж. Расулов; Джаббор Расулов; Ҷаббор Расулов; Ҷ. Расулов; Jabbor Rasulov
        J. Rasulov; Деваштич; Devashtich; Ганчи; Ғончӣ; Зафарабад; Зафаробод; Zafarobod
        Спитамен; Spitamen; Шахристан; Шаҳристон; Shahriston; Навкат; Адрасман
    """,
    "khatlon": """
        Хатлон; Хатлонская; Khatlon; Бохтар; Bokhtar; Курган-Тюбе; Қӯрғонтеппа
        Qurghonteppa; Kurgan-Tube; Kurgan-Tyube; Куляб; Кӯлоб; Kulob; Kulyab
        Левакант; Levakant; Сарбанд; Нурек; Норак; Norak; Nurek
        Дангара; Данғара; Danghara; Dangara; Фархор; Farkhor; Хамадони; Ҳамадонӣ
        Hamadoni; М. С. А. Хамадони; Мир Сайид Алии Ҳамадонӣ; Восе; Восеъ; Vose
        Яван; Ёвон; Yovon; Yavan; Вахш; Vakhsh; Джами; Ҷомӣ; Абдурахмони Джами
        Абдураҳмони Ҷомӣ; А. Джами; А. Ҷомӣ; Jomi; Jami; Abdurahmoni Jomi
        Хуросон; Khuroson; Кушониён; Кушониян; Kushoniyon; Бохтарский
        Джайхун; Ҷайҳун; Jayhun; Кумсангир; Қумсангир; Qumsangir
        Пяндж; Панҷ; Panj; Pyanj; Шахритуз; Шаҳритус; Shahritus; Shahrituz
        Кабодиён; Қубодиён; Кубодиён; Кабадиан; Qubodiyon; Kabodiyon
        Носири Хусрав; Носир Хусрав; Nosiri Khusrav; Дусти; Дӯстӣ; Dusti; Джиликуль
        Дж. Балхи; Балхи; Балхӣ; Ҷалолиддини Балхӣ; Ҷ. Балхӣ; Balkhi; Jaloliddin Balkhi
        Руми; Темурмалик; Temurmalik; Бальджуван; Балҷувон; Baljuvon; Ховалинг
        Khovaling; Муминабад; Мӯъминобод; Муминобод; Muminobod; Шамсиддин Шохин
        Шамсиддини Шоҳин; Ш. Шохин; Ш. Шоҳин; Shamsiddin Shohin; Shamsiddini Shohin
        Шуроабад; Шӯробод; Калининабад
    """,
    "drs": """
        РРП; Районы республиканского подчинения; DRS; RRS; НТҶ; НТМ; ННТҶ
        Districts of Republican Subordination; Ноҳияҳои тобеи ҷумҳурӣ
        Ноҳияҳои тобеи марказ; Гиссар; Ҳисор; Hisor; Hissar; Gissar
        Турсунзаде; Турсунзода; Tursunzoda; Tursunzade; Вахдат; Ваҳдат; Vahdat; Vakhdat
        Рогун; Роғун; Roghun; Rogun; Рудаки; Рӯдакӣ; Rudaki; Шахринав; Шаҳринав
        Shahrinav; Файзабад; Файзобод; Faizobod; Fayzobod; Варзоб; Varzob
        Рашт; Rasht; Гарм; Ғарм; Gharm; Нурабад; Нуробод; Nurobod; Таджикабад
        Тоҷикобод; Tojikobod; Tajikabad; Лахш; Lakhsh; Джиргаталь; Ҷиргатол; Jirgatol
        Сангвор; Sangvor; Тавильдара; Тавилдара; Tavildara; Сомониён; Somoniyon
    """,
    "gbao": """
        ГБАО; Горно-Бадахшанская автономная; Горный Бадахшан; Бадахшан; GBAO
        Gorno-Badakhshan; ВМКБ; Вилояти Мухтори Кӯҳистони Бадахшон; Бадахшон
        Кӯҳистони Бадахшон; Хорог; Хоруғ; Khorog; Khorugh; Khorogh
        Мургаб; Мурғоб; Murghob; Murgab; Дарваз; Дарвоз; Darvoz; Ванч; Вандж; Ванҷ
        Vanj; Рушан; Рӯшон; Rushon; Rushan; Шугнан; Шуғнон; Shughnon; Shugnan
        Рошткала; Роштқалъа; Roshtqala; Ишкашим; Ишкошим; Ishkoshim; Ishkashim
        Калаи-Хумб; Қалъаи Хумб; Kalai-Khumb
    """,
    "abroad": """
        за рубежом; за рубеж; зарубежье; за границей; заграница; зарубежная страна
        хориҷа; дар хориҷа; хориҷи кишвар; дар хориҷи кишвар; берун аз кишвар
        abroad; overseas; foreign country; outside Tajikistan
        РФ; США; США (Америка); ОАЭ; КНР; РК; РУз; КР; Англия; Южная Корея; Корея
        UAE; USA; U.S.; UK; Emirates; Turkey; Russia; Russian Federation; England
        South Korea; Korea; Российская Федерация; Федератсияи Россия; Федератсияи Русия
        Россия; Русия; Туркия; Қазоқистон; Қирғизистон; Ӯзбекистон; Эрон; Чин; ИМА
    """,
}
# Abbreviations first; letters as `_without_kind` leaves them.
_KIND = re.compile(
    r"""(?<!\w)(?:
    р-н|г|гор|город|пгт|пос|поселок|с|село|дер|рн|район|обл|область|джамоат
    |шахри|шахр|ш|нохияи|нохия|н|вилояти|вилоят|дехаи|деха|деххот|чамоати|чамоат
    |city|town|district|region|province|oblast|raion|village|of|the
    )\b\.?""",
    re.VERBOSE,
)
_PARTS = re.compile(r"[,;/()]| - | – | — ")


def region_of(text: str) -> str | None:
    """The region a place lies in; None for an unknown one or for two at once."""
    whole = _lookup(text)
    if whole:
        return whole
    found = {region for part in _PARTS.split(text) if (region := _lookup(part))}
    return found.pop() if len(found) == 1 else None


def _lookup(part: str) -> str | None:
    known = _region_index()
    return known.get(fold_word(part)) or known.get(fold_word(_without_kind(part)))


def _without_kind(part: str) -> str:
    """ "г. Худжанд" and "ноҳияи Рӯдакӣ" without the word for what it is."""
    plain = part.casefold().translate(str.maketrans("ғӣқӯҳҷё", "гикухче"))
    return _KIND.sub(" ", plain)


@cache
def _region_index() -> dict[str, str]:
    index = {fold_word(country): "abroad" for country in _countries()}
    for region, towns in _REGIONS.items():
        for town in re.split(r"[;\n]", towns):
            if town.strip():
                index[fold_word(town)] = region
    return index


def _countries() -> list[str]:
    """Every other country by its name in English, Russian and Tajik."""
    names = (Locale.parse(language).territories for language in ("en", "ru", "tg"))
    return [
        name
        for territories in names
        for code, name in territories.items()
        if code.isalpha() and code not in ("TJ", "ZZ", "EU", "EZ", "UN", "QO")
    ]
