"""Questions as GIFT, in the form that Moodle itself writes."""

import html
from collections.abc import Callable, Iterable, Iterator

from django.utils.translation import gettext as _

from .drafts import (
    WHOLE,
    Choice,
    Number,
    QuestionDraft,
    Refusal,
    Writing,
    excerpt_of,
    percent_of,
)
from .gift_blocks import escape
from .markup import as_plain, pictures_in, to_text, words_of
from .numbers import plain


def write(drafts: Iterable[QuestionDraft]) -> Writing:
    """The file, and the questions that GIFT cannot hold."""
    parts, left_out, category = [], [], ""
    for place, draft in enumerate(drafts, 1):
        reason = _unfit(draft)
        if reason:
            left_out.append(Refusal(place, reason, excerpt_of(to_text(draft.stem))))
            continue
        if draft.category != category:
            category = draft.category
            parts.append(f"$CATEGORY: {escape(category) or 'top'}")
        parts.append(_question(draft))
    return Writing("".join(f"{part}\n\n" for part in parts), tuple(left_out))


def _unfit(draft: QuestionDraft) -> str:
    if pictures_in(draft.stem):
        return _("GIFT holds no pictures; Moodle XML does.")
    if draft.kind not in _ANSWERS:
        return _("GIFT has no such kind of question; Moodle XML may have it.")
    return ""


def _question(draft: QuestionDraft) -> str:
    labels = " ".join(f"[tag:{_label(tag)}]" for tag in draft.tags)
    comment = f"// {labels}\n" if labels else ""
    name = f"::{escape(draft.name)}::" if draft.name else ""
    head = f"{comment}{name}{_stem(draft.stem)}"
    return head if draft.kind == "description" else f"{head} {{{_braces(draft)}}}"


def _braces(draft: QuestionDraft) -> str:
    answers = list(_ANSWERS[draft.kind](draft))
    if draft.explanation:
        answers.append(f"####{_words(draft.explanation)}")
    if len(answers) < 2 and draft.kind not in ("single", "multiple"):
        return "".join(answers)
    return "".join(f"\n\t{answer}" for answer in answers) + "\n"


def _label(tag: str) -> str:
    return tag.replace("\\", "").replace("]", "\\]")


def _stem(stem: str) -> str:
    text = as_plain(stem)
    if text is None or text.startswith(("::", "[", "//", "$")):
        return f"[html]{escape(stem)}"
    return escape(text)


def _words(text: str) -> str:
    """Plain words; written as HTML where they would be taken for marks."""
    is_plain = not text.startswith(("[", "%")) and "->" not in text
    if is_plain and words_of(text) == text:
        return escape(text)
    return "[html]" + escape(html.escape(text, quote=False).replace("\n", "<br/>"))


def _feedback(text: str) -> str:
    return f"#{_words(text)}" if text else ""


def _weight(answer: Choice | Number, sign: str) -> str:
    if answer.share == WHOLE:
        return "="
    return f"{sign}%{percent_of(answer.share)}%" if answer.share else "~"


def _choices(draft: QuestionDraft) -> Iterator[str]:
    for one in draft.choices:
        yield _weight(one, "~") + _words(one.text) + _feedback(one.feedback)


def _wordings(draft: QuestionDraft) -> Iterator[str]:
    for one in draft.choices:
        weight = "=" if one.share == WHOLE else f"=%{percent_of(one.share)}%"
        yield weight + _words(one.text) + _feedback(one.feedback)


def _truth(draft: QuestionDraft) -> Iterator[str]:
    right = _feedback(draft.if_right)
    wrong = _feedback(draft.if_wrong) or ("#" if right else "")
    yield f"{'TRUE' if draft.is_true else 'FALSE'}{wrong}{right}"


def _numbers(draft: QuestionDraft) -> Iterator[str]:
    written = [
        f"{plain(one.value)}:{plain(one.tolerance)}{_feedback(one.feedback)}"
        for one in draft.numbers
    ]
    if len(written) == 1 and draft.numbers[0].share == WHOLE:
        yield f"#{written[0]}"
        return
    yield "#"
    for one, text in zip(draft.numbers, written, strict=True):
        yield f"=%{percent_of(one.share)}%{text}"


def _pairs(draft: QuestionDraft) -> Iterator[str]:
    for pair in draft.pairs:
        yield f"={_words(pair.left)} -> {_words(pair.right)}"


def _nothing(_draft: QuestionDraft) -> Iterator[str]:
    return iter(())


_ANSWERS: dict[str, Callable[[QuestionDraft], Iterator[str]]] = {
    "single": _choices,
    "multiple": _choices,
    "true_false": _truth,
    "numeric": _numbers,
    "short_answer": _wordings,
    "matching": _pairs,
    "open": _nothing,
    "description": _nothing,
}
