"""What a reader sees of courses, lessons and quizzes."""

from datetime import date

import pytest
from django.urls import reverse

from courses.actions.editions import publish_edition
from courses.bodies import body_of
from courses.models import CoursePage, LessonPage
from tests.factories import (
    make_cohort,
    make_course,
    make_enrolment,
    make_index,
    make_lesson,
    make_locale,
    make_module,
    make_quiz,
    make_user,
)

pytestmark = pytest.mark.django_db

NOTES = [("notes", {"timing": "Ninety", "materials": "Cards", "safety": "Tell them"})]


def course_with(lessons=1, **fields):
    course = make_course(**fields)
    module = make_module(course)
    pages = [make_lesson(module) for _ in range(lessons)]
    return course, pages


def participant_of(course):
    edition = publish_edition(course, by=None)
    return make_enrolment(cohort=make_cohort(edition)).person.user


def warm(client, *urls):
    """The very first request makes the site's settings, which empties the cache."""
    for url in urls * 2:
        client.get(url)


def text(response):
    return response.content.decode()


def test_the_catalogue_shows_covers_with_audience_hours_and_languages(client):
    make_course(title="First contact", audiences=["police"], minutes=750)

    page = text(client.get(make_index().url))

    assert "First contact" in page
    assert "Law-enforcement officers" in page
    assert "12.5 hours" in page
    assert "English" in page


def test_the_catalogue_is_filtered_by_links_that_keep_each_other(client):
    make_course(title="For police", audiences=["police"], level="advanced")
    make_course(title="For judges", audiences=["judges"], level="advanced")
    url = make_index().url

    page = text(client.get(url, {"audience": "judges", "level": "advanced"}))

    assert "For judges" in page
    assert "For police" not in page
    assert "?audience=judges&amp;level=foundation" in page


def test_a_filter_nobody_fits_or_knows_is_no_error(client):
    make_course(title="For police", audiences=["police"])
    url = make_index().url

    assert "No course fits" in text(client.get(url, {"audience": "judges"}))
    assert "For police" in text(client.get(url, {"audience": "<script>"}))


@pytest.mark.parametrize("number", [1, 3])
def test_the_catalogue_takes_the_same_queries_for_any_number(
    client, number, django_assert_num_queries
):
    for _ in range(number):
        make_course()
    url = make_index().url
    warm(client, url)

    with django_assert_num_queries(1):
        client.get(url)


def test_a_course_says_what_it_gives_for_whom_and_how_long(client):
    objective = [("objective", "Recognise a presumed victim")]
    course, pages = course_with(objectives=objective, attendance_percent=80)
    publish_edition(course, by=None)

    page = text(client.get(course.url))

    assert "Recognise a presumed victim" in page
    assert "at least 80 % of the sessions" in page
    assert "Sign in to take part" in page
    assert pages[0].title in page


def test_a_participant_continues_from_the_course_page(client):
    course, pages = course_with(2)
    client.force_login(participant_of(course))

    page = text(client.get(course.url))

    assert f"Continue: {pages[0].title}" in page
    assert "0 % done" in page


def test_a_lesson_shows_its_text_its_place_and_the_way_on(client):
    course, pages = course_with(2)
    client.force_login(participant_of(course))

    page = text(client.get(pages[0].url))

    assert "In a safe place." in page
    assert "1 of 2" in page
    assert f'href="{pages[1].url}"' in page
    assert f'href="{course.url}"' in page


def test_a_lesson_page_takes_four_queries(client, django_assert_max_num_queries):
    course, pages = course_with(30)
    client.force_login(participant_of(course))
    warm(client, pages[0].url)

    with django_assert_max_num_queries(4):
        response = client.get(pages[0].url)

    assert response.status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_course_and_lesson_take_the_same_queries_for_any_number_of_lessons(
    client, number, django_assert_num_queries
):
    course, pages = course_with(number)
    client.force_login(participant_of(course))
    warm(client, course.url, pages[0].url)

    with django_assert_num_queries(3):
        client.get(pages[0].url)
    # Account, place, progress, what is waived, whether a session must be attended and
    # whether a consent is asked for.
    with django_assert_num_queries(6):
        client.get(course.url)


def test_a_new_text_is_seen_at_once(client):
    course, pages = course_with()
    client.force_login(participant_of(course))
    client.get(pages[0].url)

    lesson = LessonPage.objects.get(pk=pages[0].pk)
    lesson.body = [("text", "<p>A quiet room.</p>")]
    lesson.save_revision().publish()

    assert "A quiet room." in text(client.get(pages[0].url))


def test_a_stranger_is_sent_to_sign_in(client):
    _, pages = course_with()

    response = client.get(pages[0].url)

    assert response.status_code == 302
    assert response.url.startswith("/accounts/login/") or "login" in response.url


def test_an_unpublished_lesson_is_not_found_although_it_was_cached(client):
    course, pages = course_with()
    client.force_login(participant_of(course))
    client.get(pages[0].url)

    pages[0].unpublish()

    assert client.get(pages[0].url).status_code == 404


def test_a_quiz_says_its_rules_in_words(client):
    course, _ = course_with()
    quiz = make_quiz(course, pass_percent=70, attempts_allowed=3, minutes=30)
    client.force_login(participant_of(course))

    page = text(client.get(quiz.url))

    assert "1 question." in page
    assert "You pass with 70 % of the marks." in page
    assert "You have up to 3 attempts." in page
    assert "You have 30 minutes." in page


def test_a_module_lists_its_lessons(client):
    course, pages = course_with(2)
    client.force_login(participant_of(course))

    page = text(client.get(pages[0].get_parent().url))

    assert pages[0].title in page
    assert pages[1].title in page


def test_the_language_switcher_keeps_the_page_or_leads_home(client):
    course, _ = course_with()
    make_index("tg")
    twin = course.copy_for_translation(make_locale("ru"), copy_parents=True)
    twin.get_ancestors(inclusive=True).update(live=True)
    CoursePage.objects.get(pk=twin.pk).save()

    page = text(client.get(course.url))

    assert f'href="{CoursePage.objects.get(pk=twin.pk).url}"' in page
    assert 'href="/tg/"' in page


def test_facilitator_notes_never_reach_a_participant_the_search_or_an_api(client):
    """CO-16"""
    course, _ = course_with()
    lesson = make_lesson(
        CoursePage.objects.get(pk=course.pk).get_children().first().specific,
        facilitator_notes=NOTES,
    )
    client.force_login(participant_of(course))

    page = text(client.get(lesson.url))
    searched = {field.field_name for field in LessonPage.get_search_fields()}
    api_fields = [str(name) for name in getattr(LessonPage, "api_fields", [])]

    for word in ("Ninety", "Cards", "Tell them"):
        assert word not in page
        assert not LessonPage.objects.search(word).get_queryset().exists()
    assert "facilitator_notes" not in searched
    assert api_fields == []
    assert client.get(notes_url(lesson)).status_code == 403


def notes_url(lesson):
    return reverse("courses:facilitator_notes", args=[lesson.pk])


def test_an_editor_reads_the_facilitator_notes_in_a_view_of_their_own(client):
    lesson = make_lesson(facilitator_notes=NOTES)
    client.force_login(make_user(is_superuser=True, is_staff=True))

    assert "Ninety" in text(client.get(notes_url(lesson)))


def test_a_stranger_signs_in_before_facilitator_notes(client):
    lesson = make_lesson(facilitator_notes=NOTES)

    assert client.get(notes_url(lesson)).status_code == 302
    assert client.get(reverse("courses:facilitator_notes", args=[0])).status_code == 302


def test_a_preview_shows_the_draft_and_caches_nothing():
    lesson = make_lesson()
    published = body_of(lesson)
    lesson.body = [("text", "<p>Only a draft.</p>")]

    response = lesson.make_preview_request()
    response.render()

    assert "Only a draft." in text(response)
    assert body_of(LessonPage.objects.get(pk=lesson.pk)) == published


def test_covers_are_drawn_from_the_key(client):
    course = make_course()
    url = reverse("courses:cover", args=[course.translation_key])

    response = client.get(url)

    assert response["Content-Type"] == "image/svg+xml"
    assert response.content == client.get(url).content


def test_the_catalogue_and_the_course_say_when_the_next_cohort_begins(client, at):
    at("2026-10-01T09:00+05:00")
    course, _ = course_with()
    edition = publish_edition(course, by=None)
    for day in (date(2026, 11, 2), date(2026, 10, 12), date(2026, 9, 1)):
        make_cohort(edition, status="planned", starts_on=day, ends_on=day)

    assert "Next: 12 October 2026" in text(client.get(make_index().url))
    assert "12 October 2026" in text(client.get(course.url))


def test_publishing_a_lesson_writes_its_text_before_anybody_asks(
    django_capture_on_commit_callbacks, django_assert_num_queries
):
    lesson = make_lesson()
    with django_capture_on_commit_callbacks(execute=True):
        lesson.save_revision().publish()
    lesson = LessonPage.objects.select_related("locale").get(pk=lesson.pk)

    with django_assert_num_queries(0):
        assert "In a safe place." in body_of(lesson)
