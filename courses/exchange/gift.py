"""GIFT, the text format of Moodle. What it says is never carried out."""

import re

from django.utils.translation import gettext as _

from .drafts import (
    MOST_QUESTIONS,
    QuestionDraft,
    Reading,
    Refusal,
    Refused,
    excerpt_of,
    too_many_questions,
)
from .gift_answers import with_answers
from .gift_blocks import Block, blocks, mask, unmask
from .gift_writing import write
from .markup import (
    clean,
    from_either,
    from_markdown,
    from_text,
    storable,
    words_of,
)
from .texts import category_of, text_of

__all__ = ["looks_like", "read", "write"]

BLANK = "_____"
_FORMAT = re.compile(r"\[(html|moodle|plain|markdown)\]", re.I)
_LIKELY = re.compile(r"^\s*(?:::|\$CATEGORY:)|[{][^{}]{0,20000}[}]", re.M)


def looks_like(text: str) -> bool:
    return bool(_LIKELY.search(mask(text[:200_000])))


def read(data: bytes | str) -> Reading:
    """Every question of the file, or why not."""
    drafts: list[QuestionDraft] = []
    refusals: list[Refusal] = []
    for block in blocks(storable(text_of(data))):
        if len(drafts) + len(refusals) == MOST_QUESTIONS:
            refusals.append(Refusal(block.line, too_many_questions()))
            break
        try:
            drafts.append(_draft(block))
        except Refused as reason:
            excerpt = excerpt_of(unmask(block.text))
            refusals.append(Refusal(block.line, str(reason), excerpt))
    return Reading(tuple(drafts), tuple(refusals))


def _draft(block: Block) -> QuestionDraft:
    name, text = _named(block.text)
    before, answers, after = _cut(text)
    form = _FORMAT.match(before)
    words = before[form.end() :] if form else before
    if after:
        words = f"{words.rstrip()} {BLANK} {after}"
    draft = QuestionDraft(
        kind="description",
        stem=_stem(unmask(words).strip(), form.group(1).lower() if form else ""),
        line=block.line,
        name=words_of(unmask(name)),
        category=category_of(block.category),
        tags=tuple(words_of(tag.replace("\\", "")) for tag in block.tags),
    )
    if not draft.stem:
        raise Refused(_("There is no text of a question."))
    return draft if answers is None else with_answers(draft, answers)


def _named(text: str) -> tuple[str, str]:
    """`::name::` and the rest."""
    if not text.startswith("::"):
        return "", text
    end = text.find("::", 2)
    if end < 0:
        raise Refused(_("The name of the question has no “::” at its end."))
    return text[2:end], text[end + 2 :].strip()


def _cut(text: str) -> tuple[str, str | None, str]:
    """What stands before, in and after the braces; None where there are none."""
    before, brace, rest = text.partition("{")
    if not brace:
        if "}" in text:
            raise Refused(_("There is a “}” without a “{” before it."))
        return before, None, ""
    answers, brace, after = rest.partition("}")
    if not brace:
        raise Refused(_("The answers have no “}” at their end."))
    if "}" in before or "{" in answers or re.search("[{}]", after):
        raise Refused(
            _(
                "There are more braces than one pair. Where a brace is meant as a"
                " letter, write a backslash before it."
            )
        )
    return before, answers, after.strip()


def _stem(text: str, form: str) -> str:
    if form == "html":
        return clean(text)
    if form == "plain":
        return from_text(text)
    if form == "markdown":
        return from_markdown(text)
    return from_either(text)
