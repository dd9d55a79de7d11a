"""Rules, templates of other kinds, and people who earned them."""

from datetime import timedelta

from certificates.actions.awards import save_rule
from certificates.models import CertificateTemplate, TemplateVersion
from courses import clock
from lms.actions import attendance
from lms.models import Session
from tests.factories import (
    make_cohort,
    make_course,
    make_edition,
    make_module,
    make_quiz,
    make_session,
    make_staff,
    make_user,
)

FIELDS = {
    "attendance": {"least_attendance": 80},
    "distinction": {"least_score": 90},
}


def make_rule(kind="completion", course_key=None, **fields):
    """A rule that is on; for all courses unless one is said."""
    said = {"is_on": True, "kind": kind, "course_key": course_key}
    return save_rule(None, by=None, **said | FIELDS.get(kind, {}) | fields)


def make_template(kind, course_key=None) -> CertificateTemplate:
    """A published one that says what the general one of completion says."""
    known = TemplateVersion.objects.filter(template__kind="completion").first()
    template, is_new = CertificateTemplate.objects.get_or_create(
        kind=kind, course_key=course_key, defaults={"title": kind}
    )
    if is_new:
        template.versions.create(
            number=1, content=known.content, published_at=clock.now()
        )
    return template


def without_template(cohort) -> None:
    """Its course has a template of its own, which nobody has published."""
    CertificateTemplate.objects.create(
        title="Draft", kind="completion", course_key=cohort.edition.course_key
    )


def make_kind(kind, course_key=None, **fields):
    """Template and rule."""
    make_template(kind)
    return make_rule(kind, course_key, **fields)


def make_quiz_cohort(quizzes=1, **fields):
    """A cohort whose edition requires so many quizzes; and the quizzes."""
    course = make_course()
    module = make_module(course)
    made = [make_quiz(module, **fields) for _ in range(quizzes)]
    return make_cohort(make_edition(course, *made)), made


def score(enrolment, quiz, percent, number=1):
    """An attempt handed in, worth so much."""
    now = clock.now()
    return enrolment.attempts.create(
        quiz_key=quiz.translation_key,
        number=number,
        language="en",
        rules={},
        status="graded",
        started_at=now,
        ended_at=now,
        score=percent,
        out_of=100,
    )


def hold(cohort, *marks, minutes=90, day=0) -> Session:
    """A session that was held; `marks` are pairs of a place and a status."""
    when = cohort.day_of(clock.now()) - timedelta(days=2 - day)
    session = make_session(cohort, local_date=when, minutes=minutes)
    for place, status in marks:
        attendance.mark(session, enrolment=place, status_code=status, by=make_user())
    Session.objects.filter(pk=session.pk).update(status=Session.Status.HELD)
    session.refresh_from_db()
    return session


def make_trainer(cohort, **fields):
    """The account of somebody who teaches there."""
    user = make_user(**{"first_name": "Daler", "last_name": "Karimov"} | fields)
    make_staff(cohort, "trainer", user=user)
    return user
