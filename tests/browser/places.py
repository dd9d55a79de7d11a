"""Where the pages of the sample programme are, in each language, and who looks."""

from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Page

from courses.models import CourseIndexPage, CoursePage, LessonPage, QuizPage
from home.models import HomePage

from . import open_answers, rows

# Nobody in particular, somebody with a place, and who teaches or runs a cohort.
STRANGERS = (
    "home",
    "catalogue",
    "course",
    "verify",
    "verified",
    "shared",
    "link that is off",
    "sign in",
    "sign up",
    "code",
    "code of a letter",
    "nomination",
    "successor",
    "survey",
    "slip",
    "ticket",
    "account by slip",
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
    "one certificate",
    "withdrawing",
    "attendance",
    "my code",
    "profile",
    "correction",
    "my data",
    "being forgotten",
    "slip of another",
    "requested place",
    "waiting place",
    "offered place",
)
STAFF = (
    "teach",
    "cohort",
    "quizzes of the cohort",
    "quiz of the cohort",
    "another rule",
    "on paper",
    "typing in",
    "rooms",
    "marking",
    "mark answer",
    "second mark",
    "settle marks",
    "matrix",
    "everybody's attendance",
    "person",
    "sessions",
    "new session",
    "session",
    "cancel session",
    "register",
    "scanning",
    "away register",
    "signed register",
    "mark history",
    "to look at",
    "sign off",
    "slips",
    "surveys",
    "survey results",
    "events",
    "new event",
    "event",
    "withdraw event",
    "issue",
    "preview",
)
STATUS = {"link that is off": 404, "not found": 404, "forbidden": 403, "broken": 500}


def pages_of(course: CoursePage, model: type[Page]) -> list[Page]:
    return list(model.objects.descendant_of(course).live().order_by("path"))


def running_course(language: str) -> CoursePage:
    return rows.course_of(rows.enrolment().cohort.edition.course_key, language)


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


def viewer(name: str) -> str:
    """The user name of whoever looks at the page; "" is a stranger."""
    if name in STRANGERS:
        return ""
    if name in ON_THE_WAY:
        return rows.on_the_way(ON_THE_WAY[name]).person.user.username
    if name in PARTICIPANTS:
        return "participant"
    return {"issue": "administrator"}.get(name) or COORDINATED.get(name, "trainer")


ON_THE_WAY = {
    "requested place": rows.Status.REQUESTED,
    "waiting place": rows.Status.WAITLISTED,
    "offered place": rows.Status.OFFERED,
}
COORDINATED = dict.fromkeys(("surveys", "survey results"), "b.mirzoev")


def _view(name, *args):
    return lambda: reverse(name, args=[one() for one in args])


def _of_cohort(name, *args):
    return _view(name, lambda: rows.cohort().code, *args)


def _quiz_key():
    entries = rows.cohort().edition.activities
    return next(entry["key"] for entry in entries if entry["kind"] == "quiz")


def _marking():
    open_answers.to_mark()
    open_answers.to_mark_again()
    open_answers.to_settle()
    return reverse("lms:marking", args=[rows.cohort().code])


def _on_the_way(name):
    return _view("lms:place", lambda: rows.on_the_way(ON_THE_WAY[name]).pk)


def _first_quiz():
    return pages_of(running_course("en"), QuizPage)[0]


def _code_of_a_letter():
    return f"{reverse('lms:claim')}?code={rows.invitation().code}"


VIEWS = {
    "verify": _view("certificates:verify"),
    "verified": _view("certificates:verify_code", lambda: rows.certificate().code),
    "shared": _view("certificates:shared", rows.share_token),
    "link that is off": _view("certificates:shared", lambda: "x" * 40),
    "sign in": _view("account_login"),
    "sign up": _view("account_signup"),
    "code": _view("lms:claim"),
    "code of a letter": _code_of_a_letter,
    "nomination": _view("lms:nomination", lambda: rows.nomination().key),
    "successor": _view(
        "lms:nominee_replace",
        lambda: rows.nomination().key,
        lambda: rows.nomination().nominees.current().first().pk,
    ),
    "survey": _view("lms:survey", rows.survey_token),
    "slip": _view("lms:enter_slip"),
    # Both lead to `lms:slip_account`, which asks who is signed in.
    "account by slip": _view("lms:open_slip", rows.slip_code),
    "ticket": _view("lms:enter_ticket"),
    "slip of another": _view("lms:open_slip", rows.slip_code),
    "my courses": _view("lms:my_courses"),
    "questions": _view("lms:attempt", lambda: rows.attempt().pk),
    "result": _view("lms:result", lambda: rows.result().pk),
    "certificates": _view("certificates:mine"),
    "one certificate": _view("certificates:own", lambda: rows.own_certificate().code),
    "withdrawing": _view("certificates:withdraw", lambda: rows.own_certificate().code),
    "attendance": _view("lms:my_attendance", lambda: rows.enrolment().pk),
    "my code": _view("lms:my_code", lambda: rows.enrolment().pk),
    "profile": _view("account_pages:profile"),
    "correction": _view("account_pages:correct", lambda: "legal_name"),
    "my data": _view("lms:my_data"),
    "being forgotten": _view("lms:ask_erasure"),
    **{name: _on_the_way(name) for name in ON_THE_WAY},
    "teach": _view("lms:teach"),
    "cohort": _of_cohort("lms:cohort"),
    "quizzes of the cohort": _of_cohort("lms:quizzes"),
    "quiz of the cohort": _of_cohort("lms:cohort_quiz", _quiz_key),
    "on paper": _of_cohort("lms:paper", _quiz_key),
    "typing in": _of_cohort("lms:type_in", lambda: rows.on_paper().quiz_key),
    "rooms": _of_cohort("lms:rooms", _quiz_key),
    "another rule": _of_cohort("lms:override_add", _quiz_key),
    "marking": _marking,
    "mark answer": _of_cohort("lms:mark_answer", lambda: open_answers.to_mark().pk),
    "second mark": _of_cohort(
        "lms:second_mark", lambda: open_answers.to_mark_again().pk
    ),
    "settle marks": _of_cohort("lms:settle_marks", lambda: open_answers.to_settle().pk),
    "matrix": _of_cohort("lms:matrix"),
    "everybody's attendance": _of_cohort("lms:attendance_table"),
    "person": _of_cohort("lms:cohort_person", lambda: rows.behind().pk),
    "sessions": _of_cohort("lms:sessions"),
    "new session": _of_cohort("lms:session_add"),
    "session": _view("lms:session_edit", lambda: rows.session("open").pk),
    "cancel session": _view("lms:session_cancel", lambda: rows.session("open").pk),
    "register": _view("lms:register", lambda: rows.session("open").pk),
    "scanning": _view("lms:session_scan", lambda: rows.session("open").pk),
    "away register": _view("lms:offline_register"),
    "signed register": _view("lms:register", lambda: rows.session("signed").pk),
    "mark history": _view(
        "lms:mark_history",
        lambda: rows.session("signed").pk,
        lambda: rows.enrolment().pk,
    ),
    "to look at": _view("lms:to_look_at", lambda: rows.odd_session().pk),
    "sign off": _view("lms:sign_off", lambda: rows.cohort().pk),
    "slips": _of_cohort(
        "lms:print_slips",
    ),
    "surveys": _view("lms:surveys", lambda: rows.answered_survey().cohort.code),
    "survey results": _view("lms:survey_results", lambda: rows.answered_survey().pk),
    "events": _view("lms:events"),
    "new event": _view("lms:event_add"),
    "event": _view("lms:event_edit", lambda: rows.event().pk),
    "withdraw event": _view("lms:event_withdraw", lambda: rows.event().pk),
    "preview": _view("lms:preview", lambda: _first_quiz().pk),
    "issue": _view("certificates:issue_cohort", lambda: rows.cohort().pk),
}
