"""A second calculator of attendance, slow and plain, that shares nothing with ours.

It knows no formula for what is projected or still possible: it tries every future there
is, and every choice of sessions, and takes the worst and the best outcome.
"""

from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product


@dataclass
class Meeting:
    """From `start` to `end` in minutes; `is_held` as its register says."""

    start: int
    end: int
    is_held: bool
    is_mandatory: bool


@dataclass
class Said:
    """A mark: thousandths of a session, does it count, and the minutes if any."""

    credit: int
    counts: bool
    minutes: int | None


@dataclass
class Course:
    in_minutes: bool
    best_of: int
    before: str


@dataclass
class Answer:
    so_far: Fraction | None
    worst: Fraction | None
    best: Fraction | None
    lacking: list[int]


def reckon(meetings, marks, joined, left, course, now) -> Answer:
    """`marks` by the number of the meeting, from 1."""
    asked = {}
    for number, meeting in enumerate(meetings, 1):
        said = marks.get(number)
        if left is not None and meeting.start >= left:
            continue
        if meeting.end <= joined:
            if course.before == "not_expected":
                continue
            if said is None and course.before == "trainer":
                continue
            said = said or Said(0, True, None)
        asked[number] = (meeting, said)
    done = {
        number: meeting.is_held or (number in marks and meeting.start <= now)
        for number, (meeting, _said) in asked.items()
    }
    futures = list(_futures(asked))
    known = [(m, s or Said(0, True, None)) for n, (m, s) in asked.items() if done[n]]
    is_over = all(done.values())
    outcomes = [_best_choice(future, course, course.best_of) for future in futures]
    real = [one for one in outcomes if one is not None]
    return Answer(
        so_far=_best_choice(known, course, course.best_of if is_over else 0),
        worst=min(real, default=None),
        best=max(real, default=None),
        lacking=[
            n for n in asked if asked[n][0].is_mandatory and not _came(asked, done, n)
        ],
    )


def _futures(asked):
    """Everything that may still be marked where nothing is: absent or present."""
    options = [
        [(m, s)] if s else [(m, Said(0, True, None)), (m, Said(1000, True, None))]
        for m, s in asked.values()
    ]
    return product(*options)


def _best_choice(future, course, most):
    counted = [_points(m, s, course) for m, s in future if s.counts]
    if not counted:
        return None
    size = min(most, len(counted)) if most else len(counted)
    return max(
        Fraction(sum(p for p, _of in choice) * 100, sum(of for _p, of in choice))
        for choice in combinations(counted, size)
    )


def _points(meeting, said, course):
    length = meeting.end - meeting.start
    if not course.in_minutes:
        return said.credit, 1000
    if said.minutes is None:
        return said.credit * length, 1000 * length
    return 1000 * min(length, said.minutes), 1000 * length


def _came(asked, done, number):
    said = asked[number][1]
    return bool(done[number] and said and said.counts and (said.credit or said.minutes))
