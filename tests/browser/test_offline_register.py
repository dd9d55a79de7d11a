"""A day without a line: nothing a trainer notes is lost, and nothing counts twice."""

import pytest
from playwright.sync_api import expect

from lms.personal_codes import in_groups, personal_code
from tests.factories import make_staff, make_user

from .doors import (
    Room,
    cut_the_line,
    device,
    expect_state,
    make_room,
    tap,
    top_of_names,
    type_code,
)

CODES = ("present", "late", "absent")
WENT_UP = "Everything you noted here has gone up"


@pytest.fixture
def room(site) -> Room:
    return make_room(35)


def test_thirty_marks_and_five_scans_outlive_the_browser_and_go_up_once(
    browser, site, room, tmp_path
):
    """ATT-26, ATT-27: closed and opened again without a line."""
    wanted = {}
    with device(browser, site, tmp_path, room.trainer) as phone:
        phone.open(room.address)
        page = cut_the_line(phone)
        stood = top_of_names(page)
        tap(page, room.places[0].person.legal_name, CODES[0])
        expect_state(phone, "until the line is back: 1")
        assert abs(top_of_names(page) - stood) <= 1
        for number, place in enumerate(room.places[:30]):
            name, code = place.person.legal_name, CODES[number % 3]
            tap(page, name, code)
            wanted[name] = (code, "trainer")
        page.get_by_text("Scan codes").click()
        for place in room.places[30:]:
            type_code(page, in_groups(personal_code(place)).lower())
            expect(page.locator("[data-scans] li").first).to_contain_text(
                place.person.legal_name
            )
            wanted[place.person.legal_name] = ("present", "personal_code")
        expect_state(phone, "until the line is back: 35")
    assert room.noted() == {}

    with device(browser, site, tmp_path, room.trainer, is_away=True) as phone:
        page = phone.open(room.address)
        expect_state(phone, "until the line is back: 35")
        expect(page.locator(".people input:checked")).to_have_count(35)
        page.context.set_offline(False)
        expect_state(phone, WENT_UP)
        page.reload()
        expect_state(phone, WENT_UP)

    assert room.noted() == wanted
    assert room.events() == 35


def test_marks_of_two_devices_merge_and_the_later_one_counts(
    browser, site, room, tmp_path
):
    """ATT-27, ATT-29: whoever's line comes back first."""
    colleague = make_user(is_staff=True)
    make_staff(room.session.cohort, user=colleague)
    one, two, three = [place.person.legal_name for place in room.places[:3]]
    with (
        device(browser, site, tmp_path / "a", room.trainer) as first,
        device(browser, site, tmp_path / "b", colleague) as second,
    ):
        for phone in (first, second):
            phone.open(room.address)
            cut_the_line(phone)
        tap(first.page, one, "late")
        tap(second.page, one, "absent")
        tap(second.page, two, "absent")
        tap(first.page, two, "present")
        tap(first.page, three, "excused")

        second.page.context.set_offline(False)
        expect_state(second, WENT_UP)
        first.page.context.set_offline(False)
        expect_state(first, WENT_UP)

        first.page.locator("[data-offline-list] summary").click()
        stood = first.page.locator("[data-offline-list] [data-stands=conflict]")
        expect(stood).to_have_count(2)

    assert room.noted() == {
        one: ("absent", "trainer"),
        two: ("present", "trainer"),
        three: ("excused", "trainer"),
    }
    assert room.events() == 5


def test_a_scan_taken_back_and_a_code_nobody_has_leave_no_mark(
    browser, site, room, tmp_path
):
    with device(browser, site, tmp_path, room.trainer) as phone:
        phone.open(room.at("lms:session_scan"))
        page = cut_the_line(phone)
        type_code(page, personal_code(room.places[0]))
        type_code(page, "K7M4-QX9R-T2AC")
        expect(page.locator("[data-scans] li")).to_have_count(2)
        said = page.locator("[data-scan-said]")
        expect(said).to_have_class("scan-said is-decide")
        page.locator("[data-scans] li").last.get_by_role("button").click()
        expect(page.locator("[data-scans] li")).to_have_count(1)
        page.context.set_offline(False)
        expect_state(phone, WENT_UP)
        expect(said).to_have_text(
            "K7M4-QX9R-T2AC: Nobody has this code. Scan it again, or mark them by name."
        )

        page.locator("[data-offline-list] summary").click()
        refused = page.locator("[data-offline-list] [data-stands=refused]")
        expect(refused).to_contain_text("Nobody has this code")

    assert room.session.marks.exclude(status=None).count() == 0


def test_who_is_signed_out_keeps_what_waits_and_who_signs_out_leaves_no_names(
    browser, site, room, tmp_path
):
    with device(browser, site, tmp_path, room.trainer) as phone:
        phone.expected |= {401}
        phone.open(room.address)
        page = cut_the_line(phone)
        tap(page, room.places[0].person.legal_name, "late")
        kept = [one for one in page.context.cookies() if one["name"] != "sessionid"]
        page.context.clear_cookies()
        page.context.add_cookies(kept)
        page.context.set_offline(False)
        expect_state(phone, "Sign in again")
        expect(page.locator("[data-offline-sign-in]")).to_be_visible()

        phone.signed_in(room.trainer)
        page.context.set_offline(True)
        page.context.set_offline(False)
        expect_state(phone, WENT_UP)
        phone.open("/en/accounts/logout/")
        phone.follow(page.locator("[data-signs-out] form button"))
        page.context.set_offline(True)
        page.goto(site + room.address)

        expect(page.locator("[data-nothing]")).to_be_visible()
        assert "Person" not in page.content()

    assert room.noted() == {room.places[0].person.legal_name: ("late", "trainer")}


def test_what_was_being_saved_when_the_line_went_is_on_the_device(
    browser, site, room, tmp_path
):
    with device(browser, site, tmp_path, room.trainer) as phone:
        page = phone.open(room.address)
        expect_state(phone, "works without a network")
        page.context.set_offline(True)
        tap(page, "Person 01", "late")
        phone.click("Mark the rest present")
        expect_state(phone, "until the line is back: 35")
        page.locator(".bar button").first.click()
        page.context.set_offline(False)
        expect_state(phone, WENT_UP)
        expect(page.locator(".people input:checked")).to_have_count(35)
        expect(page.locator("[data-away]")).to_be_hidden()

    rest = {f"Person {number:02}": ("present", "trainer") for number in range(2, 36)}
    assert room.noted() == {"Person 01": ("late", "trainer")} | rest
    assert room.events() == 35


def test_a_full_disk_is_said_plainly_and_what_is_on_the_screen_still_goes_up(
    browser, site, room, tmp_path
):
    with device(browser, site, tmp_path, room.trainer) as phone:
        phone.open(room.address)
        page = cut_the_line(phone)
        tap(page, "Person 01", "late")
        expect_state(phone, "until the line is back: 1")
        page.evaluate(
            """() => {
              IDBObjectStore.prototype.put = () => {
                throw new DOMException("full", "QuotaExceededError");
              };
            }"""
        )
        tap(page, "Person 02", "absent")
        expect_state(phone, "no room to keep anything more")
        expect_state(phone, "until the line is back: 2")
        page.context.set_offline(False)
        expect_state(phone, WENT_UP)

    assert room.noted() == {
        "Person 01": ("late", "trainer"),
        "Person 02": ("absent", "trainer"),
    }
