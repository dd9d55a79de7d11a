"""How well a test and each of its questions work. Answers in, figures out.

Shares are exact fractions of what there was to earn; what needs a root is a float.
A figure that the answers do not carry is None: too few people, or no difference between
them (QZ-46, QZ-47).
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from statistics import median
from uuid import UUID

# Fewer people say nothing about a question.
ENOUGH = 20
# From this gap between two languages on, the translation is to be looked at.
GAP = Fraction(20, 100)


@dataclass(frozen=True)
class Answered:
    """One person's answer to a version of a question that counts.

    `tally` is what it stands for among the answers, such as the ids of options.
    """

    question: UUID
    version: int
    earned: Fraction
    out_of: Fraction
    tally: tuple[str, ...] = ()

    @property
    def share(self) -> Fraction:
        return self.earned / self.out_of


@dataclass(frozen=True)
class Sat:
    """One person's test, every question of it with something to earn."""

    language: str
    minutes: float
    answers: tuple[Answered, ...]

    @cached_property
    def earned(self) -> Fraction:
        return sum((one.earned for one in self.answers), Fraction(0))

    @cached_property
    def out_of(self) -> Fraction:
        return sum((one.out_of for one in self.answers), Fraction(0))

    @cached_property
    def share(self) -> Fraction:
        return self.earned / self.out_of


Version = tuple[UUID, int]
Pairs = list[tuple[Sat, Answered]]


@dataclass(frozen=True)
class Taken:
    """How many of all, of the lower and of the upper third gave this answer."""

    value: str
    n: int
    share: Fraction
    lower: Fraction
    upper: Fraction


@dataclass(frozen=True)
class InLanguage:
    """`facility` is None with fewer than enough people."""

    language: str
    n: int
    facility: Fraction | None


@dataclass(frozen=True)
class Item:
    """One version of a question. `thirds` are its facilities from the lower third up.

    With fewer than enough people `is_enough` is False and nothing is told but `n`.
    """

    question: UUID
    version: int
    n: int
    is_enough: bool
    facility: Fraction | None = None
    discrimination: float | None = None
    thirds: tuple[Fraction, ...] = ()
    taken: tuple[Taken, ...] = ()
    languages: tuple[InLanguage, ...] = ()
    needs_translation_check: bool = False


@dataclass(frozen=True)
class Analysis:
    """A whole test. `error` is the standard error of a result, as a share.

    `alpha` is Cronbach's: None where not everybody was asked the same questions.
    """

    n: int
    is_enough: bool
    items: tuple[Item, ...]
    mean: Fraction | None = None
    minutes: float | None = None
    alpha: float | None = None
    error: float | None = None


def analyse(tests: Iterable[Sat]) -> Analysis:
    """The figures of the test and of each version of its questions, in their order."""
    sat = [one for one in tests if one.answers]
    items = tuple(_item(*found) for found in _by_version(sat))
    if len(sat) < ENOUGH:
        return Analysis(len(sat), False, items)
    alpha = cronbach(_points(sat))
    return Analysis(
        n=len(sat),
        is_enough=True,
        items=items,
        mean=mean([one.share for one in sat]),
        minutes=median(one.minutes for one in sat),
        alpha=alpha,
        error=None if alpha is None else _error(sat, alpha),
    )


def mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def variance(values: Sequence[Fraction]) -> Fraction:
    """Of a sample, exact; zero where there is no difference or nobody to differ."""
    if len(values) < 2:
        return Fraction(0)
    centre = mean(values)
    return sum(((v - centre) ** 2 for v in values), Fraction(0)) / (len(values) - 1)


def correlation(pairs: Sequence[tuple[Fraction, Fraction]]) -> float | None:
    """Pearson's; None where one of the two does not vary."""
    if len(pairs) < 2:
        return None
    first, second = ([float(pair[side]) for pair in pairs] for side in (0, 1))
    if not _varies(pairs, 0) or not _varies(pairs, 1):
        return None
    a, b = _centred(first), _centred(second)
    both = math.fsum(x * y for x, y in zip(a, b, strict=True))
    spread = math.fsum(x * x for x in a) * math.fsum(y * y for y in b)
    return max(-1.0, min(1.0, both / math.sqrt(spread)))


def cronbach(rows: Sequence[Sequence[Fraction]]) -> float | None:
    """Cronbach's alpha of the points of each person in each of the same questions.

    None for fewer than two questions or where the totals do not vary.
    """
    width = len(rows[0]) if rows else 0
    totals = variance([sum(row, Fraction(0)) for row in rows])
    if width < 2 or not totals:
        return None
    parts = sum((variance(column) for column in zip(*rows, strict=True)), Fraction(0))
    return float(Fraction(width, width - 1) * (1 - parts / totals))


def _varies(pairs: Sequence[tuple[Fraction, Fraction]], side: int) -> bool:
    return len({pair[side] for pair in pairs}) > 1


def _centred(values: list[float]) -> list[float]:
    centre = math.fsum(values) / len(values)
    return [value - centre for value in values]


def _by_version(sat: list[Sat]) -> list[tuple[Version, Pairs]]:
    """Who was asked each version, where it first stood, the older one first."""
    place: dict[UUID, int] = {}
    found: dict[Version, Pairs] = {}
    for one in sat:
        for nth, answer in enumerate(one.answers):
            place.setdefault(answer.question, nth)
            version = answer.question, answer.version
            found.setdefault(version, []).append((one, answer))
    order = sorted(found, key=lambda one: (place[one[0]], one[0], one[1]))
    return [(version, found[version]) for version in order]


def _item(version: Version, pairs: Pairs) -> Item:
    if len(pairs) < ENOUGH:
        return Item(*version, n=len(pairs), is_enough=False)
    languages = _by_language(pairs)
    told = [one.facility for one in languages if one.facility is not None]
    thirds = _thirds(pairs)
    return Item(
        *version,
        n=len(pairs),
        is_enough=True,
        facility=mean([answer.share for _one, answer in pairs]),
        discrimination=correlation(_with_rest(pairs)),
        thirds=tuple(mean([answer.share for answer in third]) for third in thirds),
        taken=_taken(thirds),
        languages=languages,
        needs_translation_check=bool(told) and max(told) - min(told) > GAP,
    )


def _with_rest(pairs: Pairs) -> list[tuple[Fraction, Fraction]]:
    """The share of the question beside that of all others of the same person."""
    found = []
    for one, answer in pairs:
        rest = one.out_of - answer.out_of
        if rest:
            found.append((answer.share, (one.earned - answer.earned) / rest))
    return found


def _thirds(pairs: Pairs) -> list[list[Answered]]:
    """Lower, middle and upper third by the whole test; the middle has the remainder."""
    ranked = [answer for _one, answer in sorted(pairs, key=lambda pair: pair[0].share)]
    size = len(ranked) // 3
    return [ranked[:size], ranked[size:-size], ranked[-size:]]


def _taken(thirds: list[list[Answered]]) -> tuple[Taken, ...]:
    """The commonest answer first."""
    counts = [Counter(v for one in third for v in one.tally) for third in thirds]
    total = sum(counts, Counter[str]())
    n = sum(map(len, thirds))
    return tuple(
        Taken(
            value,
            total[value],
            Fraction(total[value], n),
            Fraction(counts[0][value], len(thirds[0])),
            Fraction(counts[2][value], len(thirds[2])),
        )
        for value in sorted(total, key=lambda value: (-total[value], value))
    )


def _by_language(pairs: Pairs) -> tuple[InLanguage, ...]:
    shares: dict[str, list[Fraction]] = {}
    for one, answer in pairs:
        shares.setdefault(one.language, []).append(answer.share)
    return tuple(
        InLanguage(language, len(found), mean(found) if len(found) >= ENOUGH else None)
        for language, found in sorted(shares.items())
    )


def _points(sat: list[Sat]) -> list[list[Fraction]]:
    """Everybody's points, question by question; nothing where the questions differ."""
    asked = sorted({answer.question for answer in sat[0].answers})
    rows = [{a.question: a.earned for a in one.answers} for one in sat]
    if any(sorted(row) != asked for row in rows):
        return []
    return [[row[question] for question in asked] for row in rows]


def _error(sat: list[Sat], alpha: float) -> float:
    """How far a result may be from what somebody knows, as a share of the test."""
    spread = math.sqrt(variance([one.share for one in sat]))
    return spread * math.sqrt(max(0.0, 1 - alpha))
