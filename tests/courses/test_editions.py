"""Publishing a course freezes its outline and what completing it takes."""

import pytest
from wagtail.models import ModelLogEntry, PageLogEntry, PageViewRestriction

from courses.actions.editions import CourseHasNoLessons, publish_edition
from courses.models import CoursePage, Edition, LessonPage, Prerequisite
from lms.models import Enrolment, Progress
from tests.factories import (
    make_cohort,
    make_course,
    make_enrolment,
    make_lesson,
    make_locale,
    make_module,
    make_quiz,
    make_user,
)

pytestmark = pytest.mark.django_db


def translate(page, language="ru"):
    return page.copy_for_translation(make_locale(language), copy_parents=True)


def keys(edition):
    return [activity["key"] for activity in edition.activities]


def key(page):
    return str(page.translation_key)


def test_an_edition_holds_modules_activities_policy_and_prerequisites():
    before = make_course()
    course = make_course(attendance_percent=80)
    course.prerequisites.add(Prerequisite(course=before))
    course.save()
    module = make_module(course)
    lesson = make_lesson(module, completes="read", least_seconds=90, minutes=20)
    final = make_quiz(course, minutes=30, is_required=False)

    edition = publish_edition(course, by=make_user())

    assert edition.number == 1
    assert edition.policy == {"attendance_percent": 80}
    assert edition.prerequisites == [{"course": key(before), "kind": "completed"}]
    assert edition.outline == {
        "modules": [
            {
                "key": key(module),
                "activities": [
                    {
                        "key": key(lesson),
                        "kind": "lesson",
                        "is_required": True,
                        "completes": "read",
                        "least_seconds": 90,
                        "minutes": 20,
                    }
                ],
            },
            {
                "key": key(course),
                "activities": [
                    {
                        "key": key(final),
                        "kind": "quiz",
                        "is_required": False,
                        "completes": "",
                        "least_seconds": 0,
                        "minutes": 30,
                    }
                ],
            },
        ]
    }


def test_publishing_again_without_a_change_gives_the_same_edition_and_no_log():
    course = make_lesson().get_parent().get_parent().specific
    first = publish_edition(course, by=None)

    again = publish_edition(course, by=None)

    assert again == first
    assert PageLogEntry.objects.filter(action="courses.publish_edition").count() == 1


def test_a_changed_policy_makes_a_new_edition_and_leaves_the_old_one():
    course = make_lesson().get_parent().get_parent().specific
    first = publish_edition(course, by=None)
    course.attendance_percent = 50
    course.save()

    second = publish_edition(course, by=None)

    assert [second.number, second.policy] == [2, {"attendance_percent": 50}]
    first.refresh_from_db()
    assert first.policy == {"attendance_percent": 0}


def test_publishing_the_page_freezes_and_says_who_did_it():
    course = make_lesson().get_parent().get_parent().specific
    by = make_user(is_superuser=True)

    course.save_revision(user=by).publish(user=by)

    assert Edition.objects.newest(course.translation_key).number == 1
    entry = PageLogEntry.objects.get(action="courses.publish_edition")
    assert [entry.user, entry.data] == [by, {"number": 1}]


def test_a_course_without_lessons_is_refused_in_words():
    with pytest.raises(CourseHasNoLessons, match="no published lesson"):
        publish_edition(make_course(), by=None)

    assert not Edition.objects.exists()


def test_drafts_and_what_stands_in_a_draft_module_are_left_out():
    course = make_course()
    lesson = make_lesson(make_module(course))
    make_lesson(make_module(course), live=False)
    make_lesson(make_module(course, live=False))

    assert keys(publish_edition(course, by=None)) == [key(lesson)]


def test_adding_a_lesson_changes_no_cohort_until_it_is_moved_to_the_new_edition():
    """CO-01"""
    module = make_module()
    lesson = make_lesson(module)
    course = module.get_parent().specific
    running = make_cohort(publish_edition(course, by=None))

    added = make_lesson(module)
    publish_edition(course, by=None)

    running.refresh_from_db()
    assert keys(running.edition) == [key(lesson)]
    assert keys(Edition.objects.newest(course.translation_key)) == [
        key(lesson),
        key(added),
    ]


def test_each_language_may_miss_a_page_and_the_edition_has_it_in_its_place():
    """CO-06"""
    course = make_course()
    module = make_module(course)
    first, second, third = (make_lesson(module) for _ in range(3))
    for page in (first, second, third):
        translate(page)
    for page in CoursePage.objects.all():
        page.get_descendants(inclusive=True).update(live=True)
    second.delete()

    edition = publish_edition(course, by=None)

    assert keys(edition) == [key(first), key(second), key(third)]
    assert [m["key"] for m in edition.outline["modules"]] == [key(module)]


def test_the_first_language_decides_where_languages_disagree():
    module = make_module()
    lesson = make_lesson(module, is_required=False)
    twin = translate(lesson)
    LessonPage.objects.filter(pk=twin.pk).update(is_required=True, live=True)
    russian = CoursePage.objects.get(locale__language_code="ru")
    russian.get_descendants(inclusive=True).update(live=True)

    edition = publish_edition(russian, by=None)

    assert [a["is_required"] for a in edition.activities] == [False]


def test_a_copied_course_has_new_keys_and_no_participant_data():
    """CO-18"""
    course = make_course()
    module = make_module(course)
    lesson, quiz = make_lesson(module), make_quiz(module)
    edition = publish_edition(course, by=None)
    make_enrolment(cohort=make_cohort(edition))

    copy = course.copy(recursive=True, update_attrs={"slug": "copied"})

    frozen = publish_edition(copy, by=None)
    assert copy.translation_key != course.translation_key
    assert len(frozen.activities) == 2
    assert not {key(lesson), key(quiz)} & set(keys(frozen))
    assert not Enrolment.objects.filter(
        cohort__edition__course_key=copy.translation_key
    ).exists()
    assert Enrolment.objects.count() == 1
    assert not Progress.objects.exists()


def test_copying_in_the_admin_freezes_the_copy(client):
    lesson = make_lesson()
    course = lesson.get_parent().get_parent().specific
    client.force_login(make_user(is_superuser=True))

    client.post(
        f"/admin/pages/{course.pk}/copy/",
        {
            "new_title": "Copy",
            "new_slug": "copy",
            "new_parent_page": course.get_parent().pk,
            "copy_subpages": "on",
            "publish_copies": "on",
        },
    )

    copy = CoursePage.objects.get(slug="copy")
    assert len(Edition.objects.newest(copy.translation_key).activities) == 1


def test_a_translation_keeps_the_keys():
    """CO-18"""
    lesson = make_lesson()

    twin = translate(lesson)

    assert twin.translation_key == lesson.translation_key
    assert twin.get_parent().translation_key == lesson.get_parent().translation_key


def test_a_module_and_a_quiz_of_the_course_are_closed_when_made_copied_or_opened():
    course = make_course()
    lesson, quiz = make_lesson(make_module(course)), make_quiz(course)
    course.copy(recursive=True, update_attrs={"slug": "copied"})
    PageViewRestriction.objects.get(page=quiz).delete()

    hidden = LessonPage.objects.all()

    assert not hidden.public().exists()
    assert not type(quiz).objects.public().exists()
    assert list(CoursePage.objects.public()) == list(CoursePage.objects.all())
    assert lesson in hidden.private()
    lesson.get_parent().delete()


def test_nothing_but_the_page_log_is_written():
    make_lesson()

    assert not ModelLogEntry.objects.filter(action__startswith="courses").exists()


def test_an_edition_says_only_what_is_not_as_it_always_was():
    course = make_lesson().get_parent().get_parent().specific
    first = publish_edition(course, by=None)
    course.attendance_measure = "minutes"
    course.attendance_best_of = 4
    course.attendance_before = "trainer"
    course.save()

    second = publish_edition(course, by=None)

    assert first.policy == {"attendance_percent": 0}
    assert second.policy == {
        "attendance_percent": 0,
        "attendance_measure": "minutes",
        "attendance_best_of": 4,
        "attendance_before": "trainer",
    }
