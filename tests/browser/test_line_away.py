"""The line is away, somebody else comes, another tab is older: no answer is lost."""

import pytest
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import Error, expect

from courses.models import QuizPage
from home.models import User
from lms.actions import attempts
from lms.models import Attempt, Response
from tests.factories import (
    make_cohort,
    make_course,
    make_edition,
    make_enrolment,
    make_module,
    make_participant,
    make_question,
    make_quiz,
)
from tests.lms.sitting import right, wrong

from .visiting import Visit

QUESTIONS = 5
KEPT = "Object.keys(localStorage).filter((key) => key.startsWith('ustod-answer:'))"


@pytest.fixture
def sitting(site) -> Attempt:
    """The ready participant has begun a quiz of five questions."""
    course = make_course(title="A short course")
    questions = [make_question() for _number in range(QUESTIONS)]
    quiz = make_quiz(make_module(course), questions, title="What was said")
    cohort = make_cohort(make_edition(course, quiz))
    person = User.objects.get(username="participant").person
    return attempts.start(make_enrolment(person, cohort), quiz=quiz, language="en")


def address(attempt: Attempt) -> str:
    with override("en"):
        return reverse("lms:attempt", args=[attempt.pk])


def choose(visit: Visit, response: Response, answer: dict) -> None:
    name, [value] = f"answer-{response.place}", answer["chosen"]
    visit.page.locator(f"input[name='{name}'][value='{value}']").check()


def answer_all(visit: Visit, attempt: Attempt) -> dict[int, dict]:
    given = {}
    for response in attempt.responses.select_related("version"):
        given[response.place] = right(response)
        choose(visit, response, given[response.place])
    return given


def stored(attempt: Attempt) -> dict[int, dict | None]:
    return dict(attempt.responses.values_list("place", "answer"))


def status(visit: Visit):
    return visit.page.locator("[data-saved]")


def wait_until_kept(page, count: int) -> None:
    """The pages' policy lets no condition be waited for inside them."""
    for _turn in range(200):
        if len(page.evaluate(KEPT)) == count:
            return
        page.wait_for_timeout(50)
    raise AssertionError(page.evaluate(KEPT))


def test_five_answers_given_without_a_line_are_on_the_server_after_a_reload(
    visit, sitting
):
    """QZ-19."""
    reader = visit("participant")
    page = reader.open(address(sitting))
    page.context.set_offline(True)

    given = answer_all(reader, sitting)
    expect(status(reader)).to_contain_text("kept on this device")
    with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
        page.reload()
    page.context.set_offline(False)
    page.goto(reader.site + address(sitting))

    expect(page.locator("input:checked")).to_have_count(QUESTIONS)
    expect(status(reader)).to_contain_text("Saved")
    wait_until_kept(page, 0)
    assert stored(sitting) == given


def test_the_answers_go_by_themselves_when_the_line_is_back(visit, sitting):
    """QZ-19."""
    reader = visit("participant")
    page = reader.open(address(sitting))
    page.context.set_offline(True)
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
    page.context.set_offline(True)
    given = answer_all(reader, sitting)

    reader.click("Hand in")
    expect(status(reader)).to_contain_text("Press again when it is back")
    page.context.set_offline(False)
    reader.click("Hand in")

    page.wait_for_url("**/result/")
    assert stored(sitting) == given


def test_nobody_else_at_the_computer_sees_or_sends_what_is_kept(visit, sitting):
    """QZ-20."""
    reader, other = visit("participant"), make_participant()
    page = reader.open(address(sitting))
    page.context.set_offline(True)
    answer_all(reader, sitting)
    wait_until_kept(page, QUESTIONS)
    page.goto("about:blank")
    page.context.set_offline(False)
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
