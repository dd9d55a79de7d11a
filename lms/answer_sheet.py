"""An attempt as its participant sees it: the dealt questions in their own order."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from courses.kinds import Kind, Posed, kind_of, written
from courses.kinds.hiding import hide
from courses.kinds.rubric import Criterion, Levels
from courses.release import EVERYTHING, What

from .models import Attempt, RegradeRun, Response, ResponseScore

OWN = frozenset([What.ANSWERS])
ONE_PARAGRAPH = re.compile(r"\s*<p[^>]*>((?:(?!</?(?:p|ol|ul|div)\b).)*)</p>\s*", re.S)


@dataclass(frozen=True)
class Item:
    """One question with what was answered; no correctness in it.

    `asked` is what the templates of its kind show.
    """

    place: int
    kind: Kind
    stem: str
    asked: object
    is_answered: bool
    is_flagged: bool
    sequence: int
    saved_at: datetime | None
    marks: Decimal
    check: "Check | None" = None

    @property
    def can_be_checked(self) -> bool:
        """May its answer be checked now, before handing in?"""
        is_marked_by_key = self.kind.is_scored and not self.kind.marking_template
        return bool(self.check and not self.check.is_locked and is_marked_by_key)

    @property
    def headline(self) -> str:
        """The question's words where they are one paragraph, fit for a heading."""
        match = ONE_PARAGRAPH.fullmatch(self.stem)
        return match[1] if match else ""


@dataclass(frozen=True)
class Reviewed(Item):
    """The question after handing in, with what it earned.

    `regrade` is the way in which it was marked again, if it was.
    """

    earned: Decimal | None = None
    comment: str = ""
    explanation: str = ""
    is_judged: bool = True
    regrade: str = ""

    @property
    def is_void(self) -> bool:
        return self.regrade == RegradeRun.Way.VOID

    @property
    def is_right(self) -> bool:
        is_counted = self.kind.is_scored and not self.is_void
        return is_counted and self.earned == self.marks

    @property
    def is_partly(self) -> bool:
        return bool(self.earned) and not self.is_right


@dataclass(frozen=True)
class Check:
    """How a question of a practice attempt stands; `review` of what was checked."""

    tries_left: int
    is_locked: bool = False
    review: Reviewed | None = None


def sheet(
    attempt: Attempt, language: str, kept: Mapping[str, list[str]] | None = None
) -> list[Item]:
    """The questions to answer, filled with what is stored or, before it, was kept."""
    return sheet_of(attempt.responses.select_related("version"), language, kept)


def sheet_of(
    responses: Iterable[Response],
    language: str,
    kept: Mapping[str, list[str]] | None = None,
) -> list[Item]:
    """The same for questions that may be of no attempt."""
    items = [_asked(one, language, _values(one, kept)) for one in responses]
    if kept is None:
        return items
    return [replace(one, is_flagged=f"flag-{one.place}" in kept) for one in items]


def review(
    attempt: Attempt,
    language: str,
    shown: Collection[str] = EVERYTHING,
    *,
    kept_back: Collection[UUID] = (),
) -> list[Reviewed]:
    """The marked questions with what may be `shown` of them; none without answers.

    Of those `kept_back` only one's own answer is in it.
    """
    if What.ANSWERS not in shown:
        return []
    newest = _newest_scores(attempt)
    responses = list(attempt.responses.select_related("version"))
    scores = {one.place: newest[one.pk] for one in responses if one.pk in newest}
    return [
        _reviewed(
            one,
            language,
            scores.get(one.place),
            OWN if one.question_key in kept_back else shown,
        )
        for one in responses
    ]


def review_of(
    responses: Iterable[Response],
    language: str,
    scores: Mapping[int, ResponseScore],
    shown: Collection[str] = EVERYTHING,
) -> list[Reviewed]:
    """The same for questions that may be of no attempt; the scores by their places."""
    return [_reviewed(one, language, scores.get(one.place), shown) for one in responses]


def to_mark(
    response: Response, language: str, levels: Levels | None = None
) -> Reviewed:
    """The answer as its marker reads it, with all that helps to judge it.

    `levels` are those that an earlier mark reached.
    """
    return _reviewed(response, language, None, EVERYTHING, levels)


def criteria_of(response: Response, language: str) -> list[Criterion]:
    """What a marker goes by; empty where points are given freely."""
    posed = _posed(response, language, [])
    return kind_of(posed.key["kind"]).criteria(posed)


def earned_so_far(attempt: Attempt) -> tuple[Decimal, Decimal]:
    """What is earned already, and the most that what is not marked yet can add."""
    scores = _newest_scores(attempt)
    marks = dict(attempt.responses.values_list("pk", "marks"))
    earned = (one.score for one in scores.values())
    still_open = [marks[pk] for pk in marks.keys() - scores.keys()]
    return sum(earned, Decimal(0)), sum(still_open, Decimal(0))


class Points(NamedTuple):
    earned: Decimal
    out_of: Decimal


def points_of(attempt: Attempt) -> dict[UUID, Points]:
    """What each marked question came to, by its key; a void one is out of nothing."""
    scores = _newest_scores(attempt)
    keys = attempt.responses.values_list("pk", "question_key")
    return {
        key: Points(scores[pk].score, scores[pk].out_of)
        for pk, key in keys
        if pk in scores
    }


def _newest_scores(attempt: Attempt) -> dict[int, ResponseScore]:
    """By response; of several scores the newest counts."""
    scores = ResponseScore.objects.filter(response__attempt=attempt)
    newest_last = scores.select_related("run__version").order_by("created_at", "pk")
    return {one.response_id: one for one in newest_last}


def unanswered(attempt: Attempt) -> list[int]:
    """The places without an answer."""
    rows = attempt.responses.values_list("place", "answer")
    return [place for place, answer in rows if answer is None]


def flagged(attempt: Attempt) -> list[int]:
    """The places that the participant wants to look at again."""
    rows = attempt.responses.filter(is_flagged=True)
    return list(rows.values_list("place", flat=True))


def _values(response: Response, kept: Mapping[str, list[str]] | None) -> list[str]:
    name = f"answer-{response.place}"
    if kept is not None and f"sequence-{response.place}" in kept:
        return list(kept.get(name, []))
    return written(response.version.key, response.answer)


def _posed(
    response: Response, language: str, values: list[str], levels: Levels | None = None
) -> Posed:
    key, body = response.version.key, response.version.body(language)
    return Posed(key, body, response.order, values, levels or {})


def _item(response: Response, posed: Posed, asked: object) -> dict:
    kind = kind_of(posed.key["kind"])
    return {
        "place": response.place,
        "kind": kind,
        "stem": posed.body["stem"],
        "asked": asked,
        "is_answered": kind.is_answered(posed.values),
        "is_flagged": response.is_flagged,
        "sequence": response.sequence + 1,
        "saved_at": response.saved_at,
        "marks": response.marks,
    }


def _asked(response: Response, language: str, values: list[str]) -> Item:
    posed = _posed(response, language, values)
    return Item(**_item(response, posed, kind_of(posed.key["kind"]).asked(posed)))


def _reviewed(
    response: Response,
    language: str,
    score: ResponseScore | None,
    shown: Collection[str],
    levels: Levels | None = None,
) -> Reviewed:
    posed = _marked(response, language, score, levels)
    kind = kind_of(posed.key["kind"])
    is_judged, has_words = What.MARKS in shown, What.FEEDBACK in shown
    asked = kind.reviewed(posed, shows_right=What.RIGHT in shown)
    why = posed.body.get("explanation", "")
    return Reviewed(
        **_item(
            response,
            posed,
            hide(asked, judgement=not is_judged, feedback=not has_words),
        ),
        earned=score.score if score and is_judged else None,
        comment=score.comment if score and has_words else "",
        explanation=why if What.EXPLANATION in shown else "",
        is_judged=is_judged,
        regrade=score.run.way if score and score.run else "",
    )


def _marked(
    response: Response,
    language: str,
    score: ResponseScore | None,
    levels: Levels | None,
) -> Posed:
    """As it was asked, with what is right by the version that it is marked by."""
    values = written(response.version.key, response.answer)
    reached = score.levels if score else levels
    asked = _posed(response, language, values, reached)
    by = score.run.version if score and score.run else None
    if by is None:
        return asked
    body = by.body(language) | {"stem": asked.body["stem"]}
    return Posed(by.key, body, response.order, values)
