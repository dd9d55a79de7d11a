"""What staff open on the way: the cohort's home and a report, on a phone screen."""

import pytest
from playwright.sync_api import expect

from lms.models import Person

from . import rows
from .axe import everywhere, too_wide
from .doors import make_room

REPORT = "/admin/lms_reports/people-trained/"


def test_the_cohorts_home_says_what_to_do_today_and_who_needs_help(visit):
    trainer, cohort = visit("trainer"), rows.cohort()
    page = trainer.open("/en/teach/")

    trainer.click(page.get_by_role("link", name=cohort.title, exact=True).first)

    expect(page.get_by_role("heading", level=1)).to_have_text(cohort.title)
    expect(page.locator(".at-hand").first).to_be_in_viewport(ratio=1)
    expect(page.locator(".figures")).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("heading", name="Who needs you")).to_be_visible()
    assert everywhere(page) == []
    assert too_wide(page) == []


@pytest.mark.parametrize("language", ["en", "ru", "tg"])
def test_the_register_shows_its_first_names_without_scrolling(visit, language):
    room, trainer = make_room(8), visit("trainer")
    page = trainer.open(f"/{language}/teach/sessions/{room.session.pk}/")

    bar = page.locator(".bar").bounding_box()["y"]
    people = [one.bounding_box() for one in page.locator(".person").all()]

    seen = [box for box in people if box["y"] + box["height"] <= bar]
    assert len(seen) >= 2
    expect(page.locator(".register > .hint")).to_be_visible()
    expect(page.locator(".legend > .hint")).to_be_hidden()


def test_days_of_the_week_are_asked_for_weeks_alone(visit):
    room, trainer = make_room(1), visit("trainer")
    page = trainer.open(
        f"/en/teach/cohorts/{room.session.cohort.code}/sessions/series/"
    )
    days = page.locator("#id_days_field")
    expect(days).to_be_visible()

    page.get_by_label("every day").check()

    expect(days).to_be_hidden()
    page.get_by_label("every second week").check()
    expect(days).to_be_visible()


@pytest.mark.parametrize("username", ["administrator", "observer"])
def test_a_report_says_its_sentence_draws_it_and_fits(visit, username):
    page = visit(username).open(REPORT)

    expect(page.locator(".t-sentence")).to_contain_text("people")
    expect(page.locator(".t-chart").first).to_be_visible()
    assert everywhere(page) == []
    assert too_wide(page) == []


def test_an_observers_report_names_nobody(visit):
    page = visit("observer").open(REPORT)
    expect(page.locator(".t-sentence")).to_be_visible()
    text = page.locator("main").inner_text()

    names = Person.objects.values_list("legal_name", flat=True)
    assert [name for name in names if name in text] == []
    expect(page.get_by_role("link", name="Show the participants")).to_have_count(0)
