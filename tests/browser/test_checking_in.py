"""The code on the wall, and people who come in by it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import expect

from courses import clock
from home.models import User
from lms import room_code
from lms.models import Mark, Session
from tests.factories import make_cohort, make_enrolment, make_session, make_staff

from .visiting import DESK

# Its next look at the server is due at once.
RUN_DOWN = "() => { const now = performance.now(); performance.now = () => now + 6e3; }"


@pytest.fixture
def session(site) -> Session:
    """Began a minute ago; the ready participant and the ready trainer belong to it."""
    cohort = make_cohort(locale="en")
    start = clock.now().astimezone(cohort.zone) - timedelta(minutes=1)
    person = User.objects.get(username="participant").person
    make_enrolment(person, cohort, active_from=start - timedelta(days=1))
    make_staff(cohort, "trainer", User.objects.get(username="trainer"))
    return make_session(
        cohort,
        local_date=start.date(),
        local_time=start.time().replace(tzinfo=None),
        title="How to talk to a presumed victim",
    )


def address(name: str, *args, language="en") -> str:
    with override(language):
        return reverse(f"lms:{name}", args=args)


def code(session) -> str:
    return room_code.code_at(session.secret, clock.now())


def test_the_wall_shows_who_came_without_being_loaded_again(visit, session):
    """ATT-22: and the page holds one code, in letters and in the square."""
    trainer = visit("trainer", on=DESK)
    wall = trainer.open(address("check_in_wall", session.pk))
    expect(wall.get_by_text("0 people are in")).to_be_visible()
    typed = "".join(wall.locator(".letters bdi").all_text_contents())

    phone = visit("participant")
    page = phone.open(address("check_in", session.pk))
    page.get_by_label("Code of the room").fill(typed)
    phone.click("I am here")
    expect(page.get_by_text("You are marked: Present")).to_be_visible()
    wall.evaluate(RUN_DOWN)

    expect(wall.get_by_text("1 person is in")).to_be_visible()
    assert trainer.loads == 0
    assert session.secret not in wall.content()


def test_who_scans_signs_in_and_presses_once_without_scripts(visit, session):
    """ATT-20: a GET marks nobody."""
    phone = visit(scripts=False)
    page = phone.open(address("scan", session.pk, code(session)))
    assert "/login/" in page.url
    phone.signed_in(User.objects.get(username="participant"))

    page = phone.open(address("scan", session.pk, code(session)))
    assert not Mark.objects.filter(session=session).exists()
    phone.click("I am here")

    expect(page.get_by_text("You are marked: Present")).to_be_visible()
    assert Mark.objects.get(session=session).source == "room_code"
