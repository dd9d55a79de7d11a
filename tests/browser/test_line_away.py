"""The line is away while somebody sits a quiz: no answer is lost."""

import pytest
from playwright.sync_api import expect

from lms.models import Attempt

from .offline import (
    KEPT,
    QUESTIONS,
    address,
    answer_all,
    begin,
    cut_the_line,
    status,
    stored,
    wait_until_kept,
)


@pytest.fixture
def sitting(site) -> Attempt:
    return begin()


def test_five_answers_given_without_a_line_outlive_a_reload_and_reach_the_server(
    visit, sitting
):
    """QZ-19."""
    reader = visit("participant")
    page = reader.open(address(sitting))
    cut_the_line(page)

    given = answer_all(reader, sitting)
    expect(status(reader)).to_contain_text("kept on this device")
    page.reload()
    expect(page.locator("input:checked")).to_have_count(QUESTIONS)
    page.context.set_offline(False)

    wait_until_kept(page, 0)
    expect(status(reader)).to_contain_text("Saved")
    assert stored(sitting) == given


def test_what_is_kept_is_sent_when_the_attempt_is_opened_again(visit, sitting):
    """QZ-19."""
    reader = visit("participant")
    page = reader.open(address(sitting))
    cut_the_line(page)
    given = answer_all(reader, sitting)
    expect(status(reader)).to_contain_text("kept on this device")
    page.goto("about:blank")
    page.context.set_offline(False)

    reader.open(address(sitting))

    expect(page.locator("input:checked")).to_have_count(QUESTIONS)
    wait_until_kept(page, 0)
    assert stored(sitting) == given


def test_the_answers_go_by_themselves_when_the_line_is_back(visit, sitting):
    """QZ-19."""
    reader = visit("participant")
    page = reader.open(address(sitting))
    cut_the_line(page)
    given = answer_all(reader, sitting)
    expect(status(reader)).to_contain_text("sent when the line is back")

    page.context.set_offline(False)

    wait_until_kept(page, 0)
    expect(status(reader)).to_contain_text("Saved")
    assert stored(sitting) == given


def test_the_page_of_a_strange_network_is_not_taken_for_an_answer(visit, sitting):
    reader = visit("participant")
    page = reader.open(address(sitting))
    page.route("**/answer/", lambda route: route.fulfill(body="<p>Pay here.</p>"))

    given = answer_all(reader, sitting)
    expect(status(reader)).to_contain_text("kept on this device")
    page.unroute("**/answer/")
    page.reload()

    wait_until_kept(page, 0)
    assert stored(sitting) == given


def test_without_a_line_handing_in_waits_and_the_page_stays(visit, sitting):
    reader = visit("participant")
    page = reader.open(address(sitting))
    cut_the_line(page)
    given = answer_all(reader, sitting)

    reader.click("Hand in")
    expect(status(reader)).to_contain_text("Press again when it is back")
    page.context.set_offline(False)
    reader.click("Hand in")

    page.wait_for_url("**/result/")
    assert stored(sitting) == given


def test_handing_in_sends_what_is_kept_and_forgets_it(visit, sitting):
    """QZ-19."""
    reader = visit("participant")
    page = reader.open(address(sitting))
    page.route("**/answer/", lambda route: route.abort())
    given = answer_all(reader, sitting)

    reader.click("Hand in")

    page.wait_for_url("**/result/")
    assert page.evaluate(KEPT) == []
    assert stored(sitting) == given


def test_a_line_cut_while_handing_in_leads_to_the_one_result(visit, sitting):
    """QZ-16."""
    reader = visit("participant")
    page = reader.open(address(sitting))
    answer_all(reader, sitting)
    expect(status(reader)).to_contain_text("Saved")

    def lose_the_answer(route):
        route.fetch(max_redirects=0)
        route.fulfill(status=204)

    page.route("**/submit/", lose_the_answer, times=1)
    reader.click("Hand in")
    reader.click("Hand in")

    page.wait_for_url("**/result/")
    assert Attempt.objects.filter(pk=sitting.pk, score=QUESTIONS).exists()
