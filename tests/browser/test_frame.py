"""The frame of every page in a real browser: languages, and Wagtail's user bar."""

from playwright.sync_api import expect

from .places import place
from .visiting import DESK


def test_the_switcher_keeps_the_lesson(visit):
    reader = visit("participant", on=DESK)
    page = reader.open(place("lesson", "en"))

    reader.click("Тоҷикӣ", "link", within=page.locator("header"))
    page.wait_for_url("**/tg/**")

    assert page.url == reader.site + place("lesson", "tg")


def test_on_a_phone_the_menu_opens_without_scripts(visit):
    reader = visit("participant", scripts=False)
    page = reader.open("/en/my/")
    expect(page.get_by_role("link", name="Sign out")).to_be_hidden()

    reader.click("Menu")

    expect(page.get_by_role("link", name="Sign out")).to_be_visible()


def test_staff_get_the_user_bar_under_the_policy_that_forbids_inline_code(visit):
    author = visit("administrator", on=DESK)
    page = author.open(place("course", "en"))

    author.click(page.locator("#wagtail-userbar-trigger"))

    expect(page.get_by_role("menuitem", name="Edit this page")).to_be_visible()


def test_nobody_else_gets_the_user_bar(visit):
    page = visit("participant", on=DESK).open(place("course", "en"))

    expect(page.locator("wagtail-userbar")).to_have_count(0)
