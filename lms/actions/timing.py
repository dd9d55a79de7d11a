"""Running attempts follow their time limit and closing when these are changed."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from courses import clock
from courses.languages import in_order
from courses.models import QuizPage
from lms.models import Attempt, Enrolment, Override
from lms.sitting import moved_deadline, rules_for


@transaction.atomic
def retime(quiz_key: UUID, *, people: Iterable | None = None) -> None:
    """Give running attempts the deadline of the rules as they are now (QZ-09).

    `people`: only theirs. What began with a ticket still ends with it (QZ-54). A
    second call changes nothing.
    """
    rows = Attempt.objects.filter(quiz_key=quiz_key, status=Attempt.Status.RUNNING)
    if people is not None:
        # An attempt that is being begun just now was given the rules of before.
        places = Enrolment.objects.filter(person__in=people).order_by("pk")
        list(places.select_for_update().values_list("pk"))
        rows = rows.filter(enrolment__person__in=people)
    locked = rows.select_for_update(of=("self",)).order_by("pk")
    running = list(locked.select_related("enrolment"))
    pages = QuizPage.objects.live().filter(translation_key=quiz_key)
    pages = list(pages.select_related("locale")) if running else []
    differing = _overrides(quiz_key, running) if pages else {}
    for attempt in running if pages else ():
        quiz = in_order(pages, attempt.language)[0]
        _retime(attempt, quiz, differing[attempt.enrolment.person_id])


def _overrides(quiz_key: UUID, running: list[Attempt]) -> dict[int, list[Override]]:
    """By person; a query for each cohort."""
    people = defaultdict(set)
    for attempt in running:
        people[attempt.enrolment.cohort_id].add(attempt.enrolment.person_id)
    found = defaultdict(list)
    given = Override.objects.filter(quiz_key=quiz_key)
    for cohort, theirs in people.items():
        for row in given.for_any_of(theirs, cohort):
            found[row.holder].append(row)
    return found


def _retime(attempt: Attempt, quiz: QuizPage, overrides: list[Override]) -> None:
    rules = rules_for(quiz, overrides, ends_by=attempt.ends_by)
    deadline = rules.deadline(attempt.started_at)
    attempt.deadline_at = moved_deadline(attempt.deadline_at, deadline, clock.now())
    attempt.rules["minutes"] = rules.minutes
    attempt.save(update_fields=["deadline_at", "rules"])
