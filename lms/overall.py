"""What a result as a whole says to its participant: of the quiz and of each topic."""

from collections import defaultdict
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from courses.bands import sentence_for
from courses.models import FeedbackBand, Question, QuizPage

from .answer_sheet import Points, points_of
from .models import Attempt


def overall_feedback(attempt: Attempt, quiz: QuizPage) -> list[str]:
    """The sentence for the whole quiz first, then for its topics as their bands stand.

    A topic that nobody was asked about says nothing.
    """
    by_topic: dict[str, list[FeedbackBand]] = defaultdict(list)
    for band in quiz.bands.all():
        by_topic[band.topic.strip().casefold()].append(band)
    if not by_topic:
        return []
    points = points_of(attempt)
    asked = _questions_of([topic for topic in by_topic if topic], points)
    asked[""] = set(points)
    topics = sorted(by_topic, key=lambda topic: topic != "")
    said = [_sentence(by_topic[one], asked[one], points) for one in topics]
    return [sentence for sentence in said if sentence]


def _sentence(
    bands: list[FeedbackBand], asked: set[UUID], points: dict[UUID, Points]
) -> str:
    earned = sum((points[key].earned for key in asked), Decimal(0))
    out_of = sum((points[key].out_of for key in asked), Decimal(0))
    if not out_of:
        return ""
    pairs = [(band.from_percent, band.text) for band in bands]
    return sentence_for(pairs, Fraction(earned) * 100 / Fraction(out_of))


def _questions_of(topics: list[str], points: dict) -> defaultdict[str, set[UUID]]:
    """By topic, in whatever language its questions name it so."""
    found: defaultdict[str, set[UUID]] = defaultdict(set)
    if topics:
        rows = Question.objects.filter(translation_key__in=list(points))
        for key, topic in rows.order_by().values_list("translation_key", "topic"):
            found[topic.strip().casefold()].add(key)
    return found
