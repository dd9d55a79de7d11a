"""Words for a sex and for an audience in Russian, Tajik and English.

The codes are those of `lms.models.Sex` and `courses.models.Audience`.
"""

import re

from .folding import fold_word

_SEXES = {
    "f": """
        ж; жен; женский; женщина; женск; з; зан; занона; аёл
        f; fem; female; w; woman; women; زن
    """,
    "m": """
        м; муж; мужской; мужчина; мужск; мард; мардона
        m; male; man; men; مرد
    """,
}
_AUDIENCES = {
    "police": """
        police; law enforcement; law-enforcement officers; law enforcement officer
        law-enforcement; police officer; police officers; officer; militia
        милиция; сотр. милиции; сотрудник милиции; сотрудники милиции; полиция
        сотр. полиции; сотрудник полиции; работник милиции; мвд; увд; овд; умвд; омвд
        сотр. мвд; сотр. овд; сотр. увд; сотрудник мвд; сотрудник овд; сотрудник увд
        правоохранительные органы; сотр. правоохранительных органов
        сотрудник правоохранительных органов; сотрудники правоохранительных органов
        милитсия; милиса; полис; корманди милитсия; корманди полис; вкд; швкд
        корманди вкд; мақомоти ҳифзи ҳуқуқ; корманди мақомоти ҳифзи ҳуқуқ
        кормандони мақомоти ҳифзи ҳуқуқ; корманди милиса
    """,
    "prosecutors": """
        prosecutor; prosecutors; prosecution; prosecutor's office; procuracy
        прокурор; прокуроры; прокуратура; сотр. прокуратуры; сотрудник прокуратуры
        работник прокуратуры; работники прокуратуры; сотрудники прокуратуры
        прокурорҳо; додситон; додситонӣ; корманди прокуратура; кормандони прокуратура
    """,
    "judges": """
        judge; judges; judiciary; court
        судья; судьи; суд; судебные органы; судейский корпус
        судя; судяҳо; додгоҳ; қозӣ
    """,
    "ngo": """
        ngo; ngos; ngo staff; ngo worker; civil society; cso; non-governmental
        non-governmental organisation; non-governmental organization
        нпо; сотр. нпо; сотрудник нпо; сотрудники нпо; работник нпо; представитель нпо
        неправительственная организация; общественная организация; оо
        гражданское общество
        тғҳ; ташкилоти ғайриҳукуматӣ; корманди тғҳ; кормандони тғҳ
        корманди ташкилоти ғайриҳукуматӣ; ташкилоти ҷамъиятӣ; ҷомеаи шаҳрвандӣ
    """,
    "consulate": """
        consulate; consulates; consulate staff; consul; consular staff; consular officer
        embassy; embassy staff; diplomat; diplomats
        консульство; консул; сотр. консульства; сотрудник консульства; посольство
        сотрудники консульств; сотрудники консульства; консульский работник
        сотр. посольства; сотрудник посольства; дипломат; работник консульства
        консулгарӣ; корманди консулгарӣ; кормандони консулгарӣ; сафорат
        корманди сафорат; консулхона; кормандони консулгариҳо
    """,
    "law_students": """
        law student; law students; student of law; law_students
        студент-юрист; студентка-юрист; студенты-юристы; студент юрфака
        студентка юрфака; студенты юрфака; студент юридического факультета
        студенты юридических факультетов
        донишҷӯи ҳуқуқ; донишҷӯи ҳуқуқшинос; донишҷӯ-ҳуқуқшинос; донишҷӯёни ҳуқуқшинос
        донишҷӯи факултаи ҳуқуқшиносӣ; донишҷӯёни факултаи ҳуқуқшиносӣ
        донишҷӯи факултети ҳуқуқшиносӣ; донишҷӯёни ҳуқуқ
    """,
    "diaspora": """
        diaspora; diaspora member; diaspora members; member of the diaspora
        диаспора; член диаспоры; члены диаспоры; представитель диаспоры
        представители диаспоры; представитель диаспор
        аъзои диаспора; намояндаи диаспора; намояндагони диаспора
    """,
}


def _index(words: dict[str, str]) -> dict[str, str]:
    return {
        fold_word(word): code
        for code, text in words.items()
        for word in re.split(r"[;\n]", text)
        if word.strip()
    }


_SEX_OF = _index(_SEXES)
_AUDIENCE_OF = _index(_AUDIENCES)


def sex_of(text: str) -> str | None:
    """ "f" or "m"; None for a word that is neither."""
    return _SEX_OF.get(fold_word(text))


def audience_of(text: str) -> str | None:
    """The audience's code; None for a word that nobody mapped."""
    return _AUDIENCE_OF.get(fold_word(text))
