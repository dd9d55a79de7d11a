"""What was marked last on a device without a line is taken back, and nothing else."""

import pytest
from playwright.sync_api import expect

from lms.personal_codes import personal_code

from .doors import (
    Room,
    cut_the_line,
    device,
    expect_state,
    make_room,
    tap,
    type_code,
)

WENT_UP = "Everything you noted here has gone up"
WAIT = "until the line is back: "


@pytest.fixture
def room(site) -> Room:
    return make_room(8)


def bar(page):
    return page.locator("[data-step]")


def undo(page) -> None:
    bar(page).get_by_role("button", name="Undo").click()


def test_the_rest_marked_present_is_taken_back_and_all_else_goes_up(
    browser, site, room, tmp_path
):
    with device(browser, site, tmp_path, room.trainer) as phone:
        phone.open(room.address)
        page = cut_the_line(phone)
        tap(page, "Person 01", "late")
        page.get_by_text("Scan codes").click()
        type_code(page, personal_code(room.places[1]))
        expect_state(phone, WAIT + "2")
        phone.click("Mark the rest present")
        expect(bar(page)).to_contain_text("Marked the rest present: 6.")
        expect_state(phone, WAIT + "8")

        undo(page)

        expect(bar(page).locator("span")).to_have_text("Taken back.")
        expect(bar(page).get_by_role("button")).to_have_count(0)
        page.locator("[data-step-back]").evaluate("button => button.click()")
        expect_state(phone, WAIT + "2")
        expect(page.locator("[data-marked]")).to_have_text("2")
        page.reload()
        expect_state(phone, WAIT + "2")
        page.context.set_offline(False)
        expect_state(phone, WENT_UP)

    assert room.noted() == {
        "Person 01": ("late", "trainer"),
        "Person 02": ("present", "personal_code"),
    }
    assert room.events() == 2


def test_a_single_tap_is_taken_back_to_what_was_there_also_after_a_reload(
    browser, site, room, tmp_path
):
    with device(browser, site, tmp_path, room.trainer) as phone:
        phone.open(room.address)
        page = cut_the_line(phone)
        phone.click("Mark the rest present")
        expect_state(phone, WAIT + "8")
        tap(page, "Person 03", "absent")
        expect(bar(page)).to_contain_text("Person 03: Absent.")
        page.reload()
        expect(bar(page)).to_contain_text("Person 03: Absent.")

        undo(page)

        expect_state(phone, WAIT + "8")
        line = page.locator(".person").filter(has_text="Person 03")
        expect(line.locator("input[value=present]")).to_be_checked()
        page.context.set_offline(False)
        expect_state(phone, WENT_UP)
        expect(bar(page).get_by_role("button")).to_have_count(0)

    assert set(room.noted().values()) == {("present", "trainer")}
    assert room.events() == 8


def test_a_save_without_a_line_is_taken_back_and_what_was_tapped_stays_tapped(
    browser, site, room, tmp_path
):
    with device(browser, site, tmp_path, room.trainer) as phone:
        page = phone.open(room.address)
        expect_state(phone, "works without a network")
        page.context.set_offline(True)
        tap(page, "Person 01", "late")
        phone.click("Mark the rest present")
        expect(bar(page)).to_contain_text(WAIT + "8")
        expect(page.locator("[data-tapped]")).to_be_hidden()
        expect(page.locator("[data-away]")).to_have_text(
            "No connection. What you marked is kept on this device and goes up by "
            "itself: 8."
        )

        undo(page)

        expect(bar(page).locator("span")).to_have_text("Taken back.")
        expect(page.locator("[data-away]")).to_be_hidden()
        expect(page.locator("[data-unsaved]")).to_be_visible()
        page.locator(".bar").get_by_role("button", name="Save").click()
        expect(bar(page)).to_contain_text("Person 01: Late.")
        page.context.set_offline(False)
        expect_state(phone, WENT_UP)
        expect(page.locator("[data-away]")).to_be_hidden()

    assert room.noted() == {"Person 01": ("late", "trainer")}
    assert room.events() == 1


def test_what_the_server_may_have_already_is_not_taken_back_on_the_device(
    browser, site, room, tmp_path
):
    with device(browser, site, tmp_path, room.trainer) as phone:
        phone.open(room.address)
        page = cut_the_line(phone)
        page.route("**/upload/", lambda route: route.abort())
        tap(page, "Person 01", "late")
        expect(bar(page).get_by_role("button")).to_be_visible()
        with page.expect_request("**/upload/"):
            page.context.set_offline(False)
        expect(bar(page)).to_be_hidden()
        expect_state(phone, WAIT + "1")
        page.unroute("**/upload/")
        page.reload()
        expect_state(phone, WENT_UP)

    assert room.noted() == {"Person 01": ("late", "trainer")}
