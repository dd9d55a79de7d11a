"""The outline in the reader's language."""

import pytest
from django.core.cache import cache
from django.core.signals import request_finished, request_started

from courses import content_version
from courses.actions.editions import publish_edition
from courses.outline import outline_of
from tests.factories import (
    make_course,
    make_lesson,
    make_locale,
    make_module,
    make_quiz,
)

pytestmark = pytest.mark.django_db


def translate(page, language="ru", **fields):
    twin = page.copy_for_translation(make_locale(language), copy_parents=True)
    for name, value in ({"live": True} | fields).items():
        setattr(twin, name, value)
    twin.save()
    twin.get_ancestors().update(live=True)
    return twin


def course_with_lessons(count=2):
    course = make_course()
    module = make_module(course)
    return course, [make_lesson(module) for _ in range(count)]


def test_an_outline_has_titles_and_addresses_in_the_language():
    course, (lesson, _) = course_with_lessons()
    quiz = make_quiz(course)
    twin = translate(lesson, title="Урок")
    edition = publish_edition(course, by=None)

    outline = outline_of(edition, "ru")

    first, second, last = outline.activities
    assert [first.title, first.url] == ["Урок", twin.url]
    assert first.url.startswith("/ru/")
    assert [module.title != "" for module in outline.modules] == [True, False]
    assert [last.key, last.kind] == [str(quiz.translation_key), "quiz"]
    assert outline.neighbours(second.key) == (first, last)
    assert outline.neighbours("no such key") == (None, None)


def test_a_page_missing_in_the_language_falls_back_and_still_counts():
    """CO-07"""
    course, (_, other) = course_with_lessons()
    translate(other, live=False)
    edition = publish_edition(course, by=None)

    outline = outline_of(edition, "ru")

    assert [a.url for a in outline.live_required][1] == other.url
    assert len(outline.live_required) == 2


def test_an_unpublished_page_is_not_required():
    """CO-07"""
    course, (lesson, other) = course_with_lessons()
    edition = publish_edition(course, by=None)

    lesson.unpublish()

    outline = outline_of(edition, "en")
    assert [a.key for a in outline.live_required] == [str(other.translation_key)]
    assert [a.is_live for a in outline.activities] == [False, True]


def test_a_lesson_of_an_unpublished_module_is_not_required():
    """CO-07"""
    course, (lesson, _) = course_with_lessons()
    edition = publish_edition(course, by=None)

    lesson.get_parent().specific.unpublish()

    assert outline_of(edition, "en").live_required == []


def test_a_deleted_lesson_leaves_the_outline_of_what_is_required():
    """CO-03"""
    course, (lesson, other) = course_with_lessons()
    edition = publish_edition(course, by=None)

    lesson.delete()

    outline = outline_of(edition, "en")
    assert [a.key for a in outline.live_required] == [str(other.translation_key)]


@pytest.mark.parametrize("lessons", [1, 3])
def test_reading_an_outline_takes_few_queries_and_none_the_second_time(
    lessons, django_assert_num_queries, django_assert_max_num_queries
):
    course, pages = course_with_lessons(lessons)
    edition = publish_edition(course, by=None)
    _ = pages[0].url

    with django_assert_max_num_queries(5):
        outline_of(edition, "en")
    with django_assert_num_queries(0):
        outline_of(edition, "en")


def test_a_new_title_is_seen_at_once():
    course, (lesson, _) = course_with_lessons()
    edition = publish_edition(course, by=None)
    outline_of(edition, "en")

    lesson.title = "Where to talk"
    lesson.save_revision().publish()

    assert outline_of(edition, "en").activities[0].title == "Where to talk"


def test_the_version_stays_until_something_published_changes():
    lesson = make_lesson()
    seen = content_version.current()

    lesson.title = "Only a draft"
    lesson.save_revision()

    assert content_version.current() == seen


def publish(lesson):
    lesson.save_revision().publish()


def unpublish(lesson):
    lesson.unpublish()


def rename(lesson):
    lesson.slug = "another"
    lesson.save()


def move(lesson):
    lesson.move(make_module(), "last-child")


def delete(lesson):
    lesson.delete()


def open_to_all(lesson):
    lesson.get_view_restrictions().delete()


@pytest.mark.parametrize(
    "change", [publish, unpublish, rename, move, delete, open_to_all]
)
def test_the_version_changes_when_what_is_published_does(change):
    lesson = make_lesson()
    seen = content_version.current()

    change(lesson)

    assert content_version.current() != seen


def test_a_lost_cache_gives_another_version_that_stays():
    seen = content_version.current()

    cache.clear()

    assert content_version.current() != seen
    assert content_version.current() == content_version.current()


def test_what_is_remembered_is_made_once_a_version():
    made = []

    def make():
        made.append(1)
        return len(made)

    assert [content_version.remembered("it", make) for _ in range(3)] == [1, 1, 1]
    content_version.bump()
    assert content_version.remembered("it", make) == 2


def test_a_change_within_a_request_is_seen_within_it():
    request_started.send(sender=None)
    seen = content_version.current()

    content_version.bump()

    assert content_version.current() != seen
    request_finished.send(sender=None)
