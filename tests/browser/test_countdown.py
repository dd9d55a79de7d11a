"""The time left is the server's: whatever the phone's clock says, and when it moves."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from playwright.sync_api import expect

from courses import clock
from home.models import User
from lms.actions import attempts
from lms.models import Attempt
from tests.factories import (
    make_cohort,
    make_course,
    make_edition,
    make_enrolment,
    make_module,
    make_quiz,
)

# From the first script on, and once more later: the phone's clock is off by hours.
WRONG = "(hours) => { const now = Date.now; Date.now = () => now() + hours * 3600000; }"
# The page's own clock runs down within a second.
RUN_DOWN = "() => { const now = performance.now(); performance.now = () => now + 9e6; }"


@pytest.fixture
def sitting(site) -> Attempt:
    """The ready participant has begun a quiz of half an hour, 27 minutes ago."""
    course = make_course()
    quiz = make_quiz(make_module(course), minutes=30)
    person = User.objects.get(username="participant").person
    place = make_enrolment(person, make_cohort(make_edition(course, quiz)))
    attempt = attempts.start(place, quiz=quiz, language="en")
    attempt.started_at -= timedelta(minutes=27, seconds=30)
    attempt.deadline_at -= timedelta(minutes=27, seconds=30)
    attempt.save()
    return attempt


def address(attempt: Attempt) -> str:
    with override("en"):
        return reverse("lms:attempt", args=[attempt.pk])


@pytest.mark.parametrize("hours", [-5, 5])
def test_a_wrong_phone_clock_changes_nothing_nor_does_setting_it(visit, sitting, hours):
    reader = visit("participant")
    reader.page.add_init_script(f"({WRONG})({hours})")
    page = reader.open(address(sitting))

    expect(page.locator("[data-left]")).to_have_text("minutes left: 3")
    page.evaluate(WRONG, -2 * hours)
    page.locator("[name=answer-1]").first.check()

    expect(page.locator("[data-saved]")).to_contain_text("Saved")
    expect(page.locator("[data-left]")).to_have_text("minutes left: 3")
    sitting.refresh_from_db()
    assert sitting.is_running


def test_a_deadline_that_moves_is_followed_with_the_next_answer(visit, sitting):
    page = visit("participant").open(address(sitting))
    expect(page.locator("[data-left]")).to_be_visible()
    sitting.deadline_at += timedelta(minutes=40)
    sitting.save()
    zone = sitting.enrolment.cohort.zone
    until = timezone.localtime(sitting.deadline_at, zone).strftime("%H:%M")

    page.locator("[name=answer-1]").first.check()

    expect(page.locator("[data-until]")).to_have_text(f"until {until}")
    expect(page.locator("[data-left]")).to_be_hidden()


def test_who_comes_back_to_the_page_is_told_the_time_again(visit, sitting):
    """A phone that slept may have a clock that stood still."""
    page = visit("participant").open(address(sitting))
    expect(page.locator("[data-left]")).to_be_visible()
    sitting.deadline_at += timedelta(minutes=40)
    sitting.save()

    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    expect(page.locator("[data-left]")).to_be_hidden()


def test_a_clock_that_runs_down_too_early_ends_nothing(visit, sitting):
    """QZ-10."""
    page = visit("participant").open(address(sitting))
    page.locator("[name=answer-1]").first.check()

    page.evaluate(RUN_DOWN)

    expect(page.locator(".messages")).to_contain_text("There is time left")
    expect(page.locator("[data-left]")).to_have_text("minutes left: 3")
    expect(page.locator("[name=answer-1]:checked")).to_have_count(1)
    sitting.refresh_from_db()
    assert sitting.is_running


def test_the_page_hands_in_by_itself_when_the_time_is_up(visit, sitting):
    """QZ-10."""
    sitting.deadline_at = clock.now() + timedelta(seconds=2)
    sitting.save()
    page = visit("participant").open(address(sitting))

    page.wait_for_url("**/result/")

    sitting.refresh_from_db()
    assert not sitting.is_running
