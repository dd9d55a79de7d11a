"""How well a quiz and its questions work: who counts and what they answered.

The first finished attempt of each person that is marked; nobody of the staff (QZ-46).
"""

from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import get_language, gettext

from courses.kinds import Kind, kind_of
from courses.models import QuestionVersion
from lms.item_figures import Analysis, Answered, Item, Sat, analyse
from lms.models import Attempt, Cohort, Response, ResponseScore, Staff
from lms.roles import ADMINISTRATORS

from .chart import Bar, bars
from .counting import tenths
from .words import cell

# Typed answers are many; the commonest tell what is misunderstood.
MOST_TYPED = 5
# A smaller difference between the thirds may be one or two people.
CHANCE = Fraction(10, 100)


@dataclass(frozen=True)
class Option:
    """An answer in words. `is_right` is None where its kind does not say."""

    words: str
    is_right: bool | None
    n: int
    share: Fraction
    lower: Fraction
    upper: Fraction

    @property
    def misleads(self) -> bool:
        """Those who know more choose this wrong answer more often."""
        return self.is_right is False and self.upper - self.lower > CHANCE


@dataclass(frozen=True)
class ShownItem:
    """A version of a question with its figures, its answers and its picture."""

    item: Item
    words: str
    kind: Kind
    options: list[Option]
    picture: SafeString

    @property
    def turns_round(self) -> bool:
        """Those who know less do better: its key or its words may be wrong."""
        found = self.item.discrimination
        return found is not None and found < 0


def counted(quiz_key: UUID, cohorts: QuerySet[Cohort]) -> QuerySet[Attempt]:
    """The marked attempts of everybody but staff, the one ended first coming first."""
    users = get_user_model().objects.filter(
        Q(is_superuser=True)
        | Q(groups__name=ADMINISTRATORS)
        | Q(pk__in=Staff.objects.values("user"))
    )
    marked = Attempt.objects.filter(
        quiz_key=quiz_key,
        status=Attempt.Status.GRADED,
        enrolment__cohort__in=cohorts,
    )
    others = marked.exclude(enrolment__person__user__in=users.values("pk"))
    return others.order_by("ended_at", "pk")


def analysis(quiz_key: UUID, cohorts: QuerySet[Cohort]) -> Analysis:
    """Four queries, for any number of people and questions."""
    attempts = counted(quiz_key, cohorts)
    firsts: dict[int, Attempt] = {}
    rows = attempts.select_related("enrolment")
    for attempt in rows.only(
        "enrolment__person_id", "language", "started_at", "ended_at"
    ):
        firsts.setdefault(attempt.enrolment.person_id, attempt)
    answers = _answers(attempts.order_by(), {one.pk for one in firsts.values()})
    return analyse(
        Sat(one.language, _minutes(one), tuple(answers.get(one.pk, ())))
        for one in firsts.values()
    )


def shown_items(found: Analysis) -> list[ShownItem]:
    """In the reader's language, each by the newest words of its meaning."""
    keys = {item.question for item in found.items}
    versions = {
        (one.question_key, number): one for one, number in _by_meaning(keys).values()
    }
    return [_shown(one, versions[one.question, one.version]) for one in found.items]


def _minutes(attempt: Attempt) -> float:
    return (attempt.ended_at - attempt.started_at).total_seconds() / 60


def _answers(attempts, wanted: set[int]) -> dict[int, list[Answered]]:
    """By attempt, in the order of its questions; what is void counts for nothing."""
    scores = ResponseScore.objects.filter(response__attempt__in=attempts)
    newest = {
        response: (score, out_of)
        for response, score, out_of in scores.order_by("created_at", "pk")
        .values_list("response", "score", "out_of")
        .iterator(chunk_size=2000)
    }
    used = Response.objects.filter(attempt__in=attempts).order_by()
    versions = _by_meaning(used.values("question_key"))
    found: dict[int, list[Answered]] = {}
    rows = used.order_by("attempt", "place").values_list(
        "pk", "attempt", "version", "answer"
    )
    for pk, attempt, version, answer in rows.iterator(chunk_size=2000):
        score, out_of = newest.get(pk, (0, 0))
        if attempt in wanted and out_of:
            found.setdefault(attempt, []).append(
                _answered(*versions[version], answer, score, out_of)
            )
    return found


def _by_meaning(questions) -> dict[int, tuple[QuestionVersion, int]]:
    """Each version, and the number of the one that gave it its meaning.

    A small fix goes on with the figures of the version before it.
    """
    rows = QuestionVersion.objects.filter(question_key__in=questions)
    found: dict[int, tuple[QuestionVersion, int]] = {}
    question, number = None, 0
    for one in rows.order_by("question_key", "number"):
        if one.changes_meaning or one.question_key != question:
            question, number = one.question_key, one.number
        found[one.pk] = one, number
    return found


def _answered(version: QuestionVersion, number, answer, score, out_of) -> Answered:
    kind = kind_of(version.key["kind"])
    return Answered(
        version.question_key,
        number,
        Fraction(score),
        Fraction(out_of),
        tuple(kind.tallied(version.key, answer)) if answer else (),
    )


def _shown(item: Item, version: QuestionVersion) -> ShownItem:
    language = get_language()
    body, kind = version.body(language), kind_of(version.key["kind"])
    words = Truncator(version.words(language)).chars(200)
    return ShownItem(
        item, words, kind, _options(item, kind, version, body), _picture(item, words)
    )


def _options(item: Item, kind: Kind, version, body) -> list[Option]:
    """Every option that was offered, or the commonest of what was typed."""
    offered = kind.offered(version.key, body)
    by_value = {one.value: one for one in item.taken}
    if offered and item.is_enough:
        return [
            _option(str(one.text), one.is_right, by_value.get(one.id))
            for one in offered
        ]
    if not kind.is_typed:
        return []
    return [_option(one.value, None, one) for one in item.taken[:MOST_TYPED]]


def _option(words: str, is_right: bool | None, taken) -> Option:
    if taken is None:
        return Option(words, is_right, 0, *[Fraction(0)] * 3)
    return Option(words, is_right, taken.n, taken.share, taken.lower, taken.upper)


def _picture(item: Item, words: str) -> SafeString:
    """How many points each third earns, from those who know least up."""
    names = [
        gettext("Lower third of the participants"),
        gettext("Middle third"),
        gettext("Upper third"),
    ]
    drawn = [
        Bar(name, float(share * 100), cell(tenths(share * 100), "percent"))
        for name, share in zip(names, item.thirds, strict=False)
    ]
    title = gettext("Points earned: %(question)s") % {"question": words}
    # The chart escapes every word it is given.
    return mark_safe(bars(title, drawn))  # noqa: S308
