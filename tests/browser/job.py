"""The steps of the main job, each as the person does it on the pages they see.

Pages are asked by their structure, not by their words: the same steps are walked in
Tajik and in English.
"""

import re
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.core import mail
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from courses import clock
from courses.models import Edition
from home.models import User
from lms.models import Attempt, Cohort, Session
from tests.factories import make_cohort, make_session, make_staff

from .places import running_course
from .visiting import Visit

ROSTER = Path(__file__).parents[1] / "data" / "roster-khujand-2026-10.csv"
PASSWORD = "kitob-daftar-qalam-7"


def plan_cohort(course_slug: str) -> Cohort:
    """A cohort with a session in an hour, taught by the ready trainer."""
    course = running_course("en").get_siblings().get(slug=course_slug)
    edition = Edition.objects.newest(course.translation_key)
    cohort = make_cohort(edition, title="Хуҷанд, октябр", locale="tg")
    begins = timezone.localtime(clock.now() + timedelta(hours=1), cohort.zone)
    local_time = begins.time().replace(second=0, microsecond=0)
    make_session(cohort, local_date=begins.date(), local_time=local_time)
    make_staff(cohort, user=User.objects.get(username="trainer"))
    return cohort


def import_roster(coordinator: Visit, cohort: Cohort) -> None:
    page = coordinator.open(f"/admin/training/cohorts/inspect/{cohort.pk}/")
    coordinator.click("Import a list", "link")
    page.locator("input[type=file]").set_input_files(ROSTER)
    coordinator.click("Look at the list")
    expect(page.locator("body")).to_contain_text("Nothing is changed yet")
    expect(page.locator(".roster-warning")).to_have_count(3)
    coordinator.click(page.locator(".roster-foot button"))
    expect(page.locator(".roster")).to_contain_text("19 people were enrolled")


def make_account(stranger: Visit, email: str) -> None:
    """With the e-mail on the list; the letter's link proves that it is one's own."""
    page = stranger.open("/tg/accounts/signup/")
    page.locator("[name=email]").fill(email)
    for field in page.locator("input[type=password]").all():
        field.fill(PASSWORD)
    stranger.follow(main_button(page))
    address = re.search(r"https?://\S+", mail.outbox[-1].body)[0]
    stranger.open(urlsplit(address).path)
    stranger.follow(main_button(page))
    if page.locator("input[type=password]").count():
        page.locator("[name=login]").fill(email)
        page.locator("[name=password]").fill(PASSWORD)
        stranger.follow(main_button(page))


def main_button(page: Page) -> Locator:
    return page.locator("main form.form .btn").first


def study(reader: Visit, pass_time) -> int:
    """Lesson after lesson until the quiz is there; how many lessons they were."""
    page = reader.open("/tg/my/")
    reader.follow(page.locator(".next-up .btn"))
    for lessons in range(30):
        if page.locator("form.next[action*='/start/']").count():
            return lessons
        pass_time(minutes=2)
        check_oneself(reader)
        reader.follow(page.locator(".bar .next .btn, .bar .btn.next").first)
    raise AssertionError("the lessons do not end")


def check_oneself(reader: Visit) -> None:
    """Where the lesson asks for it; other self-checks only show their answer."""
    page = reader.page
    if not page.locator("#self-check").count():
        return
    names = {
        one.get_attribute("name")
        for one in page.locator("input[form='self-check']").all()
    }
    for name in sorted(names):
        reader.click(page.locator(f"input[name='{name}']").first)
    reader.follow(page.locator("#self-check button"))


def pass_quiz(reader: Visit) -> None:
    page = reader.page
    reader.click(page.locator("form.next[action*='/start/'] button").first)
    page.wait_for_url("**/attempts/*/")
    attempt = Attempt.objects.get(pk=int(page.url.rstrip("/").rpartition("/")[2]))
    for response in attempt.responses.select_related("version"):
        answer(reader, response)
    reader.click(page.locator("form.quiz .bar button.next, form.quiz .bar .btn").last)
    expect(page.locator(".result.is-done")).to_be_visible()


def answer(reader: Visit, response) -> None:
    """The right answer, as the key of its version has it."""
    key, name = response.version.key, f"answer-{response.place}"
    if key["kind"] in ("single", "multiple"):
        values = key["correct"]
    elif key["kind"] == "true_false":
        values = ["true" if key["correct"] else "false"]
    else:
        text = key.get("correct") or response.version.body("tg")["accepted"][0]
        reader.page.locator(f"[name='{name}']").fill(str(text))
        return
    for value in values:
        box = reader.page.locator(f"[name='{name}'][value='{value}']")
        reader.click(box)


def take_register(trainer: Visit, session: Session) -> None:
    page = trainer.open(f"/en/teach/sessions/{session.pk}/")
    trainer.click("Mark the rest present and sign off")
    # With scripts no page is loaded: the answer takes the place of what was there.
    page.get_by_text("Signed off by").wait_for()
    session.refresh_from_db()
    assert session.register == Session.Register.SIGNED


def sign_off_lessons(trainer: Visit, cohort: Cohort, name: str) -> None:
    page = trainer.open(f"/en/teach/{cohort.pk}/sign-off/")
    for label in page.locator("label.check").filter(has_text=name).all():
        trainer.click(label)
    trainer.follow("Sign off those ticked")


def issue(administrator: Visit, cohort: Cohort, name: str) -> None:
    page = administrator.open(f"/en/teach/{cohort.pk}/certificates/")
    ready = page.locator("form ul.people li")
    expect(ready).to_have_count(1)
    expect(ready).to_contain_text(name)
    administrator.click("Issue to everybody ticked")
    expect(page.get_by_role("heading", level=1)).to_have_text("1 certificate is issued")


def code_of(reader: Visit) -> str:
    """As it stands in the link of the newest of my certificates."""
    page = reader.open("/tg/my/certificates/")
    link = page.locator("main .deeds a[href*='/my/certificates/']").first
    return urlsplit(link.get_attribute("href")).path.strip("/").rpartition("/")[2]


def verify(stranger: Visit, code: str) -> Locator:
    """The verdict after typing the code on the front page."""
    page = stranger.open("/tg/")
    page.locator("main [name=code]").fill(code.lower())
    stranger.follow(page.locator(".hero form button"))
    return page.locator(".verdict")


def revoke(administrator: Visit, code: str) -> None:
    page = administrator.open(f"/admin/training/certificates/?q={code}")
    administrator.follow(page.locator("main table a[href*='/inspect/']").first)
    address = page.locator("a[href*='/revoke/']").first.get_attribute("href")
    page.goto(administrator.site + address)
    page.locator("main [name=ended_class][value=error]").check()
    page.locator("main textarea, main [name=reason]").first.fill("Issued by mistake")
    administrator.follow(page.locator("main form button[type=submit]").last)
