"""What is shown of an attempt, and when: values in, values out."""

from datetime import UTC, datetime, timedelta

import pytest

from courses.kinds.choosing import Choice, Choices
from courses.kinds.hiding import hide
from courses.release import (
    EVERYTHING,
    SOLUTION,
    Phase,
    What,
    cell,
    phase_of,
    released,
)

NOW = datetime(2026, 10, 12, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("ended", "closed", "phase"),
    [
        (NOW, None, Phase.AFTER),
        (NOW - 2 * MINUTE + timedelta(seconds=1), None, Phase.AFTER),
        (NOW - 2 * MINUTE, None, Phase.OPEN),
        (NOW - 9 * MINUTE, NOW, Phase.OPEN),
        (NOW - 9 * MINUTE, NOW - MINUTE, Phase.CLOSED),
        (NOW - MINUTE, NOW - MINUTE, Phase.CLOSED),
    ],
)
def test_right_after_is_two_minutes_and_closed_comes_before_all(ended, closed, phase):
    """QZ-28"""
    assert phase_of(ended_at=ended, closed_at=closed, now=NOW) == phase


@pytest.mark.parametrize("phase", list(Phase))
def test_the_presets(phase):
    """QZ-28"""

    def shown(preset, is_decided=False):
        return released(preset, [], phase, is_decided=is_decided)

    assert shown("passed") == EVERYTHING - SOLUTION
    assert shown("passed", is_decided=True) == EVERYTHING
    assert shown("at_once") == EVERYTHING
    closed = EVERYTHING if phase == Phase.CLOSED else {What.SCORE}
    assert shown("closed", is_decided=True) == closed


def test_the_table_says_what_is_shown_in_each_phase():
    """QZ-28: nothing of a question without one's own answer."""
    ticks = [
        cell(What.SCORE, Phase.AFTER),
        cell(What.RIGHT, Phase.AFTER),
        cell(What.ANSWERS, Phase.CLOSED),
        cell(What.MARKS, Phase.CLOSED),
        "no such cell",
    ]

    shown = [released("custom", ticks, one, is_decided=True) for one in Phase]

    assert shown == [{What.SCORE}, set(), {What.ANSWERS, What.MARKS}]


def test_a_review_is_shown_without_its_judgement_or_its_words():
    judged = Choices([Choice("a", "Right", True, is_right=True, feedback="Yes.")])
    plain = Choice("a", "Right", True)

    assert hide(judged, judgement=False, feedback=False) == judged
    assert hide(judged, judgement=True, feedback=True) == Choices([plain])
    assert hide(judged, judgement=True, feedback=False).choices[0].feedback == "Yes."
