"""The sample programme as it is loaded: safe to repeat, agreeing with itself.

Loaded once for this file, with few people, and rolled back at its end.
"""

from collections import Counter
from datetime import date, datetime
from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import transaction
from wagtail.models import (
    ModelLogEntry,
    Page,
    PageLogEntry,
    ReferenceIndex,
    Revision,
    Site,
)

from certificates.models import Certificate
from courses import clock
from courses.draws import criteria_of, on_offer
from courses.kinds import every_kind
from courses.models import (
    CourseIndexPage,
    CoursePage,
    Edition,
    GlossaryTerm,
    LessonPage,
    ModulePage,
    Question,
    QuestionVersion,
    QuizPage,
    Slot,
)
from home.models import HomePage, User
from home.sample import pages, people, reading
from home.sample.accounts import READY
from home.sample.keys import key
from lms.actions.progress import evaluate
from lms.duplicates import SIGNS, suggestions
from lms.gain import gain_of
from lms.models import (
    Attempt,
    Cohort,
    CorrectionRequest,
    Enrolment,
    Event,
    Invitation,
    Mark,
    Message,
    Nomination,
    Person,
    Progress,
    Project,
    Session,
    Survey,
    SurveyAnswer,
)
from lms.namesakes import Sign
from lms.reports import indicators, knowledge_gain
from lms.reports.period import Period
from lms.reports.question import Question as ReportQuestion
from lms.roles import ADMINISTRATORS, OBSERVERS, TRAINERS
from tests import database

pytestmark = pytest.mark.indexed

NOW = datetime.fromisoformat("2026-10-14T10:00+05:00")

COURSES = reading.read_courses()
LESSONS = [
    (f"{course.slug}/{lesson.slug}", lesson)
    for course in COURSES
    for lesson in course.lessons
]
QUESTIONS = [question for course in COURSES for question in course.questions]
PRE_TESTS = [key("pre-test", course.slug) for course in COURSES if course.pre_test]
PRACTICE = [key("practice", course.slug) for course in COURSES if course.practice]
BOTH_YEARS = ReportQuestion(Period(date(NOW.year - 1, 1, 1), date(NOW.year, 12, 31)))


# What is loaded.


@pytest.fixture(scope="module")
def _empty_site(django_db_setup, django_db_blocker):
    """Only what the migrations make, for these tests."""
    with django_db_blocker.unblock():
        database.replace_by(database.migrated())
        yield
        database.replace_by(database.ready())


@pytest.fixture(scope="module")
def _loaded(_empty_site, django_db_blocker):
    with (
        django_db_blocker.unblock(),
        clock.stopped_at(NOW),
        transaction.atomic(),
    ):
        indexes = pages.load_site()
        pages.load_terms()
        for course in COURSES:
            pages.load_course(course, indexes)
        people.load_people(count=20)
        pages.open_site()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def programme(_loaded, at):
    """The loaded programme; what a test changes in it is taken back."""
    at(NOW)
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def counts() -> dict[str, int]:
    models = [
        *(Page, Revision, PageLogEntry, ModelLogEntry, Edition, QuestionVersion),
        *(Question, GlossaryTerm, User, Person, Cohort, Enrolment, Session, Mark),
        *(Progress, Attempt, Certificate, Project, Event, CorrectionRequest),
        *(Invitation, Nomination, Message, Survey, SurveyAnswer),
    ]
    return {model.__name__: model.objects.count() for model in models}


def test_every_page_stands_in_three_languages_and_is_published(programme):
    lessons, modules = len(LESSONS), sum(len(course.modules) for course in COURSES)
    expected = {
        HomePage: 1,
        CourseIndexPage: 1,
        CoursePage: len(COURSES),
        ModulePage: modules,
        LessonPage: lessons,
        QuizPage: len(COURSES) + len(PRE_TESTS) + len(PRACTICE),
    }

    for model, number in expected.items():
        rows = model.objects.live().values_list(
            "translation_key", "locale__language_code"
        )
        per_key = Counter(key for key, _language in rows)
        assert len(per_key) == number, model
        assert set(per_key.values()) == {3}, model


def test_the_home_page_is_the_sites_root_and_the_page_of_welcome_is_gone(programme):
    site = Site.objects.get(is_default_site=True)

    assert site.root_page.specific == HomePage.objects.get(locale__language_code="en")
    assert [type(page.specific) for page in Page.objects.filter(depth=2)] == [
        HomePage,
        HomePage,
        HomePage,
    ]


def test_a_practice_quiz_shows_every_kind_in_each_language(programme):
    for page in QuizPage.objects.filter(translation_key__in=PRACTICE):
        asked = [slot.question for slot in page.slots.all()]
        assert {q.kind for q in asked} == {kind.key for kind in every_kind()}
        assert len(asked) == len(every_kind())
        assert {q.locale for q in asked} == {page.locale}
    keys = {question.translation_key for question in asked}
    versions = QuestionVersion.objects.filter(question_key__in=keys)
    newest = {one.question_key: one for one in versions.order_by("number")}
    assert {len(one.bodies) for one in newest.values()} == {len(reading.LANGUAGES)}


def test_practice_asks_nothing_that_is_asked_for_marks(programme):
    """QZ-04"""
    practice = Slot.objects.filter(quiz__translation_key__in=PRACTICE)
    practised = set(practice.values_list("question__translation_key", flat=True))
    others = Slot.objects.exclude(quiz__translation_key__in=PRACTICE)
    named = others.exclude(question=None)
    asked = set(named.values_list("question__translation_key", flat=True))
    offer = on_offer(criteria_of(slot) for slot in others.filter(question=None))

    assert practised.isdisjoint(asked.union(*offer.values()))


def test_a_course_has_one_edition_with_all_its_activities(programme):
    for course in COURSES:
        page = CoursePage.objects.filter(slug=course.slug).first()
        edition = Edition.objects.get(course_key=page.translation_key)
        kinds = [activity["kind"] for activity in edition.activities]
        before = ["quiz"] * bool(course.pre_test) + ["quiz"] * bool(course.practice)
        lessons = ["lesson"] * len(course.lessons)
        assert kinds == [*before, *lessons, "quiz"]
        assert edition.policy == {"attendance_percent": course.attendance_percent}


def test_a_question_has_one_version_with_the_same_choices_in_all_languages(programme):
    versions = list(QuestionVersion.objects.all())

    assert len(versions) == len(QUESTIONS)
    for version in versions:
        options = [set(body["options"]) for body in version.bodies.values()]
        assert options == [set(version.key["options"])] * 3


def test_keys_are_the_same_on_every_installation(programme):
    foundations = CoursePage.objects.get(slug="foundations", locale__language_code="tg")

    assert str(foundations.translation_key) == "20319bdf-c2cc-5c72-98f1-afebabdf73c3"


def test_what_was_loaded_is_found_and_what_it_refers_to_is_known(programme):
    term = GlossaryTerm.objects.get(slug="debt-bondage", locale__language_code="en")

    assert LessonPage.objects.search("кабала").count() > 0
    assert ReferenceIndex.get_references_to(term).exists()


def test_loading_again_changes_nothing(programme):
    before, out = counts(), StringIO()

    call_command("load_sample_programme", stdout=out)

    assert counts() == before
    assert out.getvalue().strip() == "Everything is there already."


def test_loading_again_leaves_what_people_changed(programme):
    lesson = LessonPage.objects.filter(locale__language_code="tg").first()
    lesson.title = "Дарси мо"
    lesson.save_revision().publish()
    removed = LessonPage.objects.filter(locale__language_code="ru").last()
    removed.delete()
    before = counts()

    call_command("load_sample_programme", stdout=StringIO())

    lesson.refresh_from_db()
    assert lesson.title == "Дарси мо"
    assert counts() == before


def test_a_load_that_stopped_before_the_end_is_not_taken_for_a_whole_one(programme):
    HomePage.objects.update(live=False, first_published_at=None)

    call_command("load_sample_programme", stdout=StringIO())

    assert HomePage.objects.live().count() == 3


def test_an_attempt_has_the_six_fixed_questions_and_four_others(programme):
    fixed = {
        quiz.translation_key: {
            slot.question.translation_key for slot in quiz.slots.all() if slot.question
        }
        for quiz in QuizPage.objects.filter(locale__language_code="en")
    }

    attempts = Attempt.objects.exclude(quiz_key__in=PRE_TESTS)
    assert attempts.exists()
    for attempt in attempts:
        dealt = list(attempt.responses.values_list("question_key", flat=True))
        assert len(dealt) == len(set(dealt)) == 10
        assert len(set(dealt) & fixed[attempt.quiz_key]) == 6


def test_whoever_completed_meets_every_requirement(programme):
    completed = Enrolment.objects.filter(status=Enrolment.Status.COMPLETED)

    assert completed.exists()
    for enrolment in completed:
        assert all(requirement.met for requirement in evaluate(enrolment))


def test_whoever_is_active_still_lacks_something(programme):
    for enrolment in Enrolment.objects.filter(status=Enrolment.Status.ACTIVE):
        assert not all(requirement.met for requirement in evaluate(enrolment))


def test_every_certificate_belongs_to_a_place_completed_on_its_day(programme):
    rows = Certificate.objects.select_related("enrolment")

    assert set(rows.values_list("status", flat=True)) == {
        "valid",
        "superseded",
        "revoked",
    }
    for row in rows:
        assert row.enrolment.status == Enrolment.Status.COMPLETED
        assert row.awarded_on == row.enrolment.completed_on
        assert row.awarded_on <= row.issued_at.date()


def test_everybody_who_completed_a_finished_cohort_has_a_certificate(programme):
    completed = Enrolment.objects.filter(
        cohort__status=Cohort.Status.FINISHED, status=Enrolment.Status.COMPLETED
    )

    assert not completed.filter(certificates=None).exists()


def test_a_session_that_was_held_is_signed_off_and_none_to_come_is_marked(programme):
    today = NOW.date()
    past = Session.objects.filter(local_date__lt=today)

    assert set(past.values_list("status", "register")) == {("held", "signed")}
    assert not Mark.objects.filter(session__local_date__gte=today).exists()


def test_nothing_happened_later_than_now(programme):
    assert not Enrolment.objects.filter(active_from__gt=NOW).exists()
    assert not Progress.objects.filter(seen_at__gt=NOW).exists()
    assert not Attempt.objects.filter(ended_at__gt=NOW).exists()
    assert not Certificate.objects.filter(issued_at__gt=NOW).exists()


def test_cohorts_are_finished_running_and_planned_and_one_can_be_joined(programme):
    statuses = Counter(Cohort.objects.values_list("status", flat=True))

    assert statuses == {"finished": 6, "running": 2, "planned": 3}
    assert Cohort.objects.open_to_join(NOW.date()).count() == 1


def test_the_four_accounts_wait_for_a_password_and_hold_their_roles(programme):
    users = {name: User.objects.get(username=name) for name in READY}
    groups = {
        name: set(user.groups.exclude(name__startswith="Authors"))
        for name, user in users.items()
    }

    def group(name):
        return {Group.objects.get(name=name)}

    assert not any(user.has_usable_password() for user in users.values())
    assert all(user.emailaddress_set.get().verified for user in users.values())
    assert groups == {
        "administrator": group(ADMINISTRATORS),
        "trainer": group(TRAINERS),
        "observer": group(OBSERVERS),
        "participant": set(),
    }


def test_the_trainer_leads_two_running_cohorts_and_has_a_session_today(programme):
    cohorts = Cohort.objects.filter(staff__user__username="trainer")

    assert list(cohorts.values_list("status", flat=True)) == ["running", "running"]
    assert Session.objects.filter(cohort__in=cohorts, local_date=NOW.date()).exists()


def test_the_participant_has_a_certificate_and_is_in_the_middle_of_a_course(programme):
    places = Enrolment.objects.filter(person__user__username="participant")
    active = places.get(status=Enrolment.Status.ACTIVE)
    lessons = [one for one in evaluate(active) if one.kind == "lesson"]

    assert places.get(status=Enrolment.Status.COMPLETED).certificates.valid().exists()
    assert 1 < sum(one.met for one in lessons) < len(lessons)


def test_each_cohort_belongs_to_one_of_two_projects(programme):
    cohorts = Cohort.objects.all()

    assert Project.objects.count() == 2
    assert not cohorts.filter(project=None).exists()
    assert cohorts.values("project").distinct().count() == 2


def test_where_people_ask_for_a_seat_all_are_taken_and_others_wait(programme):
    cohort = Cohort.objects.get(admission=Cohort.Admission.REQUEST)
    places = cohort.enrolments
    statuses = Counter(places.values_list("status", flat=True))

    assert statuses == {
        "active": 7,
        "offered": 1,
        "waitlisted": 3,
        "requested": 2,
        "withdrawn": 1,
    }
    assert places.seated().count() == cohort.capacity
    assert places.get(status=Enrolment.Status.OFFERED).offered_until > NOW


def test_an_organisation_has_used_some_of_its_seats_and_a_guest_is_expected(programme):
    nomination = Nomination.objects.get()
    used = nomination.nominees.exclude(enrolment=None)

    assert nomination.cohort.status == Cohort.Status.PLANNED
    assert (used.count(), nomination.seats_left) == (3, 2)
    assert Invitation.objects.unclaimed(NOW).count() == 1


def test_events_were_held_in_two_years_in_several_centres(programme):
    events = Event.objects.standing().prefetch_related("counts")

    assert {event.held_on.year for event in events} == {NOW.year - 1, NOW.year}
    assert len({event.centre for event in events}) > 4
    assert len({event.kind for event in events}) > 4
    assert all(event.heads and event.project for event in events)


def test_whoever_sat_the_pre_test_knew_more_after_the_course(programme):
    sittings = knowledge_gain.sittings_of(BOTH_YEARS)
    gain = gain_of(one.pair for one in sittings if one.before and one.after)

    assert gain.n > 1
    assert gain.gain > 10


def test_a_pre_test_comes_before_every_lesson_and_nobody_needs_it(programme):
    first = Attempt.objects.filter(quiz_key__in=PRE_TESTS)

    for attempt in first:
        seen = Progress.objects.filter(enrolment=attempt.enrolment)
        assert not seen.filter(seen_at__lt=attempt.started_at).exists()
    assert (
        Enrolment.objects.filter(
            cohort__in=first.values("enrolment__cohort"),
            status=Enrolment.Status.COMPLETED,
        )
        .exclude(attempts__quiz_key__in=PRE_TESTS)
        .exists()
    )


def test_every_course_counts_for_an_indicator_and_each_has_people(programme):
    assert all(course.indicators for course in CoursePage.objects.all())
    for counted in indicators.INDICATORS:
        assert indicators.rows_of(BOTH_YEARS, counted).exists()


def test_staff_find_a_correction_to_answer_and_a_person_who_is_there_twice(programme):
    likeliest = suggestions(User.objects.get(username="administrator"))[0]

    assert CorrectionRequest.objects.open().count() == 1
    assert {SIGNS[Sign.ADDRESS], SIGNS[Sign.NAME]} <= set(likeliest.signs)


def test_a_cohort_that_is_over_was_asked_how_it_was(programme):
    survey = Survey.objects.get()
    asked = survey.invitations.count()

    assert survey.is_over(NOW)
    assert survey.answers.count() == min(asked, 12)
    assert survey.invitations.exclude(answered_on=None).count() == min(asked, 12)


def test_no_letter_is_left_for_addresses_where_nobody_lives(programme):
    assert Message.objects.exists()
    assert not Message.objects.filter(state=Message.State.QUEUED).exists()
