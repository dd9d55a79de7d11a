"""A quiz of every kind of question: by keyboard alone, for axe, with big letters."""

import pytest
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import Page, expect

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
from tests.lms.every_kind import every_question

from .axe import LANGUAGES, NARROW, everywhere, too_wide
from .offline import cut_the_line

pytestmark = pytest.mark.indexed

# What the keyboard stands on, and how much of it the two bars leave to be seen.
FOCUS = """() => {
  const field = document.activeElement;
  const box = field.getBoundingClientRect();
  const above = document.querySelector(".quiz-top")?.getBoundingClientRect().bottom;
  const bar = document.querySelector(".quiz .bar");
  const isStuck = bar && getComputedStyle(bar).position === "sticky";
  const below = isStuck ? bar.getBoundingClientRect().top : innerHeight;
  const seen = Math.min(box.bottom, below) - Math.max(box.top, above);
  return {
    name: field.name ?? "",
    type: field.type ?? "",
    text: field.textContent.trim(),
    isSeen: seen > Math.min(box.height, below - above) / 2,
  };
}"""


@pytest.fixture
def quiz(site):
    """A quiz that asks one question of each kind, which the participant may sit."""
    course = make_course(title="Every kind")
    quiz = make_quiz(make_module(course), every_question(), minutes=30)
    person = User.objects.get(username="participant").person
    make_enrolment(person, make_cohort(make_edition(course, quiz)))
    return quiz


@pytest.fixture
def sitting(quiz) -> Attempt:
    place = User.objects.get(username="participant").person.enrolments.latest("pk")
    return attempts.start(place, quiz=quiz, language="en")


def address(attempt: Attempt, language: str = "en", name: str = "attempt") -> str:
    with override(language):
        return reverse(f"lms:{name}", args=[attempt.pk])


def press_until(page: Page, text: str) -> None:
    """Walk on with the Tab key to the button or link of these words, and press it."""
    for _step in range(200):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUS)["text"] == text:
            page.keyboard.press("Enter")
            return
    raise AssertionError(text)


def answer_by_keyboard(page: Page) -> None:
    """Answer whatever field the Tab key comes to; flag the third question."""
    answered = set()
    for _step in range(200):
        page.keyboard.press("Tab")
        field = page.evaluate(FOCUS)
        kind, name = field["type"], field["name"]
        if field["text"] == "Save":
            return
        is_ticked = kind in ("radio", "checkbox") and name not in answered
        if is_ticked and (name.startswith("answer") or name == "flag-3"):
            page.keyboard.press("Space")
        elif kind == "select-one":
            page.keyboard.press("ArrowDown")
        elif kind in ("text", "textarea"):
            page.keyboard.type("7")
        answered.add(name)
    raise AssertionError("the form does not end")


def test_a_whole_quiz_is_sat_with_the_keyboard_alone(visit, quiz):
    reader = visit("participant")
    page = reader.open(quiz.url)

    press_until(page, "Start the quiz")
    page.wait_for_url("**/attempts/*/")
    answer_by_keyboard(page)
    expect(page.locator(".numbers .is-answered")).to_have_count(12)
    expect(page.locator(".numbers .is-flagged")).to_have_count(1)
    press_until(page, "Hand in")
    page.wait_for_url("**/missing/")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Every question has an answer"
    )
    press_until(page, "Hand in as it is")
    page.wait_for_url("**/result/")

    attempt = Attempt.objects.latest("pk")
    assert attempt.status == Attempt.Status.MARKING
    assert not attempt.responses.filter(answer=None).exists()
    assert list(attempt.responses.filter(is_flagged=True).values_list("place")) == [
        (3,)
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_in_any_kind_of_question_or_state(visit, sitting, language):
    page = visit("participant").open(address(sitting, language))
    page.locator("[name=flag-2]").check()
    page.locator("[name=answer-1]").first.check()
    expect(page.locator(".numbers .is-answered")).to_have_count(1)

    found = everywhere(page) + too_wide(page)
    cut_the_line(page)
    page.locator("[name=answer-2]").first.check()
    expect(page.locator(".saved.is-late")).to_be_visible()
    found += everywhere(page) + too_wide(page)
    page.context.set_offline(False)

    assert found == []


def test_axe_finds_nothing_where_flags_are_shown_before_handing_in(visit, sitting):
    attempts.save_answer(sitting, place=2, answer=None, sequence=1, is_flagged=True)
    page = visit("participant").open(address(sitting, name="unanswered"))

    expect(page.locator(".numbers .is-flagged")).to_have_count(1)
    assert everywhere(page) + too_wide(page) == []


def test_the_bars_cover_nothing_on_a_narrow_screen_with_letters_twice_as_big(
    visit, sitting
):
    page = visit("participant", on=NARROW).open(address(sitting))
    page.evaluate("document.documentElement.style.fontSize = '212.5%'")

    hidden = []
    for _step in range(200):
        page.keyboard.press("Tab")
        field = page.evaluate(FOCUS)
        if field["text"] == "Hand in":
            break
        if not field["isSeen"] and field["name"]:
            hidden.append(field["name"])
        expect(page.locator("[data-saved]")).to_be_in_viewport()

    assert hidden == []
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]


def test_an_answer_of_two_megabytes_is_refused_and_stays_on_the_page(visit, sitting):
    page = visit("participant", expects=(400,)).open(address(sitting))
    field = page.locator("textarea[name=answer-9]")

    field.evaluate(
        """(field) => {
          field.removeAttribute("maxlength");
          field.value = "x".repeat(2000000);
          field.dispatchEvent(new Event("change", { bubbles: true }));
        }"""
    )
    expect(page.locator("[data-saved]")).to_contain_text("longer than 20,000")
    kept = field.evaluate("(field) => field.value.length")
    field.fill("Because.")
    field.blur()

    expect(page.locator("[data-saved]")).to_contain_text("Saved")
    assert kept == 2_000_000
    assert sitting.responses.get(place=9).answer == {"text": "Because."}
