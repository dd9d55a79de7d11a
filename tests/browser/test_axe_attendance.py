"""Nothing serious for axe-core where attendance is planned, noted and told.

Each walk is one visit: what a page shows depends on what was sent from the one before.
"""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.translation import override

from courses import clock
from home.models import User
from lms import room_code
from lms.actions.apologies import apologise
from lms.actions.guests import add_walk_in
from lms.actions.status_sets import make_status_set
from lms.models import Apology, Enrolment, Session, Staff
from tests.factories import make_session
from tests.lms.statuses import FIELD_WORK

from . import rows
from .axe import LANGUAGES, axe, faults_of
from .visiting import DESK, PHONE, Visit

in_each_language = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture(scope="module")
def session(site) -> Session:
    """Of the trainer's and participant's cohort, begun a minute ago."""
    cohort = rows.cohort()
    began = clock.now().astimezone(cohort.zone) - timedelta(minutes=1)
    # At full minutes the sample may have a session of its own.
    return make_session(
        cohort,
        local_date=began.date(),
        local_time=began.time().replace(second=7, microsecond=0),
    )


class Walk:
    """One visit in one language, and all that is wrong on the way."""

    def __init__(self, visit: Visit, language: str):
        self.visit, self.language = visit, language
        self.found: list[str] = []

    def to(self, name: str, *args, query: str = ""):
        """Open the page and look at it."""
        with override(self.language):
            page = self.visit.open(reverse(name, args=args) + query)
        return self.look(page)

    def send(self, page, button: str = "main .form-foot button"):
        """Press the button and look at what comes."""
        page.set_viewport_size(PHONE)
        with page.expect_navigation():
            page.locator(button).first.click()
        return self.look(page)

    def look(self, page):
        where = page.url.removeprefix(self.visit.site)
        found = faults_of(page, self.language)
        self.found += [f"{where} {one}" for one in found]
        return page


@in_each_language
def test_where_participants_check_in_and_read_their_attendance(
    visit, session, language
):
    walk = Walk(visit("participant"), language)
    mine = rows.enrolment()
    session.marks.filter(enrolment=mine).delete()
    ahead = mine.cohort.sessions.filter(starts_at__gt=clock.now()).last()
    Apology.objects.filter(enrolment=mine).delete()

    walk.to("lms:my_courses")
    page = walk.to("lms:check_in", session.pk)
    page.locator("[name=code]").fill("K7M4QX")
    walk.send(page)
    code = room_code.code_at(session.secret, clock.now())
    page = walk.to("lms:scan", session.pk, code)
    walk.send(page, ".here-button")
    walk.to("lms:my_apology", ahead.pk)
    apologise(ahead, enrolment=mine, reason="A hearing", by=mine.person.user)
    walk.to("lms:my_apology", ahead.pk)
    page = walk.to("lms:my_calendar")
    if language == LANGUAGES[0]:
        walk.send(page)
    page = walk.to("lms:my_attendance", mine.pk)
    page.locator("details summary").first.click()
    walk.look(page)

    assert walk.found == []


@in_each_language
def test_where_a_trainer_plans_sessions(visit, language):
    walk, code = Walk(visit("trainer"), language), rows.cohort().code
    day = rows.cohort().sessions.last().local_date

    page = walk.to("lms:series_add", code)
    page.locator("[name=first_on]").fill(day.isoformat())
    page.locator("[name=times]").fill("3")
    page.locator("[name=local_time]").fill("15:00")
    walk.send(page)
    page = walk.to("lms:session_import", code)
    table = f"Date;Time;End\n{day};15:00;16:30\n{day};25:00;\n"
    page.locator("[type=file]").set_input_files(_file("plan.csv", table))
    walk.send(page)
    walk.to("lms:cohort_calendar", code)

    assert walk.found == []


@in_each_language
def test_where_a_trainer_notes_who_is_there(visit, session, language):
    walk, trainer = Walk(visit("trainer"), language), _user("trainer")
    add_walk_in(session, name="Назаров Шералӣ", by=trainer)
    sorry = Apology.objects.filter(session__cohort=session.cohort).first()

    walk.to("lms:check_in_wall", session.pk)
    walk.to("lms:check_in_rules", session.cohort.code)
    walk.to("lms:add_guest", session.pk)
    walk.to("lms:guests", session.cohort.code)
    walk.to("lms:cohort_to_look_at", session.cohort.code)
    walk.to("lms:apology_decide", sorry.pk)
    walk.to("lms:warnings", session.cohort.code)

    assert walk.found == []


@in_each_language
def test_where_paper_and_reports_become_marks(visit, session, language):
    walk, code = Walk(visit("trainer"), language), session.cohort.code
    known, other = _names(session)
    report = (
        "Topic,ID,Host,Duration (minutes),Start time,End time,Participants\n"
        "Day 2,812 3456 7890,Host,96,,,2\n\n"
        "Name (original name),Email,Total duration (minutes),Guest\n"
        f"{known},,88,No\niPhone,,40,Yes\n"
    )
    table = f"ФИО;{session.local_date:%d.%m.%Y};03/04/2026\n{known};+;-\n{other};?;+\n"

    walk.to("lms:prints", code)
    page = walk.to("lms:register_grid", code, query=f"?session={session.pk}")
    page.locator("[data-grid] input[type=text], [data-grid] td input").first.fill("?")
    walk.send(page, "[data-grid] .form-foot button")
    page = walk.to("lms:import_register", code)
    page.locator("[type=file]").set_input_files(_file("register.csv", table))
    walk.send(page)
    page = walk.to("lms:conference", session.pk)
    page.locator("[type=file]").set_input_files(_file("report.csv", report))
    walk.send(page)

    assert walk.found == []


@in_each_language
def test_where_a_coordinator_says_what_counts(visit, session, language):
    code = session.cohort.code
    staff = session.cohort.staff.filter(role=Staff.Role.COORDINATOR)
    walk = Walk(visit(staff.first().user.username), language)

    walk.to("lms:online_rules", code)
    walk.to("lms:warnings", code)

    assert walk.found == []


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_where_sets_of_statuses_are_made(visit, size):
    """What Wagtail puts around our fields is Wagtail's."""
    administrator = visit("administrator", on=size)
    by = _user("administrator")
    made = make_status_set(title=f"Ours, {size['width']}", rows=FIELD_WORK, by=by)
    found = []

    for address in (
        reverse("lms_status_sets:add"),
        reverse("lms_status_sets:edit", args=[made.pk]),
    ):
        found += axe(administrator.open(address), within="main form")

    assert found == []


def _user(username: str) -> User:
    return User.objects.get(username=username)


def _names(session: Session) -> tuple[str, str]:
    """Of somebody expected, and a shortened one that may be several."""
    place = Enrolment.objects.filter(cohort=session.cohort).studying().last()
    surname, first = place.person.legal_name.split()[:2]
    return place.person.legal_name, f"{surname} {first[0]}."


def _file(name: str, text: str) -> dict:
    return {"name": name, "mimeType": "text/csv", "buffer": text.encode()}
