"""Contents of certificates that nobody holds, and what their paper says."""

import re
import subprocess
from importlib import import_module
from typing import NamedTuple

from certificates.content import Content
from certificates.paper import wording

LANGUAGES = ["en", "ru", "tg", "uz", "ky", "kk", "fa"]
THEMES = ["guilloche", "plain", "bilingual", "statement"]
TEXTS = {"title": "Certificate", "presented": "Awarded to", "deed": "for completing"}
# What a new site's templates say, read where they are made.
FIRST = import_module("certificates.migrations.0003_default_template").TEXTS
OTHERS = import_module("certificates.migrations.0010_four_themes").TEMPLATES


def make_content(theme="guilloche", **fields) -> Content:
    content = {
        "language": "en",
        "holder": "Раҳимова Зебунисо",
        "holder_latin": "Rahimova Zebuniso",
        "course": {"en": "First contact", "ru": "Первый контакт"},
        "level": {"en": "Foundation"},
        "minutes": 1200,
        "cohort": "kh-1",
        "edition": 1,
        "place": "Khujand",
        "starts_on": "2026-10-12",
        "ends_on": "2026-10-14",
        "awarded_on": "2026-10-14",
        "issued_on": "2026-10-20",
        "valid_until": "2028-10-14",
        "signatories": [{"name": "M. Saidova", "titles": {"en": "Head"}, "image": ""}],
        "donors": ["Norway"],
        "number": "UST-2026-000001",
        "code": "0" * 18,
        "verify_url": "https://example.org/verify/000000000000000000",
        "design": {
            "template": "Completion",
            "version": 1,
            "theme": theme,
            "accent": "#1f4e79",
            "logos": [],
            "second_language": "fa",
        },
        "texts": {
            code: wording.labels(code) | TEXTS | {"issuer": "Ustod", "footer": ""}
            for code in LANGUAGES
        },
    }
    return content | fields


def texts_of(kind: str) -> dict[str, dict[str, str]]:
    """By language, what the first template of this kind says."""
    of_others = {
        other: {
            code: dict(zip(TEXTS, texts, strict=True)) for code, texts in words.items()
        }
        for other, _title, _theme, words in OTHERS
    }
    return ({"completion": FIRST} | of_others)[kind]


def in_full(theme, language, **fields) -> Content:
    """With everything that may be known, in the words of its language."""
    texts = texts_of("attendance" if theme == "statement" else "completion")
    issuer = {
        "issuer": "National Training Centre for the Protection of People",
        "footer": "",
    }
    course = "Ғамхорӣ ба ҷабрдидагони савдои одамон ва вохӯрии аввал бо онҳо дар сарҳад"
    two = [
        {"name": f"Ҷ. Қосимов {n}", "titles": {"en": "Chair of the board"}, "image": ""}
        for n in (1, 2)
    ]
    full = {
        "language": language,
        "course": {language: course},
        "signatories": two,
        "topics": {language: [f"Topic number {n} of the course" for n in range(8)]},
        "score_band": {language: "80%"},
        "attended": {
            "sessions": 6,
            "sessions_attended": "5.5",
            "minutes": 1110,
            "percent": "92.5",
        },
        "texts": {
            code: wording.labels(code) | TEXTS | texts[code] | issuer
            for code in LANGUAGES
        },
    }
    return make_content(theme, **full | fields)


def bare(theme, **fields) -> Content:
    """With nothing but what nobody can do without."""
    known = {
        "holder_latin": "",
        "level": {},
        "minutes": 0,
        "place": "",
        "starts_on": None,
        "ends_on": None,
        "issued_on": "2026-10-14",
        "valid_until": None,
        "signatories": [],
        "donors": [],
    }
    return make_content(theme, **known | fields)


def text_of(pdf: bytes, *options) -> str:
    command = ["pdftotext", *options, "-", "-"]
    done = subprocess.run(command, input=pdf, capture_output=True, check=True)  # noqa: S603
    return done.stdout.decode()


class Word(NamedTuple):
    """A word on the page and the points of its box."""

    left: float
    top: float
    right: float
    bottom: float
    text: str


def words_of(pdf: bytes) -> list[Word]:
    number = r'="([\d.-]+)"'
    word = f"<word xMin{number} yMin{number} xMax{number} yMax{number}>(.*?)<"
    found = re.findall(word, text_of(pdf, "-bbox"))
    return [Word(*map(float, numbers), word) for *numbers, word in found]


def overlapping(words: list[Word]) -> list[tuple[str, str]]:
    """Pairs whose letters touch; the room above and below letters does not count."""
    found = []
    for n, one in enumerate(words):
        for other in words[n + 1 :]:
            edge = 0.24 * min(one.bottom - one.top, other.bottom - other.top)
            across = min(one.right, other.right) - max(one.left, other.left)
            down = min(one.bottom, other.bottom) - max(one.top, other.top)
            if across > 1 and down > 2 * edge:
                found.append((one.text, other.text))
    return found
