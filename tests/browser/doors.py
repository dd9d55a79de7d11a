"""A room of people with codes, and devices of trainers that lose their line."""

import os
from contextlib import contextmanager
from dataclasses import dataclass
from time import time

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from playwright.sync_api import Browser, Page, expect

from courses import clock
from home.models import User
from lms.models import Enrolment, MarkEvent, Session
from tests.factories import (
    make_cohort,
    make_enrolment,
    make_person,
    make_session,
    make_staff,
)

from .conftest import ARGUMENTS
from .visiting import PHONE, Visit

DAY = 24 * 3600


@dataclass
class Room:
    session: Session
    places: list[Enrolment]
    trainer: User

    @property
    def address(self) -> str:
        return self.at("lms:register")

    def at(self, name: str) -> str:
        with override("en"):
            return reverse(name, args=[self.session.pk])

    def noted(self) -> dict[str, tuple]:
        """By name: the mark, and by what evidence."""
        marks = self.session.marks.select_related("status", "enrolment__person")
        return {
            mark.enrolment.person.legal_name: (mark.status.code, mark.source)
            for mark in marks
        }

    def events(self) -> int:
        return MarkEvent.objects.filter(session=self.session).count()


def make_room(people: int) -> Room:
    """A session that began a minute ago, taught by the ready trainer."""
    cohort = make_cohort()
    began = timezone.localtime(clock.now(), cohort.zone).replace(second=0)
    session = make_session(
        cohort, local_date=began.date(), local_time=began.time().replace(microsecond=0)
    )
    names = [f"Person {number:02}" for number in range(1, people + 1)]
    places = [
        make_enrolment(
            make_person(legal_name=name, email=""), cohort, active_from=began
        )
        for name in names
    ]
    trainer = User.objects.get(username="trainer")
    make_staff(cohort, user=trainer)
    return Room(session, places, trainer)


@contextmanager
def device(browser: Browser, site: str, folder, user: User, *, is_away=False):
    """A browser that keeps what it has when it is closed, as on a phone."""
    context = browser.browser_type.launch_persistent_context(
        folder,
        executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
        args=ARGUMENTS,
        viewport=PHONE,
        reduced_motion="reduce",
    )
    context.set_default_timeout(30_000)
    visit = Visit(context.pages[0], site)
    if not context.cookies():
        visit.signed_in(user)
        lasting = [{**one, "expires": time() + DAY} for one in context.cookies()]
        context.add_cookies(lasting)
    context.set_offline(is_away)
    yield visit
    context.close()
    assert not visit.faults, visit.faults


def cut_the_line(visit: Visit) -> Page:
    """Once the device says that it can do without, and shows its own page."""
    state = visit.page.locator("[data-offline-state]")
    expect(state).to_contain_text("works without a network")
    visit.page.context.set_offline(True)
    visit.page.reload()
    expect(visit.page.locator("[data-people]")).to_be_visible()
    return visit.page


def tap(page: Page, name: str, code: str) -> None:
    line = page.locator(".person").filter(has_text=name)
    line.locator(f".seg input[value={code}]").check()


def top_of_names(page: Page) -> float:
    """Where on the screen the list begins, which no tap may miss."""
    return page.locator(".people").bounding_box()["y"]


def type_code(page: Page, code: str) -> None:
    field = page.locator("[data-scan-form] [name=value]")
    field.fill(code)
    field.press("Enter")


def expect_state(visit: Visit, text: str) -> None:
    expect(visit.page.locator("[data-offline-state]")).to_contain_text(text)
