"""A question of the bank as a draft, to be written by a format."""

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import Any

from courses.exchange import labels
from courses.exchange.drafts import (
    NONE,
    WHOLE,
    Choice,
    Criterion,
    Gap,
    Number,
    Pair,
    Picture,
    QuestionDraft,
)
from courses.exchange.markup import from_text
from courses.models import Question

Fields = dict[str, Any]


def draft_of(
    question: Question,
    *,
    name: str,
    stem: str,
    pictures: Iterable[Picture],
    tags: Iterable[str],
) -> QuestionDraft:
    """The question as it is live, to be written by a format."""
    own = _TO_DRAFT.get(question.kind, _nothing)(question)
    fields = {
        "kind": question.kind,
        "stem": stem + own.pop("stem", ""),
        "name": name,
        "category": question.category.path if question.category else "",
        "explanation": question.explanation,
        "tags": labels.written(
            labels.Labels(
                question.topic,
                question.difficulty,
                question.jurisdiction,
                tuple(tags),
            )
        ),
        "pictures": tuple(pictures),
    }
    return QuestionDraft(**fields | own)


def _from_choices(question: Question) -> Fields:
    right = sum(bool(choice.value["is_correct"]) for choice in question.choices)
    share = Fraction(1, right or 1)
    wrong = NONE if question.kind == "single" else -share
    return {
        "choices": tuple(
            Choice(
                choice.value["text"],
                share if choice.value["is_correct"] else wrong,
                choice.value["feedback"] or "",
                bool(choice.value["is_pinned"]),
            )
            for choice in question.choices
        )
    }


def _from_numeric(question: Question) -> Fields:
    unit = next((p.value["names"] for p in question.parts if p.value["names"]), [""])
    tolerance = question.tolerance
    if question.tolerance_is_percent:
        tolerance = abs(question.number) * tolerance / 100
    return {"numbers": (Number(question.number, tolerance),), "unit": str(unit[0])}


def _from_short_answer(question: Question) -> Fields:
    return {"choices": tuple(Choice(str(a.value), WHOLE) for a in question.accepted)}


def _from_matching(question: Question) -> Fields:
    return {
        "pairs": tuple(
            Pair(part.value["left"], part.value["right"])
            if part.block_type == "pair"
            else Pair("", str(part.value))
            for part in question.parts
        )
    }


def _from_ordering(question: Question) -> Fields:
    return {"choices": tuple(Choice(str(part.value)) for part in question.parts)}


def _from_gaps(question: Question) -> Fields:
    """The text with its gaps follows the question."""
    gaps: list[Gap] = []
    pieces: list[str] = []
    for part in question.parts:
        if part.block_type == "gap":
            gaps.append(_gap_of(part.value))
            pieces.append(f"[[{len(gaps)}]]")
        else:
            pieces.append(str(part.value))
    text = from_text(" ".join(pieces))
    return {"kind": "gaps", "gaps": tuple(gaps), "stem": text}


def _from_case(question: Question) -> Fields:
    """The case follows the question; each question about it has a gap to choose in."""
    told = [str(part.value) for part in question.parts if part.block_type == "case"]
    asked = [part.value for part in question.parts if part.block_type == "asked"]
    gaps = tuple(_gap_of_choices(one["choices"]) for one in asked)
    lines = [f"{one['question']} [[{n}]]" for n, one in enumerate(asked, 1)]
    return {"gaps": gaps, "stem": from_text("\n\n".join([*told, *lines]))}


def _gap_of_choices(choices: Iterable[Any]) -> Gap:
    return Gap(
        tuple(
            Choice(str(one["text"]), WHOLE if one["is_correct"] else NONE)
            for one in choices
        )
    )


def _from_open(question: Question) -> Fields:
    return {
        "kind": "open",
        "criteria": tuple(
            Criterion(
                part.value["name"],
                tuple(
                    (level["points"], level["words"]) for level in part.value["levels"]
                ),
            )
            for part in question.parts
        ),
    }


def _gap_of(value: Any) -> Gap:
    right = [Choice(str(text), WHOLE) for text in value["accepted"]]
    wrong = [Choice(str(text)) for text in value["others"]]
    return Gap((*right, *wrong), is_typed=not wrong)


def _nothing(question: Question) -> Fields:
    return {}


_TO_DRAFT: Mapping[str, Callable[[Question], Fields]] = {
    "single": _from_choices,
    "multiple": _from_choices,
    "true_false": lambda question: {"is_true": question.is_true},
    "numeric": _from_numeric,
    "short_answer": _from_short_answer,
    "matching": _from_matching,
    "ordering": _from_ordering,
    "fill_gaps": _from_gaps,
    "open_answer": _from_open,
    "case_set": _from_case,
}
