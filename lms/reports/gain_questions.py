"""Knowledge gain by topic and by question of the tests (RP-09)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Protocol
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.utils.text import Truncator
from django.utils.translation import get_language, gettext

from courses.languages import in_order
from courses.models import Question as Asked
from courses.models import QuestionVersion
from lms.gain import Pair
from lms.models import Attempt, Response, ResponseScore

from .dataset import Row, Table
from .gain_tables import columns, values
from .question import Question


class Both(Protocol):
    """Somebody's pre-test and post-test."""

    before: Attempt
    after: Attempt


# By question, the points earned and how many there were to earn.
Points = dict[UUID, tuple[Decimal, Decimal]]


def by_topic_and_question(
    question: Question, pairs: Sequence[Both], total: Row
) -> list[Table]:
    """The rows overlap: everybody is in as many as they were asked about."""
    points = _points(question, pairs)
    both = [(points[one.before.pk], points[one.after.pk]) for one in pairs]
    shown = total if pairs else None
    return [_by_topic(both, shown), _by_question(both, shown)]


def _by_topic(both: list[tuple[Points, Points]], total: Row | None) -> Table:
    """All questions of a topic together, whether or not they are the same ones."""
    topics = _topics(key for pair in both for points in pair for key in points)
    asked: dict[str, list[Pair]] = defaultdict(list)
    for pair in both:
        before, after = (_by_name(points, topics) for points in pair)
        for topic in before.keys() & after.keys():
            asked[topic].append(Pair(before[topic], after[topic]))
    return Table(
        "topic",
        gettext("By topic"),
        columns(gettext("Topic")),
        _rows(asked),
        gettext(
            "Questions of one topic taken together, of everybody who was asked about "
            "it in both tests; questions without a topic are left out. The last line "
            "is both tests as a whole."
        ),
        total=total,
    )


def _by_question(both: list[tuple[Points, Points]], total: Row | None) -> Table:
    asked: dict[UUID, list[Pair]] = defaultdict(list)
    for before, after in both:
        for key in before.keys() & after.keys():
            asked[key].append(Pair(_percent(before[key]), _percent(after[key])))
    stems = _stems(asked)
    named = {stems.get(key, str(key)) + "\0" + str(key): asked[key] for key in asked}
    return Table(
        "question",
        gettext("By question"),
        columns(gettext("Question")),
        _rows(named),
        gettext(
            "Questions asked of the same participant in both tests: the mean share of "
            "their marks before and after, over those who were asked both times. The "
            "last line is both tests as a whole."
        ),
        total=total,
    )


def _rows(asked: dict[str, list[Pair]]) -> list[Row]:
    """In the order of the alphabet; what follows a null in a name is not shown."""
    return [
        Row(values(name.partition("\0")[0], asked[name]), is_part=False)
        for name in sorted(asked)
    ]


def _by_name(points: Points, topics: dict[UUID, str]) -> dict[str, Fraction]:
    """By topic, the percent earned."""
    sums: dict[str, list[Decimal]] = {}
    for key, (earned, out_of) in points.items():
        if topics.get(key):
            total = sums.setdefault(topics[key], [Decimal(0), Decimal(0)])
            total[0] += earned
            total[1] += out_of
    return {topic: _percent((earned, most)) for topic, (earned, most) in sums.items()}


def _percent(points: tuple[Decimal, Decimal]) -> Fraction:
    return Fraction(points[0]) * 100 / Fraction(points[1])


def _points(question: Question, pairs: Sequence[Both]) -> dict[int, Points]:
    """By attempt; the newest score counts.

    What is not marked or was made void is not in it.
    """
    wanted = {one.pk for pair in pairs for one in (pair.before, pair.after)}
    keys = {one.quiz_key for pair in pairs for one in (pair.before, pair.after)}
    newest = ResponseScore.objects.filter(response=OuterRef("pk"))
    newest = newest.order_by("-created_at", "-pk")
    rows = Response.objects.filter(
        attempt__enrolment__in=question.places(), attempt__quiz_key__in=keys
    )
    rows = rows.annotate(
        score=Subquery(newest.values("score")[:1]),
        most=Subquery(newest.values("out_of")[:1]),
    ).exclude(score=None)
    found: dict[int, Points] = defaultdict(dict)
    for attempt, key, score, most in rows.values_list(
        "attempt", "question_key", "score", "most"
    ).iterator(chunk_size=2000):
        if attempt in wanted and most:
            found[attempt][key] = score, most
    return found


def _topics(keys: Iterable[UUID]) -> dict[UUID, str]:
    """As the site's first language names them, so that a topic is one in all."""
    rows = Asked.objects.filter(translation_key__in=set(keys)).select_related("locale")
    found: dict[UUID, str] = {}
    for one in in_order(rows):
        found.setdefault(one.translation_key, one.topic)
    return found


def _stems(keys: Iterable[UUID]) -> dict[UUID, str]:
    """The questions as their newest version asks them, in the reader's language."""
    versions = QuestionVersion.objects.filter(question_key__in=list(keys))
    newest = {one.question_key: one for one in versions.order_by("number")}
    language = get_language()
    return {
        key: Truncator(one.words(language)).chars(120) for key, one in newest.items()
    }
