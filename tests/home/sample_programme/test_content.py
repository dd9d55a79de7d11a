"""Its pages and questions: in three languages, safe to load again."""

from collections import Counter
from io import StringIO

import pytest
from django.core.management import call_command
from wagtail.models import (
    ModelLogEntry,
    Page,
    PageLogEntry,
    ReferenceIndex,
    Revision,
    Site,
)

from certificates.models import Certificate
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
from home.sample import reading
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

from .expected import COURSES, LESSONS, PRACTICE, PRE_TESTS, QUESTIONS

pytestmark = pytest.mark.indexed


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
