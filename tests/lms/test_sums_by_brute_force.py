"""The sums beside a calculator that was written otherwise, over 10,000 cohorts."""

import random
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest

from lms.attendance_rules import MINUTES, SESSIONS, Rules
from lms.models import Enrolment, MarkStatus, Session
from lms.presence import NOTHING, Given, Meeting, expected_of
from lms.sums import attendance_sums

from . import brute_force as slow

COHORTS = 10_000
BEGINNING = datetime(2026, 9, 1, tzinfo=UTC)
CREDITS = [(0, True), (250, True), (500, True), (1000, True), (1000, True), (0, False)]
STATUSES = {
    (credit, counts): MarkStatus(code="any", credit=credit, counts=counts)
    for credit, counts in CREDITS
}


def minute(number):
    return BEGINNING + timedelta(minutes=number)


def made_up(dice):
    """Meetings one after another, some of them held, and the rules of their course."""
    starts = sorted(dice.sample(range(0, 2000, 10), dice.randint(1, 6) + 1))
    now = dice.choice([0, 2000, dice.randint(0, 2000)])
    meetings = [
        slow.Meeting(
            start,
            start + min(dice.choice([30, 60, 90, 240]), following - start),
            is_held=start < now and dice.random() < 0.9,
            is_mandatory=dice.random() < 0.2,
        )
        for start, following in pairwise(starts)
    ]
    course = slow.Course(
        in_minutes=dice.random() < 0.5,
        best_of=dice.choice([0, 0, 1, 2, 3, 5]),
        before=dice.choice(["not_expected", "absent", "trainer"]),
    )
    return meetings, course, now


def marked(dice, meetings):
    """The marks of one person, some of them ahead of the day."""
    found = {}
    for number, meeting in enumerate(meetings, 1):
        if dice.random() < (0.85 if meeting.is_held else 0.15):
            credit, counts = dice.choice(CREDITS)
            there = dice.random() < 0.3 and counts and credit
            minutes = dice.randint(0, 250) if there else None
            found[number] = slow.Said(credit, counts, minutes)
    return found


def ours(meetings, marks, joined, left, course):
    rules = Rules(
        measure=MINUTES if course.in_minutes else SESSIONS,
        best_of=course.best_of,
        before=course.before,
    )
    place = Enrolment(active_from=minute(joined), active_to=left and minute(left))
    expected = [
        expected_of(place, meeting_of(number, one), given_of(marks.get(number)), rules)
        for number, one in enumerate(meetings, 1)
    ]
    sums = attendance_sums([one for one in expected if one], rules)
    return slow.Answer(
        sums.percent,
        sums.projected,
        sums.best_possible,
        [one.number for one in sums.lacking],
    )


def meeting_of(number, one):
    session = Session(
        starts_at=minute(one.start),
        minutes=one.end - one.start,
        status="held" if one.is_held else "planned",
        is_mandatory=one.is_mandatory,
    )
    return Meeting(session, number, minute(one.end))


def given_of(said):
    if said is None:
        return NOTHING
    status = STATUSES[said.credit, said.counts]
    return Given(status, Fraction(said.credit, 1000), said.minutes)


@pytest.mark.parametrize("part", range(4))
def test_every_figure_is_what_trying_every_future_gives(part, at):
    """ATT-07, ATT-08, ATT-09, ATT-10, ATT-11, ATT-51: so far, at least, at best."""
    dice = random.Random(part)  # noqa: S311
    for _cohort in range(COHORTS // 4):
        meetings, course, now = made_up(dice)
        at(minute(now))
        joined = dice.choice([0, 0, dice.randint(0, 1500)])
        left = dice.choice([None, None, dice.randint(joined + 1, 2001)])
        marks = marked(dice, meetings)

        expected = slow.reckon(meetings, marks, joined, left, course, now)

        told = (meetings, marks, joined, left, course, now)
        assert ours(meetings, marks, joined, left, course) == expected, told
