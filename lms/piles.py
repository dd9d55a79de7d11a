"""The answers of a cohort that a person marks, in piles: by question or by person."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Min, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from courses import clock
from courses.outline import Activity

from .models import Attempt, Cohort, MarkingClaim, Response, ResponseScore
from .standing import outline_for

QUESTION, PERSON = "question", "person"
WAYS = (QUESTION, PERSON)


Build = Callable[[list[Response], Activity | None], "Pile"]


@dataclass(frozen=True)
class Entry:
    """One answer. `score` is its newest, as far as this marker may know it.

    `wants_second` where another has marked it and this marker is to mark it unseen.
    """

    response: Response
    label: str
    score: ResponseScore | None = None
    claim: MarkingClaim | None = None
    is_marked: bool = False
    wants_second: bool = False


@dataclass(frozen=True)
class Pile:
    """Answers to one question, or those that one attempt holds."""

    title: str
    quiz: Activity | None
    entries: list[Entry]

    @property
    def waiting(self) -> list[Entry]:
        return [one for one in self.entries if not one.is_marked]

    @property
    def marked(self) -> list[Entry]:
        return [one for one in self.entries if one.is_marked]

    def around(self, response: Response) -> tuple[Entry | None, Entry | None]:
        """What comes before and after this answer."""
        at = self.entries.index(self.entry(response))
        both = [None, *self.entries, None]
        return both[at], both[at + 2]

    def entry(self, response: Response) -> Entry:
        return next(one for one in self.entries if one.response == response)


def answers(cohort: Cohort) -> QuerySet[Response]:
    return Response.objects.by_hand().filter(attempt__enrolment__cohort=cohort)


def beside(response: Response, way: str) -> QuerySet[Response]:
    """The pile that the answer lies in."""
    same = answers(response.attempt.enrolment.cohort)
    if way == PERSON:
        return same.filter(attempt=response.attempt_id)
    return same.filter(question_key=response.question_key)


def piles(cohort: Cohort, user, way: str) -> list[Pile]:
    """All of them; the same number of queries however many answers there are."""
    return _sorted_out(answers(cohort), cohort, user, way)


def pile_of(response: Response, user, way: str) -> Pile:
    """The one with this answer in it."""
    cohort = response.attempt.enrolment.cohort
    return _sorted_out(beside(response, way), cohort, user, way)[0]


def _sorted_out(rows: QuerySet, cohort: Cohort, user, way: str) -> list[Pile]:
    found: dict[object, list[Response]] = {}
    rows = rows.select_related(
        "attempt__enrolment__person", "version", "claim__by", "second_mark"
    )
    for row in rows.defer("answer").prefetch_related("scores"):
        key = row.attempt_id if way == PERSON else row.question_key
        found.setdefault(key, []).append(row)
    outline = outline_for(cohort)
    build = _by_person(cohort, user) if way == PERSON else _by_question(user)
    return [
        build(group, outline.find(group[0].attempt.quiz_key))
        for group in found.values()
    ]


def _by_question(user) -> Build:
    def build(group: list[Response], quiz: Activity | None) -> Pile:
        labels = [
            _name(row) or _("Answer %(number)s") % {"number": number}
            for number, row in enumerate(group, 1)
        ]
        return Pile(_words(group[0]), quiz, _entries(group, labels, user))

    return build


def _by_person(cohort: Cohort, user) -> Build:
    numbers = _numbers(cohort)

    def build(group: list[Response], quiz: Activity | None) -> Pile:
        number = numbers[group[0].attempt.enrolment_id]
        title = _name(group[0]) or _("Participant %(number)s") % {"number": number}
        return Pile(title, quiz, _entries(group, map(_words, group), user))

    return build


def _numbers(cohort: Cohort) -> dict[int, int]:
    """What places are called instead of by a name: who began a quiz first is 1.

    It stays the same whoever comes later, and tells nothing of the alphabet.
    """
    attempts = Attempt.objects.filter(enrolment__cohort=cohort).values("enrolment")
    first = attempts.annotate(first=Min("pk")).order_by("first")
    return {row["enrolment"]: number for number, row in enumerate(first, 1)}


def _entries(group: list[Response], labels: Iterable[str], user) -> list[Entry]:
    return [_entry(row, label, user) for row, label in zip(group, labels, strict=True)]


def _entry(row: Response, label: str, user) -> Entry:
    scores = list(row.scores.all())
    is_blind = row.awaits_second_mark and all(one.by_id != user.pk for one in scores)
    return Entry(
        row,
        label,
        score=scores[-1] if scores and not is_blind else None,
        claim=_running(row),
        is_marked=bool(scores),
        wants_second=is_blind,
    )


def _running(row: Response) -> MarkingClaim | None:
    claim = getattr(row, "claim", None)
    return claim if claim and claim.ends_at > clock.now() else None


def _name(row: Response) -> str:
    """Only where the quiz says so."""
    by_name = row.attempt.rules.get("is_marked_by_name")
    return row.attempt.enrolment.person.legal_name if by_name else ""


def _words(row: Response) -> str:
    return row.version.words(get_language())
