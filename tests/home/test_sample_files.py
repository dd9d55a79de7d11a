"""What the files of the sample programme say: whole in three languages."""

import re
from datetime import date, timedelta

import pytest

from courses.models import (
    LessonPage,
)
from home.sample import reading
from home.sample.gatherings import GATHERINGS, held_on
from home.sample.plans import PLANS, starts_on
from home.sample.profiles import invent
from home.sample.prose import NotRichText, rich_text

WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")

COURSES = reading.read_courses()
LESSONS = [
    (f"{course.slug}/{lesson.slug}", lesson)
    for course in COURSES
    for lesson in course.lessons
]
QUESTIONS = [question for course in COURSES for question in course.questions]


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

    assert len(days) == 11
    assert (len(past), len(coming)) == (6, 3)
    assert min(day for day, _ in days.values()).year == today.year - 1


@pytest.mark.parametrize("today", ["2026-01-01", "2026-10-14", "2028-02-29"])
def test_on_any_day_every_event_is_over_and_the_first_were_last_year(today):
    today = date.fromisoformat(today)
    days = [held_on(one, today) for one in GATHERINGS]

    assert len(days) == len({one.slug for one in GATHERINGS}) == 10
    assert max(days) < today
    assert min(days).year == today.year - 1


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
