"""Another person, another tab, an older answer: each is told apart."""

import pytest
from playwright.sync_api import expect

from courses.models import QuizPage
from lms.actions import attempts
from lms.models import Attempt
from tests.factories import make_enrolment, make_participant
from tests.lms.sitting import right, wrong

from .offline import (
    KEPT,
    QUESTIONS,
    address,
    answer_all,
    begin,
    choose,
    cut_the_line,
    status,
    stored,
    wait_until_kept,
)


@pytest.fixture
def sitting(site) -> Attempt:
    return begin()


def test_without_a_line_another_tab_shows_nothing_of_the_attempt(visit, sitting):
    """QZ-20: nor does a browser whose last participant is gone."""
    reader = visit("participant")
    page = reader.open(address(sitting))
    cut_the_line(page)
    answer_all(reader, sitting)

    other = page.context.new_page()
    other.goto(reader.site + address(sitting))

    expect(other.get_by_role("heading", level=1)).to_have_text("The line is away")
    assert "Question 1" not in other.content()


def test_nobody_else_at_the_computer_sees_or_sends_what_is_kept(visit, sitting):
    """QZ-20."""
    reader, other = visit("participant"), make_participant()
    page = reader.open(address(sitting))
    page.route("**/answer/", lambda route: route.abort())
    answer_all(reader, sitting)
    expect(status(reader)).to_contain_text("kept on this device")
    page.goto("about:blank")
    page.unroute("**/answer/")
    theirs = make_enrolment(other, sitting.enrolment.cohort)
    quiz = QuizPage.objects.get(translation_key=sitting.quiz_key)
    attempt = attempts.start(theirs, quiz=quiz, language="en")

    reader.signed_in(other.user)
    reader.open(address(attempt))

    expect(page.locator("input:checked")).to_have_count(0)
    assert page.evaluate(KEPT) == []
    assert set(stored(sitting).values()) | set(stored(attempt).values()) == {None}


def test_signing_out_forgets_what_is_kept(visit, sitting):
    """QZ-19."""
    reader = visit("participant")
    page = reader.open(address(sitting))
    page.route("**/answer/", lambda route: route.abort())
    answer_all(reader, sitting)
    wait_until_kept(page, QUESTIONS)

    reader.open("/en/accounts/logout/")
    reader.click(page.locator("main form .btn"))

    page.wait_for_url("**/")
    assert page.evaluate(KEPT) == []


def test_a_kept_answer_that_is_older_gives_way_and_that_is_said(visit, sitting):
    """QZ-18, QZ-19."""
    reader, first = visit("participant"), sitting.responses.first()
    page = reader.open(address(sitting))
    page.route("**/answer/", lambda route: route.abort())
    choose(reader, first, wrong(first))
    expect(status(reader)).to_contain_text("kept on this device")
    attempts.save_answer(sitting, place=1, answer=right(first), sequence=7)

    page.unroute("**/answer/")
    page.reload()

    expect(page.locator("[data-newer]")).to_contain_text("you answered later: 1.")
    [value] = right(first)["chosen"]
    expect(page.locator("input:checked")).to_have_value(value)
    assert page.evaluate(KEPT) == []
    assert stored(sitting)[1] == right(first)


def test_a_stale_tab_is_told_so_and_shows_the_newer_answer(visit, sitting):
    """QZ-18."""
    reader, first = visit("participant", expects=(409,)), sitting.responses.first()
    page = reader.open(address(sitting))
    attempts.save_answer(
        sitting, place=1, answer=right(first), sequence=7, is_flagged=True
    )

    choose(reader, first, wrong(first))

    expect(page.locator("[data-newer]")).to_contain_text("you answered later: 1.")
    [value] = right(first)["chosen"]
    expect(page.locator("input:checked[type=radio]")).to_have_value(value)
    expect(page.locator("[name=flag-1]")).to_be_checked()
    choose(reader, first, wrong(first))
    expect(status(reader)).to_contain_text("Saved")
    assert stored(sitting)[1] == wrong(first)
