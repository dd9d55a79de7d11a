"""Where the pages of the sample programme are, in each language."""

from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Page

from certificates.models import Certificate
from courses.models import CourseIndexPage, CoursePage, LessonPage, QuizPage
from home.models import HomePage, User
from lms.actions import attempts
from lms.models import Attempt, Cohort, Enrolment, Session

# Whoever looks at it: nobody in particular, or one of the ready accounts.
STRANGERS = (
    "home",
    "catalogue",
    "course",
    "verify",
    "verified",
    "sign in",
    "sign up",
    "not found",
    "forbidden",
    "broken",
)
PARTICIPANTS = (
    "my courses",
    "my course",
    "lesson",
    "quiz",
    "questions",
    "result",
    "certificates",
    "profile",
)
STAFF = ("teach", "sessions", "register", "signed register", "issue")
STATUS = {"not found": 404, "forbidden": 403, "broken": 500}


def enrolment() -> Enrolment:
    """The participant's place in the cohort that is running."""
    mine = Enrolment.objects.filter(person__user__username="participant")
    return mine.get(status=Enrolment.Status.ACTIVE)


def pages_of(course: CoursePage, model: type[Page]) -> list[Page]:
    return list(model.objects.descendant_of(course).live().order_by("path"))


def running_course(language: str) -> CoursePage:
    key = enrolment().cohort.edition.course_key
    return CoursePage.objects.get(translation_key=key, locale__language_code=language)


def place(name: str, language: str) -> str:
    """The address of a page by its name above."""
    if name in ("home", "catalogue"):
        model = HomePage if name == "home" else CourseIndexPage
        return model.objects.get(locale__language_code=language).url
    if name in ("course", "my course", "lesson", "quiz"):
        course = running_course(language)
        if "course" in name:
            return course.url
        return pages_of(course, LessonPage if name == "lesson" else QuizPage)[0].url
    if name in ("not found", "forbidden", "broken"):
        return f"/{language}/{name.replace(' ', '-')}/"
    with override(language):
        return VIEWS[name]()


def _attempt() -> Attempt:
    """A running attempt at the quiz of the running course."""
    mine = enrolment()
    running = Attempt.objects.filter(enrolment=mine, status=Attempt.Status.RUNNING)
    quiz = pages_of(running_course("en"), QuizPage)[0]
    return running.first() or attempts.start(mine, quiz=quiz, language="en")


def _result() -> Attempt:
    mine = Attempt.objects.filter(enrolment__person__user__username="participant")
    return mine.exclude(status=Attempt.Status.RUNNING).latest("ended_at")


def _certificate() -> Certificate:
    return Certificate.objects.filter(status=Certificate.Status.VALID).first()


def trainers_cohort() -> Cohort:
    user = User.objects.get(username="trainer")
    return Cohort.objects.get(code="FC-HISOR", staff__user=user)


def _session(register: str) -> Session:
    sessions = trainers_cohort().sessions.filter(register=register)
    return sessions.order_by("starts_at").first()


def _view(name, *args):
    return lambda: reverse(name, args=[one() for one in args])


VIEWS = {
    "verify": _view("certificates:verify"),
    "verified": _view("certificates:verify_code", lambda: _certificate().code),
    "sign in": _view("account_login"),
    "sign up": _view("account_signup"),
    "my courses": _view("lms:my_courses"),
    "questions": _view("lms:attempt", lambda: _attempt().pk),
    "result": _view("lms:result", lambda: _result().pk),
    "certificates": _view("certificates:mine"),
    "profile": _view("account_pages:profile"),
    "teach": _view("lms:teach"),
    "sessions": _view("lms:sessions", lambda: trainers_cohort().code),
    "register": _view("lms:register", lambda: _session("open").pk),
    "signed register": _view("lms:register", lambda: _session("signed").pk),
    "issue": _view("certificates:issue_cohort", lambda: trainers_cohort().pk),
}
