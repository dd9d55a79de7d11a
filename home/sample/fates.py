"""How it goes for each participant of a cohort, thrown with a fixed seed."""

from dataclasses import dataclass
from random import Random

COMPLETES, FAILS, MISSES, LEAVES = "completes", "fails", "misses", "leaves"
KINDS = (COMPLETES, FAILS, MISSES, LEAVES)
WEIGHTS = (88, 4, 4, 4)

PRESENT, LATE, EXCUSED, ABSENT = "present", "late", "excused", "absent"
# Right answers of ten; seven pass.
GOOD = (7, 8, 8, 9, 9, 10)
POOR = (3, 4, 5, 6)
# Right answers of five before the first lesson; a few come too late for the test.
GUESSED = (0, 1, 1, 2, 2, 3)
SITS_BEFORE = 0.85


@dataclass(frozen=True)
class Fate:
    """`marks` by session, `scores` by attempt; `pace` 1 studies evenly to the end."""

    kind: str
    marks: list[str]
    scores: list[int]
    pace: float


def fate(random: Random, *, sessions: int) -> Fate:
    """Throw one."""
    kind = random.choices(KINDS, WEIGHTS)[0]
    return Fate(
        kind=kind,
        marks=_marks(random, sessions, kind),
        scores=_scores(random, kind),
        pace=random.uniform(0.7, 1.0),
    )


def steady(random: Random, *, sessions: int) -> Fate:
    """Always there, quick, passes at once."""
    return Fate(COMPLETES, [PRESENT] * sessions, [random.choice(GOOD)], 0.7)


def guess(random: Random) -> int | None:
    """How many right answers in the pre-test; None for who does not sit it."""
    return random.choice(GUESSED) if random.random() < SITS_BEFORE else None


def _marks(random: Random, sessions: int, kind: str) -> list[str]:
    """At most one is not "present", unless somebody misses what they needed."""
    marks = [PRESENT] * sessions
    if kind == MISSES:
        for place in random.sample(range(sessions), sessions // 2 + 1):
            marks[place] = ABSENT
        return marks
    chance, place = random.random(), random.randrange(sessions)
    if chance < 0.2:
        marks[place] = LATE
    elif chance < 0.3:
        marks[place] = EXCUSED
    elif chance < 0.35 and sessions > 4:
        marks[place] = ABSENT
    return marks


def _scores(random: Random, kind: str) -> list[int]:
    if kind == FAILS:
        return [random.choice(POOR) for _attempt in range(3)]
    tries = random.choices((0, 1), (8, 2))[0]
    return [random.choice(POOR) for _attempt in range(tries)] + [random.choice(GOOD)]
