"""What another key makes of results that are given. Values in, values out."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from courses.marking import counted

NEWEST, VOID, FULL = "newest", "void", "full"


@dataclass(frozen=True)
class Terms:
    """What is done with every answer to one question."""

    way: str
    is_never_lower: bool = False
    remarks_manual: bool = False

    @property
    def keeps_manual(self) -> bool:
        """Void is void for all, whoever marked (QZ-40)."""
        return self.way != VOID and not self.remarks_manual


@dataclass(frozen=True)
class Score:
    """Points, and how many there were to earn: none for a question that is void."""

    earned: Decimal
    out_of: Decimal


NOTHING = Score(Decimal(0), Decimal(0))


@dataclass(frozen=True)
class Judged:
    """An answer worth `marks`: what it has `now`, None while a marker has to say it.

    `by_hand` is what a person gave it, if one did; `by_key` what the key says, None
    where no key can.
    """

    marks: Decimal
    now: Score | None
    by_hand: Score | None
    by_key: Decimal | None


def corrected(answer: Judged, terms: Terms) -> Score | None:
    """What the answer earns now; None while it still waits for its marker."""
    if terms.way == VOID:
        return NOTHING
    if answer.by_hand and terms.keeps_manual:
        return answer.by_hand
    if terms.way == FULL:
        return Score(answer.marks, answer.marks)
    if answer.by_key is None:
        return answer.now
    before = answer.now.earned if answer.now else Decimal(0)
    least = before if terms.is_never_lower else Decimal(0)
    return Score(max(answer.by_key, least), answer.marks)


@dataclass(frozen=True)
class Result:
    """An attempt: what is earned, out of how much, how many answers wait."""

    earned: Decimal
    out_of: Decimal
    waiting: int = 0

    @property
    def share(self) -> Fraction:
        return Fraction(self.earned) / Fraction(self.out_of)

    def with_score(self, answer: Judged, after: Score | None) -> "Result":
        """The same attempt with another score of one of its answers."""
        if after is None:
            return self
        now = answer.now or Score(Decimal(0), answer.marks)
        return Result(
            self.earned + after.earned - now.earned,
            self.out_of + after.out_of - now.out_of,
            self.waiting - (answer.now is None),
        )


@dataclass(frozen=True)
class Tried:
    """An attempt at a quiz, before and after; one that is not touched is the same."""

    enrolment: int
    quiz: UUID
    before: Result
    after: Result
    is_touched: bool
    grading: str
    pass_percent: Decimal


@dataclass(frozen=True)
class Figures:
    """How many attempts have the question and move; how many passes come and go.

    `by_hand` answers keep the marks that a person gave them (QZ-35, QZ-37).
    """

    attempts: int
    up: int
    down: int
    passed: int
    failed: int
    by_hand: int = 0


@dataclass(frozen=True)
class Turned:
    """The (enrolment, quiz) pairs whose pass comes or goes."""

    gained: list[tuple[int, UUID]]
    lost: list[tuple[int, UUID]]


def turned(attempts: Iterable[Tried]) -> Turned:
    """Whose pass changes by the attempts that count, the first attempt coming first."""
    by_quiz: dict[tuple[int, UUID], list[Tried]] = {}
    for one in attempts:
        by_quiz.setdefault((one.enrolment, one.quiz), []).append(one)
    gained, lost = [], []
    for pair, tries in by_quiz.items():
        was = _passes(tries, [one.before for one in tries])
        is_now = _passes(tries, [one.after for one in tries])
        if is_now and not was:
            gained.append(pair)
        if was and not is_now:
            lost.append(pair)
    return Turned(gained, lost)


def figures(attempts: list[Tried], by_hand: int) -> Figures:
    """What a regrade comes to, for its dry run."""
    touched = [one for one in attempts if one.is_touched]
    passes = turned(attempts)
    return Figures(
        attempts=len(touched),
        up=sum(one.after.share > one.before.share for one in touched),
        down=sum(one.after.share < one.before.share for one in touched),
        passed=len(passes.gained),
        failed=len(passes.lost),
        by_hand=by_hand,
    )


def _passes(tries: list[Tried], results: list[Result]) -> bool:
    """By the rules of the last attempt, as handing it in decided."""
    rules = tries[-1]
    share = counted(rules.grading, [one.share for one in results])
    return share is not None and share * 100 >= Fraction(rules.pass_percent)
