"""What the pages are about: rows of the sample programme, made where it lacks one."""

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from certificates.actions import sharing
from certificates.models import Certificate
from courses import clock
from courses.models import CoursePage, QuizPage
from home.models import User
from lms.actions import attempts, papers, slips, surveys
from lms.actions.evidence import Evidence, record
from lms.actions.refused_check_ins import refuse_check_in
from lms.models import (
    Attempt,
    Cohort,
    Enrolment,
    Event,
    Invitation,
    Message,
    Nomination,
    PaperVariant,
    Person,
    Session,
    Survey,
    SurveyKind,
)
from tests.factories import make_enrolment, make_person

Status = Enrolment.Status


def enrolment() -> Enrolment:
    """The participant's place in the cohort that is running."""
    mine = Enrolment.objects.filter(person__user__username="participant")
    return mine.get(status=Status.ACTIVE)


def course_of(key: UUID, language: str) -> CoursePage:
    return CoursePage.objects.get(translation_key=key, locale__language_code=language)


def attempt() -> Attempt:
    """A running attempt at the quiz of the running course."""
    mine = enrolment()
    running = Attempt.objects.filter(enrolment=mine, status=Attempt.Status.RUNNING)
    course = course_of(mine.cohort.edition.course_key, "en")
    quizzes = QuizPage.objects.descendant_of(course).live().order_by("path")
    return running.first() or attempts.start(mine, quiz=quizzes[0], language="en")


def on_paper() -> PaperVariant:
    """A printed variant of the quiz of the running course."""
    quiz = QuizPage.objects.live().filter(translation_key=attempt().quiz_key).first()
    there = papers.variants_of(cohort(), quiz.translation_key)
    made = there or papers.print_variants(cohort(), quiz=quiz, count=1, by=None)
    return made[0]


def result() -> Attempt:
    mine = Attempt.objects.filter(enrolment__person__user__username="participant")
    return mine.exclude(status=Attempt.Status.RUNNING).latest("ended_at")


def certificate() -> Certificate:
    return Certificate.objects.filter(status=Certificate.Status.VALID).first()


def own_certificate() -> Certificate:
    """The participant's, with its link switched on."""
    mine = Certificate.objects.filter(person__user__username="participant")
    row = mine.filter(status=Certificate.Status.VALID).first()
    sharing.share(row, by=row.person.user)
    return row


def share_token() -> str:
    return own_certificate().shares.open(clock.now()).get().token


def cohort() -> Cohort:
    """The one the ready trainer teaches and the ready participant is in."""
    return Cohort.objects.get(code="FC-HISOR", staff__user__username="trainer")


def behind() -> Enrolment:
    return cohort().enrolments.studying().exclude(pk=enrolment().pk).first()


def session(register: str) -> Session:
    sessions = cohort().sessions.filter(register=register)
    return sessions.order_by("starts_at").first()


def odd_session() -> Session:
    """One with something that waits, something that counts and a refusal."""
    odd, place = session("open"), behind()
    if not odd.refused_check_ins.exists():
        said = {"enrolment_id": place.pk, "source": "room_code", "code": "present"}
        pieces = [
            Evidence(**said, flags=("same_device",), device="a-phone"),
            Evidence(**said, waits=True),
        ]
        record(odd, pieces, by=User.objects.get(username="trainer"))
        refuse_check_in(why="too_late", source="room_code", session=odd)
    return odd


def event() -> Event:
    return Event.objects.filter(recorded_by__username="trainer").first()


def answered_survey() -> Survey:
    return Survey.objects.get(cohort__code="AS-KHOROG", kind=SurveyKind.END)


def survey_token() -> str:
    """Of a survey that is open: only the letter holds it."""
    asked = cohort()
    today = timezone.localdate(clock.now(), asked.zone)
    if not asked.surveys.exists():
        last = today + timedelta(days=7)
        kind = SurveyKind.END
        surveys.open_survey(asked, kind=kind, opens_on=today, closes_on=last, by=None)
    letters = Message.objects.filter(template=surveys.LETTER)
    letter = letters.get(context__enrolment=enrolment().pk)
    return letter.context["url"].rstrip("/").rpartition("/")[2]


def invitation() -> Invitation:
    return Invitation.objects.unclaimed(clock.now()).first()


def nomination() -> Nomination:
    return Nomination.objects.get(cohort__code="FND-OPEN")


def on_the_way(status: str) -> Enrolment:
    """Somebody who can sign in and wants into the cohort that is full."""
    places = Enrolment.objects.filter(cohort__code="FND-VAKHSH", status=status)
    return places.exclude(person__user=None).first()


def walk_in() -> Person:
    """Somebody in the trainer's cohort who has no e-mail and no account."""
    people = slips.without_account(cohort())
    if not people.exists():
        make_enrolment(make_person(legal_name="Сафаров Искандар"), cohort())
    return people.first()


def slip_code() -> str:
    """Of a slip printed this moment: the one before opens nothing more."""
    trainer = User.objects.get(username="trainer")
    printed = slips.print_slips(cohort(), people=[walk_in()], by=trainer)
    return printed[0][1]
