"""Which column of a table of questions holds what, in English, Russian and Tajik."""

import re
from dataclasses import dataclass

from courses.tables.sheets import Line, Sheet

_HEADINGS = {
    "question": """
        question; question text; text of the question; stem
        вопрос; текст вопроса; задание; савол; матни савол; супориш
    """,
    "kind": "kind; type; question type; вид; тип; тип вопроса; навъ; навъи савол",
    "name": "name; id; idnumber; code; title; имя; код; название; ном; рамз; унвон",
    "category": """
        category; shelf; subject; topic; категория; раздел; тема; мавзӯъ; бахш; фасл
    """,
    "language": "language; lang; язык; забон",
    "right": """
        right; right answer; correct; correct answer; answer; key; answers
        правильный ответ; верный ответ; ответ; ответы; правильно; верно; ключ
        ҷавоби дуруст; ҷавоб; дуруст; калид
    """,
    "tolerance": "tolerance; plus or minus; допуск; погрешность; таҳаммул; фарқ",
    "explanation": """
        explanation; feedback; general feedback; comment
        пояснение; объяснение; комментарий; обратная связь; шарҳ; тавзеҳ; эзоҳ
    """,
    "difficulty": "difficulty; level; сложность; уровень; душворӣ; дараҷа",
    "country": "country; jurisdiction; страна; юрисдикция; кишвар",
    "tags": "tags; tag; метки; теги; тамғаҳо; нишонаҳо",
}
_CHOICE = re.compile(
    r"(?:choice|option|answer|variant|вариант|ответ|вариант ответа|варианти|ҷавоби"
    r"|интихоби)?\s?(?:\d{1,2}|[a-jа-к])"
)
_KINDS = {
    "choices": """
        single; multiple; choice; single choice; multiple choice; multichoice; mc
        один ответ; несколько ответов; выбор; интихоб; якҷавоба; бисёрҷавоба
    """,
    "true_false": """
        true false; true or false; tf; truefalse; верно неверно; да нет
        дуруст нодуруст; ҳа не
    """,
    "numeric": "numeric; number; numerical; число; числовой; рақам; адад",
    "short_answer": """
        short answer; short; text; typed; shortanswer; краткий ответ; короткий ответ
        ҷавоби кӯтоҳ
    """,
    "open": """
        open; essay; open answer; эссе; открытый; открытый ответ; развёрнутый ответ
        развернутый ответ; кушода; ҷавоби кушода; ҷавоби муфассал
    """,
}
_TRUTHS = {
    True: "true; t; yes; верно; да; истина; правда; дуруст; ҳа; рост",
    False: "false; f; no; неверно; нет; ложь; нодуруст; не; дурӯғ; нодуруст аст",
}
_LOOKED_AT = 20


@dataclass(frozen=True)
class Headings:
    number: int
    titles: tuple[str, ...]
    fields: tuple[str, ...]

    def columns_of(self, field: str) -> list[int]:
        return [place for place, name in enumerate(self.fields) if name == field]


def find_headings(sheet: Sheet) -> Headings | None:
    """The first line that names the question's column and one of an answer's."""
    for line in sheet.lines[:_LOOKED_AT]:
        headings = _as_headings(line)
        if "question" in headings.fields and {"right", "choice"} & {*headings.fields}:
            return headings
    return None


def kind_of(text: str) -> str | None:
    return _KIND_OF.get(_folded(text))


def truth_of(text: str) -> bool | None:
    return {"True": True, "False": False}.get(_TRUTH_OF.get(_folded(text), ""))


def _as_headings(line: Line) -> Headings:
    titles = tuple(_folded(cell) for cell in line.cells)
    return Headings(line.number, titles, tuple(map(_field, titles)))


def _field(title: str) -> str:
    if title in _FIELD_OF:
        return _FIELD_OF[title]
    return "choice" if _CHOICE.fullmatch(title) else ""


def _folded(text: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", text.casefold()[:80]).split())


def _index(words: dict[str, str]) -> dict[str, str]:
    return {
        _folded(word): key
        for key, text in words.items()
        for word in re.split(r"[;\n]", text)
        if word.strip()
    }


_FIELD_OF = _index(_HEADINGS)
_KIND_OF = _index(_KINDS)
_TRUTH_OF = _index({str(key): text for key, text in _TRUTHS.items()})
