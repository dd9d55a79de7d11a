"""The files of the sample programme as plain values. Knows no database."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent
# The same safe reader, in C where PyYAML was built with it.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
LANGUAGES = ("en", "ru", "tg")

Words = dict[str, Any]


@dataclass(frozen=True)
class Lesson:
    """`texts` holds by language the title, summary, objectives, body and notes."""

    slug: str
    minutes: int
    completes: str
    least_seconds: int
    texts: dict[str, Words]


@dataclass(frozen=True)
class Module:
    slug: str
    texts: dict[str, Words]
    lessons: list[Lesson]


@dataclass(frozen=True)
class Quiz:
    """Fixed questions by id, then so many more drawn from a shelf of the bank.

    Without a shelf nothing is drawn; `attempts` and `minutes` None are without limit.
    """

    questions: list[str]
    draw_from: str
    draw_count: int
    pass_percent: int
    attempts: int | None
    minutes: int | None
    texts: dict[str, Words]


@dataclass(frozen=True)
class Question:
    """`correct` is a list of choices, a truth or a number, as the kind asks."""

    id: str
    kind: str
    category: str
    topic: str
    difficulty: int
    correct: Any
    tolerance: Any
    texts: dict[str, Words]


@dataclass(frozen=True)
class Course:
    slug: str
    level: str
    audiences: list[str]
    minutes: int
    requires: list[str]
    attendance_percent: int
    indicators: list[str]
    texts: dict[str, Words]
    modules: list[Module]
    pre_test: Quiz | None
    practice: Quiz | None
    quiz: Quiz
    questions: list[Question]

    @property
    def lessons(self) -> list[Lesson]:
        return [lesson for module in self.modules for lesson in module.lessons]


@dataclass(frozen=True)
class Term:
    slug: str
    texts: dict[str, Words]


def read_terms() -> list[Term]:
    return [Term(row["slug"], _texts(row)) for row in _load(FOLDER / "glossary.yaml")]


def read_courses() -> list[Course]:
    """Every course, those that others require first."""
    courses = [_course(path.parent) for path in sorted(FOLDER.glob("*/course.yaml"))]
    return sorted(courses, key=lambda course: (len(course.requires), course.slug))


def words_of(value: Any) -> Iterator[str]:
    """Every text in a block, without the addresses of links."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name != "link":
                yield from words_of(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from words_of(inner)


def _course(folder: Path) -> Course:
    row = _load(folder / "course.yaml")
    return Course(
        slug=row["slug"],
        level=row["level"],
        audiences=row["audiences"],
        minutes=row["minutes"],
        requires=row["requires"],
        attendance_percent=row["attendance_percent"],
        indicators=row["indicators"],
        texts=_texts(row),
        modules=[_module(folder, module) for module in row["modules"]],
        pre_test=_quiz(row["pre_test"]) if "pre_test" in row else None,
        practice=_practice(row["practice"]) if "practice" in row else None,
        quiz=_quiz(row["quiz"]),
        questions=[_question(question) for question in _bank(folder)],
    )


def _module(folder: Path, row: dict) -> Module:
    inside = folder / row["folder"]
    names = sorted({path.name.split(".")[0] for path in inside.glob("*.yaml")})
    lessons = [_lesson(inside, name) for name in names]
    return Module(_slug(row["folder"]), _texts(row), lessons)


def _lesson(folder: Path, name: str) -> Lesson:
    texts = {code: _load(folder / f"{name}.{code}.yaml") for code in LANGUAGES}
    first = texts[LANGUAGES[0]]
    return Lesson(
        slug=_slug(name),
        minutes=first["minutes"],
        completes=first["completes"],
        least_seconds=first.get("least_seconds", 0),
        texts=texts,
    )


def _quiz(row: dict) -> Quiz:
    return Quiz(
        questions=row["slots"],
        draw_from=row["draw"]["category"],
        draw_count=row["draw"]["count"],
        pass_percent=row["pass_percent"],
        attempts=row["attempts"],
        minutes=row["minutes"],
        texts=_texts(row),
    )


def _practice(row: dict) -> Quiz:
    """Nothing depends on it: no limit and no pass mark."""
    return Quiz(
        questions=row["slots"],
        draw_from="",
        draw_count=0,
        pass_percent=0,
        attempts=None,
        minutes=None,
        texts=_texts(row),
    )


def _bank(folder: Path) -> list[dict]:
    """What is asked for marks, then what is only for practice: never the same."""
    paths = [folder / name for name in ("bank.yaml", "practice.yaml")]
    return [row for path in paths if path.exists() for row in _load(path)]


def _question(row: dict) -> Question:
    return Question(
        id=row["id"],
        kind=row["kind"],
        category=row["category"],
        topic=row["topic"],
        difficulty=row["difficulty"],
        correct=row.get("correct"),
        tolerance=row.get("tolerance", 0),
        texts=_texts(row),
    )


def _texts(row: dict) -> dict[str, Words]:
    return {code: row[code] for code in LANGUAGES}


def _slug(name: str) -> str:
    """A folder's or file's name without the number that orders it."""
    return name.partition("-")[2]


def _load(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506
