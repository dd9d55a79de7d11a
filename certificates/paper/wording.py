"""A certificate's dates, hours and shares, as each language of paper writes them."""

from datetime import date
from decimal import Decimal

from certificates.paper.labels import LABELS as LABELS

FALLBACK = "en"
RIGHT_TO_LEFT = {"fa", "ar", "ur", "ps"}
# Whose own script is Latin: there a name stands as it is in the passport.
LATIN = {"en", "uz"}

_MONTHS = {
    "en": "January February March April May June July August September October "
    "November December",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября "
    "ноября декабря",
    "tg": "январи феврали марти апрели майи июни июли августи сентябри октябри "
    "ноябри декабри",
    "uz": "yanvar fevral mart aprel may iyun iyul avgust sentabr oktabr noyabr dekabr",
    "ky": "январы февралы марты апрели майы июну июлу августу сентябры октябры "
    "ноябры декабры",
    "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша "
    "желтоқсан",
    "fa": "ژانویهٔ فوریهٔ مارس آوریل مهٔ ژوئن ژوئیهٔ اوت سپتامبر اکتبر نوامبر دسامبر",
}
_DATES = {
    "en": "{day} {month} {year}",
    "ru": "{day} {month} {year} г.",
    "tg": "{day} {month} соли {year}",
    "uz": "{year}-yil {day}-{month}",
    "ky": "{year}-жылдын {day}-{month}",
    "kk": "{year} жылғы {day} {month}",
    "fa": "{day} {month} {year}",
}
_HOURS = {
    "en": ("{hours} hour", "{hours} hours", "{hours} hours"),
    "ru": ("{hours} час", "{hours} часа", "{hours} часов"),
    "tg": ("{hours} соат",) * 3,
    "uz": ("{hours} soat",) * 3,
    "ky": ("{hours} саат",) * 3,
    "kk": ("{hours} сағат",) * 3,
    "fa": ("{hours} ساعت",) * 3,
}
_PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def labels(language: str) -> dict[str, str]:
    return LABELS.get(language, LABELS[FALLBACK])


def is_right_to_left(language: str) -> bool:
    return language in RIGHT_TO_LEFT


def day(value: date, language: str) -> str:
    """12 October 2026 · 12 октября 2026 г. · 12 октябри соли 2026"""
    return _date(str(value.day), value, language)


def days(first: date, last: date, language: str) -> str:
    """From one day to another; within a month only the days are said twice."""
    if first == last:
        return day(first, language)
    if (first.year, first.month) == (last.year, last.month):
        return _date(f"{first.day}–{last.day}", last, language)
    return f"{day(first, language)} – {day(last, language)}"


def hours(minutes: int, language: str) -> str:
    """1 hour · 1,5 часа · 20 соат; nothing for no minutes."""
    if not minutes:
        return ""
    amount = (Decimal(minutes) / 60).quantize(Decimal("0.1"))
    is_whole = amount == int(amount)
    text = str(int(amount)) if is_whole else str(amount)
    key = language if language in _HOURS else FALLBACK
    form = _plural(int(amount), key) if is_whole else 1
    if key not in (FALLBACK, "fa"):
        text = text.replace(".", ",")
    return _digits(_HOURS[key][form].format(hours=text), key)


def percent(text: str, language: str) -> str:
    """92.5% · 92,5 % · ۹۲٫۵٪; nothing for nothing."""
    if not text:
        return ""
    sign = {"fa": "٪", FALLBACK: "%"}.get(language, "\N{NO-BREAK SPACE}%")
    return number(text, language) + sign


def number(text: str, language: str) -> str:
    """4.5 · 4,5 · ۴٫۵"""
    if language not in (FALLBACK, "fa"):
        text = text.replace(".", ",")
    return _digits(text, language)


def _date(days_text: str, value: date, language: str) -> str:
    key = language if language in _DATES else FALLBACK
    month = _MONTHS[key].split()[value.month - 1]
    text = _DATES[key].format(day=days_text, month=month, year=value.year)
    return _digits(text, key)


def _digits(text: str, key: str) -> str:
    return text.translate(_PERSIAN).replace(".", "٫") if key == "fa" else text


def _plural(amount: int, key: str) -> int:
    """Which of three forms: 1 час, 2 часа, 5 часов."""
    if key != "ru":
        return 0 if amount == 1 else 1
    if amount % 10 == 1 and amount % 100 != 11:
        return 0
    if amount % 10 in (2, 3, 4) and amount % 100 not in (12, 13, 14):
        return 1
    return 2
