"""Moodle's text with gaps: `{1:SHORTANSWER:=Khujand~%50%Khojand#nearly}`."""

import re
from dataclasses import replace
from decimal import Decimal
from html import escape

from django.utils.translation import gettext as _

from .drafts import (
    NONE,
    WHOLE,
    Choice,
    Gap,
    QuestionDraft,
    Refused,
    as_share,
    percent_of,
)
from .markup import words_of

MOST_GAPS = 50
_HOLE = re.compile(r"\{(\d{0,4}):([A-Z_]{2,20}):((?:[^{}\\]|\\.){1,5000})\}", re.S)
_WORDS = re.compile(r"((?:[^#\\]|\\.)*)(?:#(.*))?", re.S)
_PIECE = re.compile(r"(?:[^~\\]|\\.)+", re.S)
_WEIGHT = re.compile(r"\s*(?:(=)|%(-?\d{1,3}(?:\.\d{0,10})?)%)?", re.S)
_TYPED = ("SHORTANSWER", "SA", "MW", "SHORTANSWER_C", "SAC", "MWC")
_PICKED = ("MULTICHOICE", "MC", "MULTICHOICE_V", "MCV", "MULTICHOICE_H", "MCH")
_SHUFFLED = ("MULTICHOICE_S", "MCS", "MULTICHOICE_VS", "MCVS", "MULTICHOICE_HS", "MCHS")


def with_gaps(draft: QuestionDraft, source: str) -> tuple[QuestionDraft, str]:
    """The draft with its gaps, and the text with `[[1]]` where the first one is."""
    gaps: list[Gap] = []

    def hole(found: re.Match[str]) -> str:
        gaps.append(_gap(found.group(2), found.group(3)))
        return f"[[{len(gaps)}]]"

    text = _HOLE.sub(hole, source)
    if not gaps:
        raise Refused(_("There is no gap in the text."))
    if len(gaps) > MOST_GAPS:
        raise Refused(_("There are more than %(most)s gaps.") % {"most": MOST_GAPS})
    return replace(draft, kind="gaps", gaps=tuple(gaps)), text


def written(gap: Gap) -> str:
    """The gap as Moodle writes it."""
    kind = "SHORTANSWER" if gap.is_typed else "MULTICHOICE"
    return f"{{1:{kind}:{'~'.join(_answer(answer) for answer in gap.answers)}}}"


def _gap(kind: str, body: str) -> Gap:
    if kind not in (*_TYPED, *_PICKED, *_SHUFFLED):
        raise Refused(
            _("A gap of the kind “%(kind)s” cannot be taken over.") % {"kind": kind}
        )
    answers = tuple(_choice(piece) for piece in _PIECE.findall(body))
    if not any(answer.share == WHOLE for answer in answers):
        raise Refused(_("A gap has no right answer."))
    return Gap(answers, is_typed=kind in _TYPED)


def _choice(piece: str) -> Choice:
    weight = _WEIGHT.match(piece)
    share = NONE
    if weight and weight.group(1):
        share = WHOLE
    elif weight and weight.group(2):
        share = as_share(Decimal(weight.group(2)))
    rest = piece[weight.end() :] if weight else piece
    words, feedback = _parted(rest)
    return Choice(words_of(words), share, words_of(feedback))


def _parted(text: str) -> tuple[str, str]:
    """The words and the feedback, each without its backslashes."""
    found = _WORDS.match(text)
    return (_meant(found.group(1)), _meant(found.group(2) or "")) if found else ("", "")


def _meant(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text, flags=re.S)


def _answer(answer: Choice) -> str:
    weight = "=" if answer.share == WHOLE else f"%{percent_of(answer.share)}%"
    feedback = f"#{_escaped(answer.feedback)}" if answer.feedback else ""
    return f"{weight}{_escaped(answer.text)}{feedback}"


def _escaped(text: str) -> str:
    return re.sub(r"([}{~#\\])", r"\\\1", escape(text, quote=False))
