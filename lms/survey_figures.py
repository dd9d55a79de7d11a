"""What the answers to a survey come to. No one answer can be told from the rest."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from .survey_questions import SCALE, Question, in_language

# From so many answers on, figures are shown; and never about fewer (RP-04).
LEAST = 5


@dataclass(frozen=True)
class Bar:
    """One answer that could be given; `share` is whole percents of the longest."""

    label: str
    count: int
    share: int


@dataclass(frozen=True)
class Result:
    """One question: `mean` and `bars` for figures, `texts` for words.

    `is_hidden` when too few people answered it to show what they said.
    """

    text: str
    kind: str
    count: int
    mean: Decimal | None
    bars: list[Bar]
    texts: list[str]
    is_hidden: bool = False


def results(
    questions: Sequence[Question],
    answers: Sequence[tuple[str, dict[str, Any]]],
    language: str,
) -> list[Result]:
    """Question by question. `answers` are (name of the row, values by question)."""
    if len(answers) < LEAST:
        return []
    return [_result(question, answers, language) for question in questions]


def mean_of(numbers: Sequence[int]) -> Decimal | None:
    """To a tenth, halves up."""
    if not numbers:
        return None
    exact = Decimal(sum(numbers)) / len(numbers)
    return exact.quantize(Decimal("0.1"), ROUND_HALF_UP)


def marks_given(
    questions: Sequence[Question], answers: Sequence[dict[str, Any]]
) -> list[int]:
    """Every mark from 1 to 5 that anybody gave to anything."""
    keys = [one["key"] for one in questions if one["kind"] == "scale"]
    return [values[key] for values in answers for key in keys if key in values]


def _result(question: Question, answers: Any, language: str) -> Result:
    key, kind = question["key"], question["kind"]
    text, options = in_language(question, language)
    given = [(name, values[key]) for name, values in answers if key in values]
    if kind == "text":
        return Result(text, kind, len(given), None, [], _shuffled(key, given))
    if len(given) < LEAST:
        return Result(text, kind, len(given), None, [], [], is_hidden=True)
    chosen = [value for _name, value in given]
    if kind == "scale":
        bars = _bars([(str(mark), mark) for mark in SCALE], chosen)
        return Result(text, kind, len(given), mean_of(chosen), bars, [])
    bars = _bars([(option, place) for place, option in enumerate(options)], chosen)
    return Result(text, kind, len(given), None, bars, [])


def _bars(labels: list[tuple[str, int]], chosen: list[int]) -> list[Bar]:
    counts = Counter(chosen)
    longest = max(counts.values(), default=0) or 1
    return [
        Bar(label, counts[value], counts[value] * 100 // longest)
        for label, value in labels
    ]


def _shuffled(key: str, given: list[tuple[str, str]]) -> list[str]:
    """In an order of its own for each question: lines do not say who wrote them."""

    def place(one: tuple[str, str]) -> str:
        return hashlib.sha256(f"{key} {one[0]}".encode()).hexdigest()

    return [text for _name, text in sorted(given, key=place)]
