"""A draft as the fields of a question of the bank, and back, kind by kind."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from courses import kinds
from courses.exchange import labels
from courses.exchange.drafts import (
    WHOLE,
    QuestionDraft,
    Refused,
    percent_of,
)
from courses.exchange.markup import lines_of

LONGEST_CHOICE, LONGEST_FEEDBACK, LONGEST_NAME, LONGEST_TOPIC = 500, 1000, 255, 80
LONGEST_RIGHT, LONGEST_GAP, LONGEST_TAG = 300, 200, 100
MARK = re.compile(r"\[\[(\d{1,3})\]\]")

Fields = dict[str, Any]


def fields_of(draft: QuestionDraft) -> tuple[Fields, list[str]]:
    """The fields, without choices' ids, and what of the draft the bank cannot keep.

    Raises `Refused` for a kind the bank has not, or for what is too long for it.
    """
    if draft.kind not in _TO_FIELDS:
        raise Refused(
            _("The bank cannot take questions of the kind “%(kind)s”.")
            % {"kind": _name_of_kind(draft.kind)}
        )
    own, lost = _TO_FIELDS[draft.kind](draft)
    words = [draft.explanation, draft.if_wrong, draft.if_right]
    facts = labels_of(draft)
    fields = {
        "kind": draft.kind,
        "stem": draft.stem,
        "topic": facts.topic[:LONGEST_TOPIC],
        "explanation": "\n".join(dict.fromkeys(filter(None, words))),
        "choices": [],
        "accepted": [],
        "parts": [],
        "is_true": None,
        "number": None,
        "tolerance": Decimal(0),
    }
    said = {"difficulty": facts.difficulty, "jurisdiction": facts.country}
    fields |= {name: value for name, value in said.items() if value}
    return fields | own, [*draft.warnings, *lost]


def labels_of(draft: QuestionDraft) -> labels.Labels:
    """What its tags say; a column of its own says it better."""
    facts = labels.read(draft.tags)
    return labels.Labels(
        facts.topic,
        draft.difficulty or facts.difficulty,
        draft.country or facts.country,
        tuple(tag[:LONGEST_TAG] for tag in facts.tags),
    )


def _choices(draft: QuestionDraft) -> tuple[Fields, list[str]]:
    right = WHOLE if draft.kind == "single" else Fraction(1, 1_000_000)
    for choice in draft.choices:
        if len(choice.text) > LONGEST_CHOICE or len(choice.feedback) > LONGEST_FEEDBACK:
            raise Refused(
                _(
                    "A choice is longer than %(choice)s characters or its feedback than"
                    " %(feedback)s."
                )
                % {"choice": LONGEST_CHOICE, "feedback": LONGEST_FEEDBACK}
            )
    choices = [
        {
            "text": choice.text,
            "is_correct": choice.share >= right,
            "is_pinned": False,
            "feedback": choice.feedback,
        }
        for choice in draft.choices
    ]
    return {"choices": [_part("choice", choice) for choice in choices]}, []


def _true_false(draft: QuestionDraft) -> tuple[Fields, list[str]]:
    return {"is_true": draft.is_true}, []


def _numeric(draft: QuestionDraft) -> tuple[Fields, list[str]]:
    best = max(number.share for number in draft.numbers)
    right = [number for number in draft.numbers if number.share == best]
    if len(right) > 1 or best <= 0:
        raise Refused(_("The bank keeps one right number with its tolerance."))
    lost = [_less(str(n.value), n.share) for n in draft.numbers if n.share != best]
    if any(number.feedback for number in draft.numbers):
        lost.append(_("What is said to a typed answer is left out."))
    own = {"number": right[0].value, "tolerance": right[0].tolerance}
    unit = {"names": [draft.unit], "factor": "1"}
    return own | {"parts": [_part("unit", unit)] if draft.unit else []}, lost


def _short_answer(draft: QuestionDraft) -> tuple[Fields, list[str]]:
    best = max(choice.share for choice in draft.choices)
    if best <= 0:
        raise Refused(_("No accepted answer is written down."))
    accepted = [choice.text for choice in draft.choices if choice.share == best]
    lost = [_less(c.text, c.share) for c in draft.choices if 0 < c.share < best]
    if any(choice.feedback for choice in draft.choices):
        lost.append(_("What is said to a typed answer is left out."))
    if any("*" in text for text in accepted):
        lost.append(_("“*” stands for any letters there; here it is a star."))
    return {"accepted": [_part("answer", text) for text in accepted]}, lost


def _matching(draft: QuestionDraft) -> tuple[Fields, list[str]]:
    parts = [
        _part("pair", {"left": pair.left, "right": pair.right})
        if pair.left
        else _part("distractor", pair.right)
        for pair in draft.pairs
    ]
    if any(max(len(p.left) - 200, len(p.right)) > LONGEST_RIGHT for p in draft.pairs):
        raise Refused(_too_long())
    return {"parts": parts}, []


def _ordering(draft: QuestionDraft) -> tuple[Fields, list[str]]:
    if any(len(choice.text) > LONGEST_CHOICE for choice in draft.choices):
        raise Refused(_too_long())
    return {"parts": [_part("step", choice.text) for choice in draft.choices]}, []


def _gaps(draft: QuestionDraft) -> tuple[Fields, list[str]]:
    """What stands before the first gap's paragraph asks; the rest is the text."""
    stem, text = _asking(draft.stem)
    parts = []
    for place, piece in enumerate(MARK.split(text)):
        if place % 2:
            parts.append(_gap(draft, int(piece)))
        elif piece.strip():
            parts.append(_part("text", piece))
    lost = []
    if any(answer.feedback for gap in draft.gaps for answer in gap.answers):
        lost.append(_("What is said to a gap's answer is left out."))
    return {"kind": "fill_gaps", "stem": stem, "parts": parts}, lost


def _asking(html: str) -> tuple[str, str]:
    before, begins, after = html.partition("[[1]]")
    at = max(before.rfind("<p>"), before.rfind("<ol>"), before.rfind("<ul>"), 0)
    task = _("Fill the gaps.")
    stem = before[:at] or f"<p>{task}</p>"
    return stem, lines_of(before[at:] + begins + after)


def _gap(draft: QuestionDraft, number: int) -> dict[str, Any]:
    if not 0 < number <= len(draft.gaps):
        raise Refused(_("A gap of the text has no answers."))
    answers = draft.gaps[number - 1].answers
    right = [answer.text for answer in answers if answer.share == WHOLE]
    wrong = [answer.text for answer in answers if answer.share != WHOLE]
    if any(len(answer.text) > LONGEST_GAP for answer in answers):
        raise Refused(_too_long())
    others = [] if draft.gaps[number - 1].is_typed else wrong
    return _part("gap", {"accepted": right, "others": others})


def _open(draft: QuestionDraft) -> tuple[Fields, list[str]]:
    parts = [
        _part(
            "criterion",
            {
                "name": one.name,
                "levels": [
                    {"points": str(percent), "words": words}
                    for percent, words in one.levels
                ],
            },
        )
        for one in draft.criteria
    ]
    return {"kind": "open_answer", "parts": parts}, []


def _part(name: str, value: Any) -> dict[str, Any]:
    return {"type": name, "value": value}


def _too_long() -> str:
    return _("One of its answers is too long for the bank.")


def _less(text: str, share: Fraction) -> str:
    return _("“%(choice)s” earned %(percent)s %% there; here it earns nothing.") % {
        "choice": text[:60],
        "percent": percent_of(share),
    }


def _name_of_kind(kind: str) -> str:
    names = dict(kinds.choices()) | {
        "description": _("Text without a question"),
    }
    return str(names.get(kind, kind))


_TO_FIELDS: Mapping[str, Callable[[QuestionDraft], tuple[Fields, list[str]]]] = {
    "single": _choices,
    "multiple": _choices,
    "true_false": _true_false,
    "numeric": _numeric,
    "short_answer": _short_answer,
    "matching": _matching,
    "ordering": _ordering,
    "gaps": _gaps,
    "open": _open,
}
