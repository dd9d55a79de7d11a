"""Knowledge gain: what the same people knew before and after (RP-09).

A pre-test and a post-test are quizzes that say so (`QuizPage.purpose`). They are paired
within one edition: its first pre-test and its last post-test, in teaching order. Of
several attempts the first counts before (nothing was taught yet) and the last counts
after (what somebody left with): the best would call luck knowledge.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from courses.languages import in_order as languages_in_order
from courses.models import Edition, QuizPage
from lms.gain import Pair
from lms.models import Attempt, Enrolment
from lms.titles import course_titles

from .counting import during, in_order, name_of, narrows, not_known, together
from .dataset import Column, Report, Row, Table, register
from .gain_questions import by_topic_and_question
from .gain_tables import columns, values
from .question import Question

PURPOSES = (QuizPage.Purpose.PRE_TEST, QuizPage.Purpose.POST_TEST)
BEFORE, AFTER = "before", "after"


@dataclass(frozen=True)
class Tests:
    """The two tests of an edition; either may be missing."""

    course: UUID
    before: UUID | None
    after: UUID | None


@dataclass(frozen=True)
class Sitting:
    """One place with the attempts that count; either may be missing."""

    enrolment: int
    course: UUID
    audience: str
    before: Attempt | None
    after: Attempt | None

    @property
    def alone(self) -> str:
        """Which test stands alone; "" where both were sat."""
        if self.before and self.after:
            return ""
        return BEFORE if self.before else AFTER

    @property
    def pair(self) -> Pair:
        return Pair(_percent(self.before), _percent(self.after))


def tables(question: Question) -> list[Table]:
    sittings = sittings_of(question)
    pairs = [one for one in sittings if not one.alone]
    return [
        _by_course(pairs),
        _by_audience(pairs),
        _by_language(pairs),
        *by_topic_and_question(question, pairs, _row(together(), pairs)),
        _of_one_test([one for one in sittings if one.alone]),
    ]


def people(question: Question) -> QuerySet[Enrolment]:
    """The places with both tests, or with one alone; of one course or of all."""
    alone, _colon, course = question.only.rpartition(":")
    return Enrolment.objects.filter(
        pk__in=[
            one.enrolment
            for one in sittings_of(question)
            if one.alone == alone and course in ("", str(one.course))
        ]
    )


def sittings_of(question: Question) -> list[Sitting]:
    """Who sat a test of the period; three queries.

    A pair belongs to the day its post-test ended, a lone test to its own.
    """
    tests = _tests_by_edition(question)
    attempts = defaultdict(lambda: defaultdict(list))
    for attempt in _attempts(question, tests.values()).iterator(chunk_size=2000):
        attempts[attempt.enrolment][attempt.quiz_key].append(attempt)
    found = [
        _sitting(enrolment, tests[enrolment.cohort.edition_id], by_quiz)
        for enrolment, by_quiz in attempts.items()
    ]
    return [one for one in found if (last := one.after or one.before) and last.counts]


def _tests_by_edition(question: Question) -> dict[int, Tests]:
    """Of every edition that somebody asked about follows."""
    followed = question.places().order_by().values("cohort__edition")
    return tests_of(Edition.objects.filter(pk__in=followed))


def tests_of(editions: Iterable[Edition]) -> dict[int, Tests]:
    """By edition; what a quiz is for says the language that comes first."""
    quizzes = QuizPage.objects.select_related("locale")
    purposes: dict[str, str] = {}
    for quiz in languages_in_order(quizzes):
        purposes.setdefault(str(quiz.translation_key), quiz.purpose)
    return {
        edition.pk: Tests(
            edition.course_key,
            *(_key(edition, purposes, purpose) for purpose in PURPOSES),
        )
        for edition in editions
    }


def _key(edition: Edition, purposes: dict[str, str], purpose: str) -> UUID | None:
    keys = [a["key"] for a in edition.activities if purposes.get(a["key"]) == purpose]
    if not keys:
        return None
    return UUID(keys[0] if purpose == QuizPage.Purpose.PRE_TEST else keys[-1])


def _attempts(question: Question, tests: Iterable[Tests]) -> QuerySet[Attempt]:
    keys = {key for one in tests for key in (one.before, one.after) if key}
    rows = Attempt.objects.filter(
        enrolment__in=question.places(),
        quiz_key__in=keys,
        status=Attempt.Status.GRADED,
        score__isnull=False,
        out_of__gt=0,
    )
    counts = Q(during("ended_at", question.period))
    return (
        rows.annotate(counts=counts)
        .select_related("enrolment__cohort")
        .order_by("enrolment", "number")
    )


def _sitting(enrolment: Enrolment, tests: Tests, by_quiz: dict) -> Sitting:
    before, after = by_quiz.get(tests.before), by_quiz.get(tests.after)
    return Sitting(
        enrolment.pk,
        tests.course,
        enrolment.audience,
        before[0] if before else None,
        after[-1] if after else None,
    )


def pair_of(place: Enrolment, after: Attempt | None = None) -> Pair | None:
    """What one participant knew before and after; None without both tests.

    `after` is the post-test to take instead of the last one.
    """
    edition = place.cohort.edition
    tests = tests_of([edition])[edition.pk]
    if tests.before is None or tests.after is None:
        return None
    rows = place.attempts.filter(status=Attempt.Status.GRADED, score__isnull=False)
    by_quiz: dict[UUID, list[Attempt]] = defaultdict(list)
    sat = rows.filter(quiz_key__in=[tests.before, tests.after])
    for one in sat.order_by("number"):
        if after is None or one.quiz_key != tests.after or one == after:
            by_quiz[one.quiz_key].append(one)
    found = _sitting(place, tests, by_quiz)
    return found.pair if found.before and found.after else None


def _percent(attempt: Attempt) -> Fraction:
    return Fraction(attempt.score) * 100 / Fraction(attempt.out_of)


def _courses(sittings: list[Sitting]) -> dict[UUID, str]:
    """Titles by key, in the order of the alphabet."""
    titles = course_titles()
    found = {one.course: titles.get(one.course, not_known()) for one in sittings}
    return dict(sorted(found.items(), key=lambda item: item[1]))


def _by_course(pairs: list[Sitting]) -> Table:
    rows = [
        _row(title, [one for one in pairs if one.course == key], {"only": str(key)})
        for key, title in _courses(pairs).items()
    ]
    return _table("course", gettext("By course"), gettext("Course"), rows, pairs)


def _by_audience(pairs: list[Sitting]) -> Table:
    rows = [
        _row(
            name_of("audience", code),
            [one for one in pairs if one.audience == code],
            narrows("audience", code),
        )
        for code in in_order("audience", {one.audience for one in pairs})
    ]
    return _table("audience", gettext("By audience"), gettext("Audience"), rows, pairs)


def _by_language(pairs: list[Sitting]) -> Table:
    """A pair in two languages says nothing about either."""
    names = dict(settings.LANGUAGES) | {"": gettext("One language, then another")}
    found: dict[str, list[Sitting]] = defaultdict(list)
    for one in pairs:
        is_same = one.before.language == one.after.language
        found[one.after.language if is_same else ""].append(one)
    rows = [
        _row(str(names.get(code, code)), found[code])
        for code in sorted(found, key=lambda code: (not code, code))
    ]
    return _table("language", gettext("By language"), gettext("Language"), rows, pairs)


def _row(label: str, pairs: list[Sitting], leads: dict[str, str] | None = None):
    return Row(values(label, [one.pair for one in pairs]), leads or {})


def _table(
    key: str, title: str, label: str, rows: list[Row], pairs: list[Sitting]
) -> Table:
    return Table(
        key,
        title,
        columns(label),
        rows,
        _definition(),
        total=_row(together(), pairs) if pairs else None,
        chart="gain",
    )


def _of_one_test(sittings: list[Sitting]) -> Table:
    """A table of its own, so that observers see no small group here either."""
    names = {
        BEFORE: gettext("Only the pre-test"),
        AFTER: gettext("Only the post-test"),
    }
    found = Counter((one.course, one.alone) for one in sittings)
    rows = [
        Row(
            {"label": f"{title}: {name}", "people": found[key, alone]},
            {"only": f"{alone}:{key}"},
        )
        for key, title in _courses(sittings).items()
        for alone, name in names.items()
        if found[key, alone]
    ]
    return Table(
        "one-test",
        gettext("One test alone"),
        [
            Column("label", gettext("Course")),
            Column("people", gettext("People"), "people"),
        ],
        rows,
        gettext("Places with a pre-test or a post-test alone; they are in no gain."),
        total=Row({"label": together(), "people": len(sittings)}) if sittings else None,
    )


def _definition() -> str:
    return gettext(
        "Only places with both tests count (n). Before: the first marked attempt at "
        "the edition's first pre-test. After: the last marked attempt at its last "
        "post-test, which ended in the period. Gain: the mean of each participant's "
        "difference in percentage points. The interval is Student's t for paired "
        "differences: with 95% confidence the true mean lies in it; fewer than two "
        "pairs have none. Somebody who took a course in two cohorts is two pairs."
    )


register(
    Report(
        "knowledge-gain", _("Knowledge gain"), tables, people=people, icon="order-up"
    )
)
