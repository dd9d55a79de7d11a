"""A quiz sat by staff to see what a participant sees.

It is no attempt and has no row: the session of who looks keeps it, so that it can never
count (QZ-57).
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from courses.models import QuestionVersion, QuizPage
from lms.actions.attempt_answers import as_stored
from lms.actions.attempt_making import deal_out
from lms.actions.grading import marked_by
from lms.answer_sheet import Item, Reviewed, review_of, sheet_of
from lms.models import Response, ResponseScore

Kept = dict[str, Any]


@dataclass
class Preview:
    """The questions of one look at a quiz, in their places; of no attempt."""

    quiz_key: uuid.UUID
    revision: int | None
    responses: list[Response]
    is_handed_in: bool = False

    def is_of(self, quiz: QuizPage) -> bool:
        """False once the quiz was edited: then it shows what is no more."""
        is_same = self.revision == quiz.latest_revision_id
        return is_same and self.quiz_key == quiz.translation_key

    def sheet(self, language: str, posted: Mapping | None = None) -> list[Item]:
        return sheet_of(self.responses, language, posted)

    def hand_in(self, answers: Mapping[int, dict | None]) -> None:
        """Raises TamperedAnswer for what no page of ours sends."""
        for response in self.responses:
            response.answer = as_stored(response, answers.get(response.place))
        self.is_handed_in = True

    def review(self, language: str) -> list[Reviewed]:
        """Marked by the keys; what a person marks has no points here."""
        scores = {r.place: score for r in self.responses if (score := _score(r))}
        return review_of(self.responses, language, scores)

    def points(self) -> tuple[Decimal, Decimal]:
        """What was earned of what there is; open answers earn nothing here."""
        scores = [score for r in self.responses if (score := _score(r))]
        earned = sum((score.score for score in scores), Decimal(0))
        return earned, sum((r.marks for r in self.responses), Decimal(0))


def begin(quiz: QuizPage) -> Preview:
    """Deal as to a participant. Raises QuizNotReady or PoolTooSmall."""
    responses = deal_out(quiz, [])
    return Preview(quiz.translation_key, quiz.latest_revision_id, responses)


def kept(preview: Preview) -> Kept:
    """As the session keeps it."""
    return {
        "quiz": str(preview.quiz_key),
        "revision": preview.revision,
        "is_handed_in": preview.is_handed_in,
        "dealt": [
            {
                "version": one.version_id,
                "order": one.order,
                "marks": str(one.marks),
                "answer": one.answer,
            }
            for one in preview.responses
        ],
    }


def found(data: Kept) -> Preview:
    """What `kept` gave away."""
    rows = data["dealt"]
    versions = QuestionVersion.objects.in_bulk([row["version"] for row in rows])
    responses = [
        Response(
            place=place,
            question_key=versions[row["version"]].question_key,
            version=versions[row["version"]],
            order=row["order"],
            marks=Decimal(row["marks"]),
            answer=row["answer"],
        )
        for place, row in enumerate(rows, start=1)
    ]
    key, revision = uuid.UUID(data["quiz"]), data["revision"]
    return Preview(key, revision, responses, data["is_handed_in"])


def _score(response: Response) -> ResponseScore | None:
    earned = marked_by(response.version, response.answer, response.marks)
    if earned is None:
        return None
    return ResponseScore(score=earned, out_of=response.marks)
