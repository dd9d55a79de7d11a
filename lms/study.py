"""What a course's pages show of the reader: where they are, what is done, what is next.

Course pages know no participant: a hook puts a Study on the request and the templates
of `courses` read `request.study` if it is there. They include `study.foot`, a template
of ours, where what the reader can do on this page belongs.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

from django.core import signing
from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import get_language
from wagtail.models import Page

from courses import clock, content_version
from courses.models import CoursePage, Edition, LessonPage
from courses.outline import Activity, Outline, outline_of

from . import access, standing
from .completion import Requirement, percent_done
from .models import Attempt, Cohort, Enrolment, Progress

SALT = "lms.shown"
CHECKED = "lms.checked"


@dataclass(frozen=True)
class Checked:
    """A self-check of the page; `choice` is None while it is not answered."""

    name: str
    question: str
    value: int | None
    choice: Mapping | None


@dataclass
class Study:
    """One reader's view of one course; asks the database only for what is read."""

    user: object
    page: Page
    course_key: uuid.UUID
    enrolment: Enrolment | None
    shown_before: str = ""
    answered: str = ""

    @cached_property
    def outline(self) -> Outline:
        """Of my edition; of the newest one for who reads along or looks in."""
        if self.enrolment:
            edition = self.enrolment.cohort.edition
        else:
            edition = Edition.objects.newest(self.course_key)
        return outline_of(edition, get_language()) if edition else Outline([])

    @cached_property
    def _progress(self) -> list[tuple]:
        """(activity, state, seen_at), the last seen first."""
        if self.enrolment is None:
            return []
        rows = self.enrolment.progress.order_by("-seen_at", "-pk")
        return list(rows.values_list("activity", "state", "seen_at"))

    @cached_property
    def done(self) -> set[str]:
        return {
            str(key)
            for key, state, _ in self._progress
            if state == Progress.State.COMPLETED
        }

    @property
    def required(self) -> list[str]:
        return [activity.key for activity in self.outline.live_required]

    @property
    def done_count(self) -> int:
        return len(self.done.intersection(self.required))

    @property
    def percent(self) -> int:
        return percent_done(self.required, self.done)

    @cached_property
    def next_activity(self) -> Activity | None:
        """Where I stopped: the last one left open, else the next one not done."""
        if self.enrolment is None:
            return None
        seen = [str(key) for key, *_ in self._progress]
        return next_of(self.outline, seen, self.done)

    @cached_property
    def requirements(self) -> list[Requirement]:
        return standing.requirements_of(self.enrolment) if self.enrolment else []

    @cached_property
    def can_join(self) -> list[Cohort]:
        """Cohorts of this course that anybody may join, the next to begin first."""
        if self.enrolment:
            return []
        cohorts = Cohort.objects.open_to_join(clock.now().date())
        cohorts = cohorts.filter(edition__course_key=self.course_key)
        return list(cohorts.order_by("starts_on", "pk"))

    @cached_property
    def activity(self) -> Activity | None:
        """This page as my edition knows it; None for what was added later."""
        return self.outline.find(self.page.translation_key)

    @property
    def is_done(self) -> bool:
        return str(self.page.translation_key) in self.done

    @property
    def previous(self) -> Activity | None:
        return self.outline.neighbours(self.page.translation_key)[0]

    @property
    def next(self) -> Activity | None:
        return self.outline.neighbours(self.page.translation_key)[1]

    @cached_property
    def modules(self) -> list[dict]:
        """The outline with ticks, as `includes/outline.html` wants it."""
        return [
            {"title": module.title, "activities": self._ticked(module.activities)}
            for module in self.outline.modules
        ]

    def _ticked(self, activities: list[Activity]) -> list[dict]:
        here = str(self.page.translation_key)
        return [
            {
                "title": one.title,
                "url": one.url,
                "state": "current" if one.key == here else "open",
                "is_done": one.key in self.done,
            }
            for one in activities
            if one.is_live
        ]

    # What the page's own template includes and posts to.

    @property
    def foot(self) -> str:
        kind = type(self.page).__name__.removesuffix("Page").lower()
        return f"lms/foot_{kind}.html"

    @property
    def is_open_ended(self) -> bool:
        """Done by a button, not by a self-check, a trainer or a quiz."""
        by_button = (LessonPage.Completes.OPENED, LessonPage.Completes.READ)
        return bool(self.activity) and self.activity.completes in by_button

    @property
    def has_self_checks(self) -> bool:
        body = getattr(self.page, "body", None)
        return bool(body) and any(raw["type"] == "self_check" for raw in body.raw_data)

    @cached_property
    def checked(self) -> list[Checked]:
        """The self-checks just answered, with what was chosen and its feedback."""
        chosen = chosen_of(self.answered, self.page.translation_key)
        return checks(self.page, chosen) if chosen else []

    @property
    def shown_at(self) -> str:
        """Signed: since when this reader has had this page in front."""
        if self.shown_before and shown_at(self.shown_before, self.page.translation_key):
            return self.shown_before
        key = str(self.page.translation_key)
        return signing.dumps([key, clock.now().timestamp()], salt=SALT)

    def _address(self, name: str) -> str:
        return reverse(f"lms:{name}", args=[self.page.translation_key])

    @property
    def complete_url(self) -> str:
        return self._address("complete")

    @property
    def opened_url(self) -> str:
        return self._address("opened")

    @property
    def undo_url(self) -> str:
        return self._address("undo")

    @property
    def self_check_url(self) -> str:
        return self._address("self_check")

    @property
    def start_url(self) -> str:
        return self._address("start_attempt")

    @cached_property
    def attempts(self) -> list[Attempt]:
        """Mine at this quiz, the newest first."""
        if self.enrolment is None:
            return []
        mine = self.enrolment.attempts.filter(quiz_key=self.page.translation_key)
        return list(mine.order_by("-number"))

    @property
    def running(self) -> Attempt | None:
        return next((one for one in self.attempts if one.is_running), None)


def next_of(outline: Outline, seen: list[str], done: set[str]) -> Activity | None:
    """What to do next, `seen` being the activities met, the last one first.

    What was opened last and left open; else the first not done after it, what is
    required before what is not. What waits for the trainer's word is not to do.
    """
    live = [activity.key for activity in outline.live]
    last = next((key for key in seen if key in live), None)
    place = live.index(last) if last else 0
    to_do = [
        activity
        for activity in map(outline.find, live[place:] + live[:place])
        if activity.key not in done and not _waits(activity, seen)
    ]
    if to_do and to_do[0].key == last:
        return to_do[0]
    return next((one for one in to_do if one.is_required), next(iter(to_do), None))


def _waits(activity: Activity, seen: list[str]) -> bool:
    return activity.completes == LessonPage.Completes.SIGN_OFF and activity.key in seen


def course_key_of(page: Page) -> uuid.UUID | None:
    """The key of the page's course, remembered until something is published."""
    if isinstance(page, CoursePage):
        return page.translation_key
    name = f"lms:course-key:{content_version.current()}:{page.pk}"
    return cache.get_or_set(name, lambda: access.course_key_of(page))


def shown_at(stamp: str, activity: uuid.UUID) -> datetime | None:
    """When the page was shown; None for another page's stamp or a forged one."""
    try:
        key, instant = signing.loads(stamp, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return datetime.fromtimestamp(instant, UTC) if key == str(activity) else None


def checks(page: LessonPage, chosen: Mapping[str, int]) -> list[Checked]:
    """Every self-check of the lesson with what this reader chose."""
    found = []
    for block in page.body:
        if block.block_type == "self_check":
            value = chosen.get(block.value.name)
            choices = list(block.value["choices"])
            is_there = value is not None and 0 <= value < len(choices)
            choice = choices[value] if is_there else None
            name, question = block.value.name, block.value["question"]
            found.append(Checked(name, question, value if is_there else None, choice))
    return found


def sign_chosen(activity: uuid.UUID, answered: list[Checked]) -> str:
    """For the address of the page that shows the feedback."""
    chosen = {one.name: one.value for one in answered if one.choice is not None}
    return signing.dumps([str(activity), chosen], salt=CHECKED)


def chosen_of(stamp: str, activity: uuid.UUID) -> dict[str, int]:
    try:
        key, chosen = signing.loads(stamp, salt=CHECKED)
    except (signing.BadSignature, ValueError, TypeError):
        return {}
    return chosen if key == str(activity) else {}


def page_of(activity: uuid.UUID, model: type[Page] = Page) -> Page | None:
    """A published page of this activity, in the reader's language if there is one."""
    pages = model.objects.live().filter(translation_key=activity)
    mine = pages.filter(locale__language_code=get_language()).specific().first()
    return mine or pages.order_by("pk").specific().first()
