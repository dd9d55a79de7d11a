"""The sample programme: whole in three languages, safe to repeat, agreeing with itself.

Loaded once for this file, with few people, and rolled back at its end.
"""

import re
from collections import Counter
from datetime import date, datetime, timedelta
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
)
from home.models import HomePage, User
from home.sample import pages, people, reading
from home.sample.accounts import READY
from home.sample.plans import PLANS, starts_on
from home.sample.profiles import invent
from home.sample.prose import NotRichText, rich_text
from lms.actions.progress import evaluate
from lms.models import Attempt, Cohort, Enrolment, Mark, Person, Progress, Session
from lms.roles import ADMINISTRATORS, OBSERVERS, TRAINERS

NOW = datetime.fromisoformat("2026-10-14T10:00+05:00")
WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")

COURSES = reading.read_courses()
LESSONS = [
    (f"{course.slug}/{lesson.slug}", lesson)
    for course in COURSES
    for lesson in course.lessons
]
QUESTIONS = [question for course in COURSES for question in course.questions]


# What the files say.


def test_there_are_four_courses_of_three_modules_and_nine_lessons_at_least():
    assert {course.slug for course in COURSES} == {
        "foundations",
        "first-contact",
        "case-in-court",
        "assistance",
    }
    assert all(len(course.modules) >= 3 for course in COURSES)
    assert all(len(course.lessons) >= 9 for course in COURSES)


def test_every_audience_has_a_course():
    reached = {audience for course in COURSES for audience in course.audiences}

    assert reached == {
        "police",
        "prosecutors",
        "judges",
        "ngo",
        "consulate",
        "law_students",
        "diaspora",
    }


@pytest.mark.parametrize("language", reading.LANGUAGES)
def test_a_lesson_has_300_to_600_words_in_each_language(language):
    counts = {
        name: sum(
            len(WORD.findall(text))
            for text in reading.words_of(lesson.texts[language]["body"])
        )
        for name, lesson in LESSONS
    }

    assert {name: n for name, n in counts.items() if not 300 <= n <= 600} == {}


def test_a_lesson_has_the_same_blocks_in_the_same_order_in_each_language():
    def shape(texts):
        kinds = [next(iter(block)) for block in texts["body"]]
        return kinds, texts["minutes"], texts["completes"], texts.get("least_seconds")

    different = [
        name
        for name, lesson in LESSONS
        if any(shape(one) != shape(lesson.texts["en"]) for one in lesson.texts.values())
    ]

    assert different == []


def test_a_lesson_has_all_its_parts_in_each_language():
    parts = ("title", "summary", "objectives", "body", "facilitator_notes")
    missing = [
        (name, language, part)
        for name, lesson in LESSONS
        for language, texts in lesson.texts.items()
        for part in parts
        if not texts.get(part)
    ]

    assert missing == []


@pytest.mark.parametrize("course", COURSES, ids=lambda course: course.slug)
def test_a_course_completes_its_lessons_in_every_way_there_is(course):
    ways = {lesson.completes for lesson in course.lessons}

    assert ways == set(LessonPage.Completes.values)


def test_the_bank_has_eighty_questions_with_feedback_in_each_language():
    unexplained = [
        (question.id, language)
        for question in QUESTIONS
        for language, words in question.texts.items()
        if not words["explanation"]
        or set(words.get("choices", {})) != set(words.get("feedback", {}))
        or not all(words.get("feedback", {}).values())
    ]

    assert len(QUESTIONS) >= 80
    assert unexplained == []


def test_nothing_in_the_texts_is_shouted():
    texts = [
        *(course.texts for course in COURSES),
        *(lesson.texts for _name, lesson in LESSONS),
        *(question.texts for question in QUESTIONS),
    ]

    assert [text for text in reading.words_of(texts) if "!" in text] == []


def test_markdown_becomes_rich_text_the_editor_knows():
    text = "A **bold** word, [a link](https://example.org/a?b=1&c=2).\n\n- one\n- *two*"

    assert rich_text(text).replace("\n", "") == (
        "<p>A <b>bold</b> word, "
        '<a href="https://example.org/a?b=1&amp;c=2">a link</a>.</p>'
        "<ul><li>one</li><li><i>two</i></li></ul>"
    )


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<b onclick='x()'>b</b>",
        "# Heading",
        "[x](javascript:alert)",
    ],
)
def test_what_the_editor_does_not_know_is_refused(text):
    with pytest.raises(NotRichText):
        rich_text(text)


def test_260_people_are_invented_the_same_each_time_each_with_an_address_of_their_own():
    once = [profile for plan in PLANS for profile in invent(plan)]
    again = [profile for plan in PLANS for profile in invent(plan)]

    assert once == again
    assert len({profile.email for profile in once}) == len(once) == 260
    assert {profile.sex for profile in once} == {"f", "m"}
    assert len({profile.audience for profile in once}) == 7
    assert len({profile.region for profile in once}) == 6
    assert all(profile.email.endswith("@example.org") for profile in once)


def test_names_are_written_in_the_scripts_of_the_region():
    names = "".join(profile.legal_name for plan in PLANS for profile in invent(plan))

    assert set("ӯҳҷӣқғ") <= set(names.lower())
    assert re.search("[a-z]", names)
    assert re.search("[\u0600-\u06ff]", names)


@pytest.mark.parametrize("today", ["2026-01-01", "2026-10-14", "2028-02-29"])
def test_on_any_day_there_are_past_running_and_coming_cohorts(today):
    today = date.fromisoformat(today)
    days = {plan.code: (starts_on(plan, today), plan.lasts) for plan in PLANS}
    last = {code: day + timedelta(days=lasts) for code, (day, lasts) in days.items()}

    past = [code for code in days if last[code] < today]
    coming = [code for code, (day, _lasts) in days.items() if day > today]

    assert len(days) == 10
    assert (len(past), len(coming)) == (6, 2)
    assert min(day for day, _ in days.values()).year == today.year - 1


def test_late_in_a_year_most_people_of_all_audiences_have_been_trained_in_it():
    today = date(2026, 10, 14)
    ends = [starts_on(plan, today) + timedelta(days=plan.lasts) for plan in PLANS]
    past = [
        plan
        for plan, end in zip(PLANS, ends, strict=True)
        if date(today.year, 1, 1) <= end < today
    ]
    people = [profile for plan in past for profile in invent(plan)]

    assert len(people) >= 120
    assert len({profile.audience for profile in people}) == 7
    assert len({profile.region for profile in people}) == 6


# What is loaded.


@pytest.fixture(scope="module")
def _loaded(django_db_setup, django_db_blocker):
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
        *(Progress, Attempt, Certificate),
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
        QuizPage: len(COURSES),
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


def test_a_course_has_one_edition_with_all_its_activities(programme):
    for course in COURSES:
        page = CoursePage.objects.filter(slug=course.slug).first()
        edition = Edition.objects.get(course_key=page.translation_key)
        kinds = [activity["kind"] for activity in edition.activities]
        assert kinds == ["lesson"] * len(course.lessons) + ["quiz"]
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

    assert Attempt.objects.exists()
    for attempt in Attempt.objects.all():
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

    assert statuses == {"finished": 6, "running": 2, "planned": 2}
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
