"""An empty list with the headings every import understands."""

import csv
import io

LANGUAGES = {"ru": "Русский", "tg": "Тоҷикӣ", "en": "English"}
_HEADINGS = {
    "ru": "Ф.И.О.|Пол|Должность|Организация|Город/район|Телефон|Эл. почта|Категория",
    "tg": "Ному насаб|Ҷинс|Вазифа|Ташкилот|Шаҳр/ноҳия|Телефон|Почтаи электронӣ|Гурӯҳ",
    "en": "Full name|Sex|Position|Organisation|Place|Phone|E-mail|Audience",
}


def example_csv(language: str) -> str:
    """UTF-8 with the mark and the separator that Excel expects in this language."""
    text = io.StringIO()
    separator = "," if language == "en" else ";"
    csv.writer(text, delimiter=separator).writerow(_HEADINGS[language].split("|"))
    return "\ufeff" + text.getvalue()
