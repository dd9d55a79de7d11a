"""Aiken: a question, choices with letters, and the letter of the right one."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from django.utils.translation import gettext as _

from .drafts import (
    MOST_QUESTIONS,
    WHOLE,
    Choice,
    QuestionDraft,
    Reading,
    Refusal,
    Refused,
    Writing,
    excerpt_of,
    too_many_questions,
    with_choices,
)
from .markup import as_plain, from_text, pictures_in, storable, to_text
from .texts import text_of

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_CHOICE = re.compile(r"\s{0,20}([A-Za-z])[.)][ \t]+(\S.*)$")
_ANSWER = re.compile(r"\s{0,20}ANSWER\s{0,20}:\s{0,20}(.*)$", re.I)


@dataclass
class _Block:
    line: int
    words: list[str] = field(default_factory=list)
    choices: list[tuple[str, str]] = field(default_factory=list)
    answer: str = ""


def looks_like(text: str) -> bool:
    return bool(re.search(r"^\s{0,20}ANSWER\s{0,20}:", text[:200_000], re.I | re.M))


def read(data: bytes | str) -> Reading:
    """Every question of the file, or why not."""
    drafts: list[QuestionDraft] = []
    refusals: list[Refusal] = []
    for block in _blocks(storable(text_of(data))):
        if len(drafts) + len(refusals) == MOST_QUESTIONS:
            refusals.append(Refusal(block.line, too_many_questions()))
            break
        try:
            drafts.append(_draft(block))
        except Refused as reason:
            excerpt = excerpt_of(" ".join(block.words))
            refusals.append(Refusal(block.line, str(reason), excerpt))
    return Reading(tuple(drafts), tuple(refusals))


def write(drafts: Iterable[QuestionDraft]) -> Writing:
    """The file, and the questions that Aiken cannot hold: all but one right choice."""
    parts, left_out = [], []
    for place, draft in enumerate(drafts, 1):
        stem = _line(draft.stem)
        if stem is None or draft.kind != "single" or len(draft.choices) > len(LETTERS):
            reason = _("Aiken holds plain questions with one right choice only.")
            left_out.append(Refusal(place, reason, excerpt_of(to_text(draft.stem))))
            continue
        lines = [stem]
        for letter, choice in zip(LETTERS, draft.choices, strict=False):
            lines.append(f"{letter}. {choice.text}")
            if choice.share == WHOLE:
                answer = letter
        parts.append("\n".join([*lines, f"ANSWER: {answer}"]))
    return Writing("".join(f"{part}\n\n" for part in parts), tuple(left_out))


def _line(stem: str) -> str | None:
    """The question on one line, if it is plain and no line of another meaning."""
    text = None if pictures_in(stem) else as_plain(stem, from_text)
    if text is None or _CHOICE.match(text) or _ANSWER.match(text):
        return None
    return text


def _blocks(text: str) -> Iterator[_Block]:
    """A question ends with its answer; without one, where the next words begin."""
    block = _Block(1)
    for number, line in enumerate(text.split("\n"), 1):
        answer, choice = _ANSWER.match(line), _CHOICE.match(line)
        is_next = bool(line.strip()) and not choice and bool(block.choices)
        if is_next and not answer:
            yield block
            block = _Block(number)
        if not block.words and not block.choices:
            block.line = number
        if answer:
            block.answer = answer.group(1)
            yield block
            block = _Block(number + 1)
        elif choice and block.words:
            block.choices.append((choice.group(1).upper(), choice.group(2)))
        elif line.strip():
            block.words.append(line)
    if block.words:
        yield block


def _draft(block: _Block) -> QuestionDraft:
    if not block.words:
        raise Refused(_("There is no text of a question."))
    if not block.answer.strip():
        raise Refused(_("There is no line “ANSWER:” with the letter of the right one."))
    letters = [letter for letter, _text in block.choices]
    right = {
        letter.strip().upper() for letter in re.split("[,; ]+", block.answer.strip())
    }
    if len(set(letters)) < len(letters):
        raise Refused(_("Two choices have the same letter."))
    if not right <= set(letters):
        raise Refused(
            _("“%(answer)s” is the letter of no choice.")
            % {"answer": excerpt_of(block.answer)}
        )
    share = Fraction(1, len(right))
    choices = [
        Choice(" ".join(text.split()), share if letter in right else Fraction(0))
        for letter, text in block.choices
    ]
    stem = from_text("\n".join(block.words))
    return with_choices(QuestionDraft("single", stem, block.line), choices)
