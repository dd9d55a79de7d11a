"""Somebody of whom every table holds something."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.contenttypes.models import ContentType
from wagtail.admin.models import FormState
from wagtail.log_actions import log

from certificates.actions.issuing import issue
from courses import clock
from courses.models import QuestionVersion
from lms.models import (
    Attempt,
    Mark,
    MarkEvent,
    MarkStatus,
    Message,
    Override,
    Person,
    Response,
    ResponseScore,
    Waiver,
)
from tests.certificates.builders import make_completed
from tests.factories import (
    make_participant,
    make_person,
    make_question,
    make_session,
    make_user,
)

NAME, LATIN = "Шарипова Манзура", "Sharipova Manzura"
EMAIL, PHONE = "manzura@example.org", "+992900112233"


def make_manzura():
    """She, with a row in each of them; add yours when it lands."""
    user = make_user(
        username="manzura", email=EMAIL, first_name="Manzura", last_name="Sharipova"
    )
    person = make_participant(
        user=user, legal_name=NAME, latin_name=LATIN, email=EMAIL, phone=PHONE
    )
    place = make_completed(person)
    staff = make_user()
    _account(user)
    _results(place, staff)
    _letters(person)
    _logs(person, place, staff)
    issue(place, by=staff)
    make_person(legal_name=NAME, email="", merged_into=person)
    return person


def _account(user):
    EmailAddress.objects.create(user=user, email=EMAIL, verified=True, primary=True)
    Authenticator.objects.create(user=user, type="totp", data={"secret": EMAIL})
    FormState.objects.create(
        user=user,
        data=NAME,
        object_id="1",
        content_type=ContentType.objects.get_for_model(Person),
        last_updated_at=clock.now(),
    )


def _results(place, staff):
    session = make_session(place.cohort)
    status = MarkStatus.objects.get(code="present")
    now = clock.now()
    Mark.objects.create(
        session=session,
        enrolment=place,
        status=status,
        remark=f"{NAME} came late",
        source="trainer",
        marked_by=staff,
        marked_at=now,
    )
    MarkEvent.objects.create(
        session=session,
        enrolment=place,
        source="trainer",
        reason=f"{NAME} rang",
        new=status,
        device="manzura-phone",
        flags=[NAME],
        happened_at=now,
        received_at=now,
    )
    Waiver.objects.create(
        enrolment=place, requirement="x", reason=NAME, by=staff, created_at=now
    )
    Override.objects.create(
        person=place.person,
        quiz_key=place.cohort.edition.course_key,
        extra_attempts=1,
        reason=NAME,
        by=staff,
        created_at=now,
    )
    _attempt(place, staff)


def _attempt(place, staff):
    now = clock.now()
    attempt = Attempt.objects.create(
        enrolment=place,
        quiz_key=place.cohort.edition.course_key,
        number=1,
        status="graded",
        rules={"pass_percent": "50"},
        language="ru",
        started_at=now,
        ended_at=now,
        score=1,
        out_of=2,
    )
    version = make_question().translation_key
    written = Response.objects.create(
        attempt=attempt,
        place=1,
        question_key=version,
        version=QuestionVersion.objects.filter(question_key=version).first(),
        marks=1,
        answer={"text": f"Меня зовут {NAME}"},
    )
    ResponseScore.objects.create(
        response=written, score=1, out_of=1, comment=f"Well, {NAME}", created_at=now
    )


def _letters(person):
    for state in ("queued", "failed"):
        Message.objects.create(
            key=f"letter:{state}",
            person=person,
            to=EMAIL,
            template="x",
            locale="ru",
            context={"name": NAME},
            state=state,
            due_at=clock.now(),
            error=f"550 {EMAIL} unknown",
        )


def _logs(person, place, staff):
    log(person, "lms.change_person", user=staff, data={"changed": ["email"]})
    log(place, "lms.enrol", user=staff, data={"reason": f"{NAME} asked"})
    log(place.cohort, "lms.import_roster", user=staff, data={"lines": [NAME, "other"]})
