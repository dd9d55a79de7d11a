"""Lessons a trainer signs off: which, for whom, and how many are waiting."""

from collections import Counter
from dataclasses import dataclass

from courses.models import LessonPage
from courses.outline import Activity, outline_of

from .models import Cohort, Enrolment, Progress

SIGN_OFF = LessonPage.Completes.SIGN_OFF


@dataclass
class LessonToSign:
    """A lesson with the participants whose sign-off is missing."""

    activity: Activity
    waiting: list[Enrolment]


def to_sign(cohort: Cohort, language: str) -> list[LessonToSign]:
    """Every lesson of the cohort that is signed off, with who is still missing."""
    lessons = [
        activity
        for activity in outline_of(cohort.edition, language).activities
        if activity.completes == SIGN_OFF
    ]
    if not lessons:
        return []
    people = cohort.enrolments.studying().select_related("person")
    people = list(people.order_by("person__legal_name", "pk"))
    done = set(_done([cohort], [lesson.key for lesson in lessons]))
    return [
        LessonToSign(lesson, [p for p in people if (p.pk, lesson.key) not in done])
        for lesson in lessons
    ]


def waiting_by_cohort(cohorts) -> Counter:
    """How many sign-offs are missing in each running cohort that has such lessons."""
    running = cohorts.filter(status=Cohort.Status.RUNNING).select_related("edition")
    lessons = {cohort: _keys(cohort) for cohort in running}
    lessons = {cohort: keys for cohort, keys in lessons.items() if keys}
    keys = set().union(*lessons.values()) if lessons else set()
    done = set(_done(lessons, keys)) if keys else set()
    active = Enrolment.objects.filter(
        cohort__in=lessons, status=Enrolment.Status.ACTIVE
    ).values_list("pk", "cohort")
    by_pk = {cohort.pk: cohort for cohort in lessons}
    waiting: Counter = Counter()
    for enrolment, cohort_pk in active if lessons else ():
        cohort = by_pk[cohort_pk]
        missing = sum((enrolment, key) not in done for key in lessons[cohort])
        waiting[cohort] += missing
    return +waiting


def _keys(cohort: Cohort) -> set[str]:
    rows = cohort.edition.activities
    return {row["key"] for row in rows if row["completes"] == SIGN_OFF}


def _done(cohorts, keys):
    """(enrolment, lesson) of everything completed among these lessons."""
    rows = Progress.objects.filter(
        enrolment__cohort__in=list(cohorts),
        activity__in=list(keys),
        state=Progress.State.COMPLETED,
    )
    for enrolment, activity in rows.values_list("enrolment", "activity"):
        yield enrolment, str(activity)
