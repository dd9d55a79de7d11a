"""What a credential says in words, in each language of the paper.

They are frozen into every credential, so they come from no catalogue (as in `wording`).
"""

from certificates.paper.wording import FALLBACK

CRITERIA: dict[str, dict[str, str]] = {
    "completion": {
        "en": "Completed every required part of the course.",
        "ru": "Пройдены все обязательные части курса.",
        "tg": "Ҳамаи қисмҳои ҳатмии курс гузашта шуданд.",
        "uz": "Kursning barcha majburiy qismlari o‘tildi.",
        "ky": "Курстун бардык милдеттүү бөлүктөрү өтүлдү.",
        "kk": "Курстың барлық міндетті бөлімдері өтілді.",
        "fa": "همهٔ بخش‌های الزامی دوره گذرانده شد.",
    },
    "attendance": {
        "en": "Attended the sessions of the course.",
        "ru": "Посещены занятия курса.",
        "tg": "Дар машғулиятҳои курс иштирок карда шуд.",
        "uz": "Kurs mashg‘ulotlarida qatnashildi.",
        "ky": "Курстун сабактарына катышылды.",
        "kk": "Курс сабақтарына қатысылды.",
        "fa": "در جلسه‌های دوره شرکت کرده است.",
    },
    "distinction": {
        "en": "Completed every required part of the course with distinction.",
        "ru": "Все обязательные части курса пройдены с отличием.",
        "tg": "Ҳамаи қисмҳои ҳатмии курс бо аъло гузашта шуданд.",
        "uz": "Kursning barcha majburiy qismlari imtiyoz bilan o‘tildi.",
        "ky": "Курстун бардык милдеттүү бөлүктөрү артыкчылык менен өтүлдү.",
        "kk": "Курстың барлық міндетті бөлімдері үздік өтілді.",
        "fa": "همهٔ بخش‌های الزامی دوره با درجهٔ ممتاز گذرانده شد.",
    },
    "trainer": {
        "en": "Taught the course as a trainer.",
        "ru": "Преподавание курса в качестве тренера.",
        "tg": "Дар курс ба сифати тренер дарс дода шуд.",
        "uz": "Kursda trener sifatida dars berildi.",
        "ky": "Курста тренер катары сабак берилди.",
        "kk": "Курста тренер ретінде сабақ берілді.",
        "fa": "دوره را به‌عنوان مربی تدریس کرده است.",
    },
}
RESULT = {
    "en": "Result",
    "ru": "Результат",
    "tg": "Натиҷа",
    "uz": "Natija",
    "ky": "Жыйынтык",
    "kk": "Нәтиже",
    "fa": "نتیجه",
}


def criteria(kind: str, language: str) -> str:
    """What had to be done for it."""
    words = CRITERIA[kind]
    return words.get(language, words[FALLBACK])


def result(language: str) -> str:
    return RESULT.get(language, RESULT[FALLBACK])
