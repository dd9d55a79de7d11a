"""How far participants are and when they are done."""

import random
from datetime import date, timedelta

import pytest
from django.utils import translation
from wagtail.models import ModelLogEntry

from courses import clock
from lms.actions import progress
from lms.completion import percent_done
from lms.models import Enrolment, Mark, MarkStatus, Progress
from lms.standing import requirements_of
from tests.factories import (
    make_cohort,
    make_course,
    make_edition,
    make_enrolment,
    make_lesson,
    make_module,
    make_quiz,
    make_session,
)
from tests.racing import errors_at_once

from .done import completed_keys

pytestmark = pytest.mark.django_db


def make_study(*completes, policy=None, **cohort):
    """An enrolment whose edition asks lessons completed in these ways."""
    course = make_course()
    module = make_module(course)
    lessons = [make_lesson(module, completes=one) for one in completes]
    edition = make_edition(course, *lessons, policy=policy)
    return make_enrolment(cohort=make_cohort(edition, **cohort)), lessons


def complete(enrolment, lesson, source="participant"):
    return progress.complete_activity(
        enrolment, activity=lesson.translation_key, source=source, by=None
    )


def states(enrolment):
    return sorted(enrolment.progress.values_list("state", flat=True))


def test_completing_everything_completes_the_course_on_the_cohorts_day(at):
    at("2026-10-12T20:30+00:00")
    enrolment, lessons = make_study("read", "read", timezone="Asia/Dushanbe")

    for lesson in lessons:
        complete(enrolment, lesson)

    enrolment.refresh_from_db()
    assert enrolment.status == Enrolment.Status.COMPLETED
    assert enrolment.completed_at == clock.now()
    assert enrolment.completed_on == date(2026, 10, 13)


def test_opening_completes_a_lesson_that_opening_completes():
    enrolment, [opened, read] = make_study("opened", "read")

    for lesson in (opened, read):
        progress.open_activity(enrolment, activity=lesson.translation_key)

    assert completed_keys(enrolment) == {str(opened.translation_key)}
    assert states(enrolment) == ["completed", "opened"]


def test_opening_again_at_once_writes_nothing(at):
    at("2026-10-12T09:00+05:00")
    enrolment, [lesson] = make_study("read")
    first = progress.open_activity(enrolment, activity=lesson.translation_key)

    at("2026-10-12T09:00:30+05:00")
    again = progress.open_activity(enrolment, activity=lesson.translation_key)
    at("2026-10-12T10:00+05:00")
    later = progress.open_activity(enrolment, activity=lesson.translation_key)

    assert again.seen_at == first.seen_at
    assert later.seen_at == clock.now()
    assert later.opened_at == first.opened_at


def test_reading_is_refused_before_the_least_time(at):
    shown = at("2026-10-12T09:00+05:00")
    course = make_course()
    lesson = make_lesson(make_module(course), completes="read", least_seconds=90)
    enrolment = make_enrolment(cohort=make_cohort(make_edition(course, lesson)))
    key = lesson.translation_key

    at(shown + timedelta(seconds=20))
    with pytest.raises(progress.ReadTooSoon, match="in 2 minutes"):
        progress.finish_lesson(enrolment, activity=key, shown_at=shown, by=None)
    at(shown + timedelta(seconds=90))
    progress.finish_lesson(enrolment, activity=key, shown_at=shown, by=None)

    assert states(enrolment) == ["completed"]


def test_progress_is_complete_required_of_my_edition():
    """CO-02: what is not required, or not in my edition, moves nothing."""
    course = make_course()
    module = make_module(course)
    needed = [make_lesson(module) for _ in range(3)]
    extra = make_lesson(module, is_required=False)
    enrolment = make_enrolment(cohort=make_cohort(make_edition(course, *needed, extra)))
    added_later = make_lesson(module)

    complete(enrolment, extra)
    complete(enrolment, needed[0])
    with pytest.raises(progress.NotInEdition):
        complete(enrolment, added_later)

    keys = [one.key for one in requirements_of(enrolment)]
    assert len(keys) == 3
    assert percent_done(keys, completed_keys(enrolment)) == 33


def test_what_is_unpublished_is_not_asked():
    """CO-07."""
    enrolment, [first, second] = make_study("read", "read")
    complete(enrolment, first)
    second.unpublish()

    progress.evaluate(enrolment)

    assert enrolment.status == Enrolment.Status.COMPLETED


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_signals_in_the_same_second_keep_both():
    """CO-04: two completions at once, each seen by the other's evaluation."""
    enrolment, lessons = make_study(*["read"] * 4)

    errors = errors_at_once(lambda one: complete(enrolment, one), lessons * 2)

    enrolment.refresh_from_db()
    assert errors == []
    assert states(enrolment) == ["completed"] * 4
    assert enrolment.status == Enrolment.Status.COMPLETED


def test_completion_stays_whatever_the_rules_become(at):
    """CO-05: only a logged reversal takes it back, and not once the course is done."""
    at("2026-10-12T09:00+05:00")
    enrolment, [lesson] = make_study("read")
    complete(enrolment, lesson)
    completed_at = enrolment.progress.get().completed_at

    lesson.unpublish()
    at("2026-11-12T09:00+05:00")
    progress.evaluate(enrolment)
    complete(enrolment, lesson)
    with pytest.raises(progress.CourseCompleted):
        progress.undo(enrolment, activity=lesson.translation_key, by=None)

    enrolment.refresh_from_db()
    assert enrolment.status == Enrolment.Status.COMPLETED
    assert enrolment.completed_at == completed_at
    assert enrolment.progress.get().completed_at == completed_at


def test_ones_own_done_is_taken_back_while_the_course_runs():
    """CO-14, CO-05: the reversal is logged."""
    enrolment, [lesson, _] = make_study("read", "read")
    complete(enrolment, lesson)

    for _ in range(2):
        progress.undo(enrolment, activity=lesson.translation_key, by=None)

    assert states(enrolment) == ["opened"]
    assert ModelLogEntry.objects.filter(action="lms.undo").count() == 1


@pytest.mark.parametrize("seed", range(5))
def test_evaluating_often_and_in_any_order_comes_to_the_same(seed):
    """CO-08."""
    enrolment, lessons = make_study(*["read"] * 3)
    session = make_session(enrolment.cohort, status="held")
    present = MarkStatus.objects.get_or_create(
        set="default", code="present", version=1, defaults={"credit": 1}
    )[0]

    def be_present():
        Mark.objects.create(
            session=session,
            enrolment=enrolment,
            status=present,
            source="trainer",
            marked_at=clock.now(),
        )
        progress.evaluate(enrolment)

    enrolment.cohort.edition.policy["attendance_percent"] = 100
    enrolment.cohort.edition.save()
    events = [
        be_present,
        *(lambda one=one: complete(enrolment, one) for one in lessons),
    ]
    random.Random(seed).shuffle(events)  # noqa: S311 - an order, not a secret
    seen = []
    for event in events:
        event()
        enrolment.refresh_from_db()
        seen.append(enrolment.status)
        assert progress.evaluate(enrolment) == progress.evaluate(enrolment)

    assert seen == ["active", "active", "active", "completed"]


def test_a_quiz_is_not_completed_by_scrolling_past_it():
    """CO-09."""
    course = make_course()
    quiz = make_quiz(make_module(course))
    enrolment = make_enrolment(cohort=make_cohort(make_edition(course, quiz)))
    key = quiz.translation_key

    progress.open_activity(enrolment, activity=key)
    for source in ("participant", "trainer"):
        with pytest.raises(progress.NotCompletedThisWay):
            progress.complete_activity(enrolment, activity=key, source=source, by=None)
    progress.finish_lesson(enrolment, activity=key, shown_at=clock.now(), by=None)

    assert states(enrolment) == ["opened"]


def test_a_lesson_to_sign_off_is_completed_by_the_trainer_only():
    enrolment, [lesson] = make_study("sign_off")
    key = lesson.translation_key

    with pytest.raises(progress.NotCompletedThisWay):
        complete(enrolment, lesson)
    progress.finish_lesson(enrolment, activity=key, shown_at=clock.now(), by=None)
    before = states(enrolment)
    for _ in range(2):
        progress.sign_off(enrolment, activity=key, by=None)

    assert (before, states(enrolment)) == (["opened"], ["completed"])
    assert enrolment.progress.get().source == Progress.Source.TRAINER
    assert ModelLogEntry.objects.filter(action="lms.sign_off").count() == 1


def test_a_self_check_completes_what_it_completes():
    enrolment, [checked, read] = make_study("self_check", "read")

    for lesson in (checked, read):
        key = lesson.translation_key
        progress.answer_self_check(enrolment, activity=key, by=None)

    assert completed_keys(enrolment) == {str(checked.translation_key)}


def test_nothing_is_recorded_for_a_withdrawn_place():
    enrolment, [lesson] = make_study("read")
    Enrolment.objects.update(status=Enrolment.Status.WITHDRAWN)

    with pytest.raises(progress.NotStudying):
        complete(enrolment, lesson)

    assert not Progress.objects.exists()


def test_a_self_paced_cohort_that_never_meets_asks_no_attendance():
    enrolment, [lesson] = make_study(
        "read", policy={"attendance_percent": 80}, mode="self_paced"
    )

    complete(enrolment, lesson)

    enrolment.refresh_from_db()
    assert enrolment.status == Enrolment.Status.COMPLETED


def test_the_reasons_are_in_the_readers_language():
    enrolment, _ = make_study("read")

    with translation.override("ru"):
        [found] = requirements_of(enrolment)
        assert str(found.why) == translation.gettext("Not read to the end yet.")


def test_evaluating_takes_as_many_queries_for_three_as_for_one(
    django_assert_max_num_queries,
):
    counts = []
    for how_many in (1, 3):
        course = make_course()
        module = make_module(course)
        quizzes = [make_quiz(module) for _ in range(how_many)]
        edition = make_edition(course, *quizzes, policy={"attendance_percent": 80})
        enrolment = make_enrolment(cohort=make_cohort(edition))
        for _ in range(how_many):
            make_session(enrolment.cohort)
        requirements_of(enrolment)
        with django_assert_max_num_queries(12) as queries:
            requirements_of(enrolment)
        counts.append(len(queries))

    assert counts[0] == counts[1]
