"""What a course's pages show of the reader: where they are, what is done, what is next.

Course pages know no participant: a hook puts a Study on the request and the templates
of `courses` read `request.study` if it is there. They include `study.foot` and
`study.bar`, templates of ours, where what the reader can do on this page belongs.
"""

import uuid
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from wagtail.models import Page

from courses import content_version
from courses.models import CoursePage, Edition, LessonPage, QuizPage
from courses.outline import Activity, Outline, outline_of

from . import access, standing
from .actions.attempt_rules import why_not
from .actions.progress import why_too_soon
from .completion import Requirement, percent_done
from .models import Attempt, ConsentText, Enrolment, Progress
from .prerequisites import proofs
from .stamps import Checked, checks, chosen_of, shown_at, sign_shown
from .ways_in import WayIn, ways_in

# In the session: the consent text somebody does not want to answer now.
PUT_OFF = "consent_put_off"


def consent_waiting(user, put_off: int | None) -> ConsentText | None:
    """What a notice leads to; nothing is locked by not answering (GDPR, Art. 7)."""
    text = ConsentText.objects.waiting_for(user)
    return text if text and text.pk != put_off else None


class Headway:
    """How far through an outline; who has it says `outline` and what is `done`."""

    outline: Outline
    done: set[str]

    @property
    def required(self) -> list[str]:
        return [activity.key for activity in self.outline.live_required]

    @property
    def done_count(self) -> int:
        return len(self.done.intersection(self.required))

    @property
    def percent(self) -> int:
        return percent_done(self.required, self.done)


@dataclass
class Study(Headway):
    """One reader's view of one course; asks the database only for what is read."""

    user: object
    page: Page
    course_key: uuid.UUID
    enrolment: Enrolment | None
    shown_before: str = ""
    answered: str = ""
    put_off: int | None = None

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
        """(activity, state, seen_at, pk), the last seen first."""
        if self.enrolment is None:
            return []
        # Sorted here: asking the database for it costs more than the few rows do.
        rows = self.enrolment.progress.values_list("activity", "state", "seen_at", "pk")
        return sorted(rows, key=itemgetter(2, 3), reverse=True)

    @cached_property
    def done(self) -> set[str]:
        return {
            str(key)
            for key, state, *_ in self._progress
            if state == Progress.State.COMPLETED
        }

    @cached_property
    def next_activity(self) -> Activity | None:
        """Where I stopped: the last one left open, else the next one not done."""
        if self.enrolment is None:
            return None
        seen = [str(key) for key, *_ in self._progress]
        return next_of(self.outline, seen, self.done)

    @cached_property
    def requirements(self) -> list[Requirement]:
        if self.enrolment is None:
            return []
        return standing.requirements_of(self.enrolment, completed=self.done)

    @cached_property
    def ways_in(self) -> list[WayIn]:
        """Cohorts one can come into: for who is in none, or has to renew it."""
        if self.enrolment and not self.has_to_renew:
            return []
        return ways_in(self.user, self.course_key)

    @cached_property
    def has_to_renew(self) -> bool:
        """Has the certificate of this completed course run out (CO-11)?"""
        if not self.enrolment or self.enrolment.completed_on is None:
            return False
        person = self.enrolment.person_id
        proof = proofs([person], [self.course_key]).get((person, self.course_key))
        return proof is not None and not proof.is_valid

    join_list = "lms/join_list.html"

    @cached_property
    def notice(self) -> str:
        """The template of what participants of this course are asked beside it."""
        is_asked = self.enrolment and consent_waiting(self.user, self.put_off)
        return "lms/consent_waiting.html" if is_asked else ""

    @cached_property
    def activity(self) -> Activity | None:
        """This page as my edition knows it; None for what was added later."""
        return self.outline.find(self.page.translation_key)

    @property
    def is_done(self) -> bool:
        return str(self.page.translation_key) in self.done

    @property
    def next(self) -> Activity | None:
        return self.outline.neighbours(self.page.translation_key)[1]

    # What the page's own template includes and posts to.

    @property
    def zone(self) -> ZoneInfo:
        """For times: the cohort's zone."""
        if self.enrolment:
            return self.enrolment.cohort.zone
        return timezone.get_current_timezone()

    @cached_property
    def too_soon(self) -> str:
        """After "Done" came too soon: how long reading still takes."""
        since = shown_at(self.shown_before, self.page.translation_key)
        if not since or self.is_done or not self.enrolment:
            return ""
        return why_too_soon(self.enrolment, self.page.translation_key, since)

    @property
    def foot(self) -> str:
        is_quiz = isinstance(self.page, QuizPage)
        return "lms/foot_quiz.html" if is_quiz else "lms/foot_lesson.html"

    @property
    def for_staff(self) -> str:
        """What a quiz's page says to who reads along."""
        is_quiz = isinstance(self.page, QuizPage)
        return "lms/quiz_for_staff.html" if is_quiz and not self.enrolment else ""

    @property
    def bar(self) -> str:
        """Instead of the link to the next page, where a button leads there."""
        if self.is_done:
            return ""
        if isinstance(self.page, QuizPage):
            return "lms/bar_quiz.html" if self.can_sit else ""
        has_button = self.is_done_by_button or self.is_signed_off
        return "lms/bar_lesson.html" if has_button else ""

    def _completes(self, *ways: str) -> bool:
        has_place = self.enrolment and self.activity
        return bool(has_place) and self.activity.completes in ways

    @property
    def is_done_by_button(self) -> bool:
        ways = LessonPage.Completes
        return self._completes(ways.OPENED, ways.READ)

    @property
    def is_signed_off(self) -> bool:
        return self._completes(LessonPage.Completes.SIGN_OFF)

    @property
    def asks_self_check(self) -> bool:
        return self._completes(LessonPage.Completes.SELF_CHECK)

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
        return sign_shown(self.page.translation_key)

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

    @property
    def can_sit(self) -> bool:
        return bool(self.running) or bool(self.enrolment and not self.why_not)

    @property
    def finished(self) -> list[Attempt]:
        return [one for one in self.attempts if not one.is_running]

    @cached_property
    def why_not(self) -> str:
        """Why I cannot start this quiz now; empty when I can."""
        return why_not(self.enrolment, self.page) if self.enrolment else ""


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
    return content_version.remembered(
        f"course-key:{page.pk}", lambda: access.course_key_of(page)
    )


def page_of(activity: uuid.UUID, model: type[Page] = Page) -> Page | None:
    """A published page of this activity, in the reader's language if there is one."""
    pages = model.objects.live().filter(translation_key=activity)
    mine = pages.filter(locale__language_code=get_language()).specific().first()
    return mine or pages.order_by("pk").specific().first()
