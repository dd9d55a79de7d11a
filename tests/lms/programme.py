"""A year of training in small, for reports: every figure has somebody behind it."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal

from courses.actions.questions import freeze_question
from courses.models import Indicator, QuestionVersion, QuizPage
from lms.models import (
    Attempt,
    Donor,
    Enrolment,
    Mark,
    MarkStatus,
    Progress,
    Project,
    Response,
    ResponseScore,
    Session,
)
from lms.reports.dataset import report
from lms.reports.period import Period
from lms.reports.question import Question
from tests.factories import (
    make_cohort,
    make_course,
    make_edition,
    make_enrolment,
    make_lesson,
    make_module,
    make_organisation,
    make_person,
    make_question,
    make_quiz,
    make_session,
)

YEAR = Period.year(2026)
MAY = datetime(2026, 5, 4, 9, tzinfo=UTC)
TEST = {"status": "graded", "rules": {"pass_percent": "60"}, "language": "en"}


def make_tested_course(**fields):
    """A course of a pre-test, a lesson and a post-test, and its edition."""
    course = make_course(**{"indicators": Indicator.values} | fields)
    module = make_module(course)
    question = make_question()
    freeze_question(question, by=None)
    pages = [
        make_quiz(module, [question], purpose=QuizPage.Purpose.PRE_TEST),
        make_lesson(module),
        make_quiz(module, [question], purpose=QuizPage.Purpose.POST_TEST),
    ]
    return make_edition(course, *pages), pages, question


def complete(person=None, cohort=None, on=date(2026, 5, 4), **fields) -> Enrolment:
    day = datetime(on.year, on.month, on.day, 9, tzinfo=UTC)
    times = {"active_from": day, "completed_at": day, "completed_on": on}
    place = make_enrolment(
        person or make_person(),
        cohort or make_cohort(),
        **{"status": Enrolment.Status.COMPLETED, **times} | fields,
    )
    Enrolment.objects.filter(pk=place.pk).update(created_at=day)
    return place


def make_held(cohort, day=date(2026, 5, 4), **fields) -> Session:
    return make_session(
        cohort,
        **{"local_date": day, "local_time": time(9), "status": "held"} | fields,
    )


def mark(session, place, code="present", **fields) -> Mark:
    return Mark.objects.create(
        session=session,
        enrolment=place,
        status=MarkStatus.objects.get(set="default", code=code),
        source=Mark.Source.TRAINER,
        marked_at=MAY,
        **fields,
    )


def make_attempt(place, quiz, score, out_of=1, number=1, ended=MAY, **fields):
    return Attempt.objects.create(
        enrolment=place,
        quiz_key=quiz.translation_key,
        number=number,
        started_at=ended,
        ended_at=ended,
        score=Decimal(score),
        out_of=Decimal(out_of),
        **TEST | fields,
    )


def make_response(attempt, question, score, marks=1, place=1) -> Response:
    version = QuestionVersion.objects.get(question_key=question.translation_key)
    response = Response.objects.create(
        attempt=attempt,
        place=place,
        question_key=question.translation_key,
        version=version,
        marks=Decimal(marks),
    )
    ResponseScore.objects.create(
        response=response, score=Decimal(score), out_of=Decimal(marks), created_at=MAY
    )
    return response


def make_year(people: int) -> None:
    """So many people, each in a cohort of their own that did everything there is."""
    donors = [Donor.objects.get_or_create(name=name)[0] for name in ("Aid", "Help")]
    project = Project.objects.get_or_create(name="Safe")[0]
    for nth in range(people):
        edition, (before, lesson, after), question = make_tested_course()
        cohort = make_cohort(
            edition, donors=donors, project=project, place=f"Room {nth}"
        )
        place = complete(make_person(organisation=make_organisation()), cohort)
        mark(make_held(cohort), place)
        Progress.objects.create(
            enrolment=place,
            activity=lesson.translation_key,
            state="completed",
            source="participant",
            opened_at=MAY,
            seen_at=MAY,
            completed_at=MAY,
        )
        for quiz, score in ((before, 0), (after, 1)):
            make_response(make_attempt(place, quiz, score), question, score)


def tables_of(key: str, question: Question | None = None) -> dict:
    return {t.key: t for t in report(key).tables(question or Question(YEAR))}


def lines(table, *columns) -> dict:
    """{label: the values of these columns}, or the one value of one column."""
    found = {}
    for row in table.rows:
        values = tuple(row.values[column] for column in columns)
        found[row.values["label"]] = values if len(columns) > 1 else values[0]
    return found


def narrowed(question: Question, narrows) -> Question:
    """What a link behind a figure asks."""
    asked = {k: v for k, v in narrows.items() if k not in ("first", "last")}
    if "donor" in asked:
        asked["donor"] = Donor.objects.get(pk=asked["donor"])
    if "first" in narrows:
        days = (date.fromisoformat(narrows[end]) for end in ("first", "last"))
        asked["period"] = Period(*days)
    return replace(question, **asked)
