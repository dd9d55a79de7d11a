"""Item analysis of a quiz: who counts, which answers, and who may see it."""

from copy import deepcopy
from datetime import timedelta
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry

from courses import clock, kinds
from courses.actions.questions import freeze_question
from courses.models import QuestionVersion
from lms.actions.cohorts import add_staff
from lms.actions.regrade_plan import plan
from lms.actions.regrading import regrade
from lms.item_figures import ENOUGH
from lms.models import Attempt, Cohort, Response, ResponseScore
from lms.regrading import VOID, Terms
from lms.reports import items
from tests.cast import make_cast
from tests.factories import (
    make_course,
    make_edition,
    make_enrolment,
    make_module,
    make_participant,
    make_person,
    make_question,
    make_quiz,
)

from .sitting import answer, start, turn_key

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def cast_once(once):
    """Twenty people have sat a quiz of two questions: ten all right, ten all wrong."""
    course = make_course()
    questions = [make_question(stem="<p>Who &amp; why?</p>"), make_question()]
    for question in questions:
        freeze_question(question, by=None)
    quiz = make_quiz(make_module(course), questions)
    cast = make_cast(make_edition(course, quiz))
    cast.quiz, cast.question = quiz, questions[0]
    sat = [sit(cast, 2), sit(cast, 0)]
    for nth in range(ENOUGH - 2):
        copy_of(cast, sat[nth % 2])
    return cast


@pytest.fixture
def cast(cast_once, db):
    return deepcopy(cast_once)


def sit(cast, rights, enrolment=None):
    enrolment = enrolment or make_enrolment(make_person(), cast.cohort)
    return answer(enrolment, cast.quiz, rights)


def copy_of(cast, attempt):
    """Somebody else with the same answers, in a few inserts."""
    rows = list(attempt.responses.all())
    scores = {one.response_id: one for one in ResponseScore.objects.all()}
    new = Attempt.objects.get(pk=attempt.pk)
    new.pk, new.enrolment = None, make_enrolment(make_person(), cast.cohort)
    new.save()
    for row in rows:
        score = scores[row.pk]
        row.pk, row.attempt = None, new
        row.save()
        score.pk, score.response = None, row
        score.save()
    return new


def found(cast):
    return items.analysis(cast.quiz.translation_key, Cohort.objects.all())


def page(client, cast, who="trainer"):
    client.force_login(getattr(cast, who))
    return client.get(address(cast))


def address(cast):
    return reverse("lms:item_analysis", args=[cast.quiz.translation_key])


# Who counts.


def test_the_figures_are_those_of_the_answers_given(cast):
    """QZ-47"""
    analysis = found(cast)

    assert (analysis.n, analysis.mean, analysis.alpha) == (20, Fraction(1, 2), 1)
    for item in analysis.items:
        assert (item.n, item.facility) == (20, Fraction(1, 2))
        assert item.discrimination == pytest.approx(1)
        assert item.thirds == (0, Fraction(1, 2), 1)


def test_of_several_attempts_the_first_that_is_marked_counts(cast, at):
    """QZ-46"""
    at(clock.now() + timedelta(days=1))
    place = Attempt.objects.first().enrolment
    before = found(cast)

    sit(cast, 1, place)
    running = start(make_enrolment(cohort=cast.cohort), cast.quiz)
    unmarked = sit(cast, 2)
    Attempt.objects.filter(pk=unmarked.pk).update(status="marking", score=None)

    assert running.is_running
    assert found(cast) == before


def test_one_person_in_two_cohorts_counts_once(cast, at):
    """QZ-46"""
    at(clock.now() + timedelta(days=1))
    person = Attempt.objects.first().enrolment.person
    cast.other_cohort.edition = cast.cohort.edition
    cast.other_cohort.save()

    sit(cast, 1, make_enrolment(person, cast.other_cohort))

    assert found(cast).n == 20


@pytest.mark.parametrize("who", ["trainer", "administrator", "superuser"])
def test_staff_who_try_the_quiz_are_not_counted(cast, who):
    """QZ-46"""
    tester = make_participant()
    if who == "trainer":
        add_staff(cast.other_cohort, user=tester.user, role="trainer", by=None)
    elif who == "administrator":
        tester.user.groups.set(cast.administrator.groups.all())
    else:
        tester.user.is_superuser = True
        tester.user.save()

    sit(cast, 1, make_enrolment(tester, cast.cohort))

    assert found(cast).n == 20


def test_below_twenty_people_there_is_not_enough_data(client, cast):
    """QZ-46"""
    Attempt.objects.first().responses.all().delete()

    shown = page(client, cast)

    text = shown.content.decode()
    assert text.count("Not enough data") == 3
    assert "Figures are shown from 20 on" in text
    assert "t-chart" not in text


def test_a_void_question_is_in_no_figure(cast):
    key = cast.question.translation_key
    seen = plan(key, Terms(VOID), by=cast.administrator).fingerprint
    by = cast.administrator
    regrade(key, terms=Terms(VOID), reason="Unclear.", seen=seen, by=by)

    analysis = found(cast)

    assert len(analysis.items) == 1
    assert analysis.items[0].discrimination is None
    assert analysis.mean == Fraction(1, 2)


def test_each_version_and_each_language_stand_by_themselves(client, cast):
    """QZ-48"""
    turn_key(cast.question)
    newer = QuestionVersion.objects.get(
        question_key=cast.question.translation_key, number=2
    )
    wrong = Attempt.objects.filter(score=0).first()
    Attempt.objects.filter(score=2).update(language="ru")
    for nth in range(20):
        copied = copy_of(cast, wrong)
        if nth < 10:
            Attempt.objects.filter(pk=copied.pk).update(language="ru")
            copied.responses.filter(place=1).update(version=newer)
    ru = Attempt.objects.filter(language="ru")

    found_items = found(cast).items
    text = page(client, cast).content.decode()

    assert ru.count() == 20
    assert [(item.version, item.n) for item in found_items] == [
        (1, 30),
        (2, 10),
        (1, 40),
    ]
    assert [item.needs_translation_check for item in found_items] == [
        False,
        False,
        True,
    ]
    assert text.count("Check the translation") == 1


def test_a_small_fix_goes_on_with_the_figures_of_the_version_before(client, cast):
    """QZ-48"""
    key = cast.question.translation_key
    first = QuestionVersion.objects.get(question_key=key)
    bodies = {"en": first.body("en") | {"stem": "<p>Who and why?</p>"}}
    fixed = QuestionVersion.objects.create(
        question_key=key,
        number=2,
        key=first.key,
        bodies=bodies,
        changes_meaning=False,
        created_at=clock.now(),
    )
    Response.objects.filter(version=first, attempt__score=2).update(version=fixed)

    assert [(item.version, item.n) for item in found(cast).items] == [(1, 20)] * 2
    assert "Who and why?" in page(client, cast).content.decode()


# What is shown.


def test_the_page_shows_each_question_with_its_picture_and_its_answers(client, cast):
    """QZ-47"""
    text = page(client, cast).content.decode()

    assert "Who &amp; why?" in text
    assert text.count('role="img"') == 2
    assert 'aria-label="Points earned: Who &amp; why?: Lower third' in text
    assert "Right" in text
    assert "Wrong" in text


def test_a_wrong_answer_that_draws_those_who_know_more_is_pointed_out(client, cast):
    """The key is wrong: who knows the rest chooses what it calls wrong."""
    first = Response.objects.filter(place=1, attempt__score=2)
    right, wrong = (
        Response.objects.filter(place=1, attempt__score=score).first()
        for score in (2, 0)
    )
    first.update(answer=wrong.answer)
    ResponseScore.objects.filter(response__in=first).update(score=0)
    others = Response.objects.filter(place=1, attempt__score=0)
    others.update(answer=right.answer)
    ResponseScore.objects.filter(response__in=others).update(score=1)

    text = page(client, cast).content.decode()

    assert "Check the key" in text
    assert "misleads those who know more" in text


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("trainer", 200),
        ("marker", 200),
        ("coordinator", 200),
        ("administrator", 200),
        ("observer", 404),
        ("other_trainer", 404),
        ("participant", 404),
        ("stranger", 404),
    ],
)
def test_it_is_for_the_staff_of_cohorts_that_sat_the_quiz(client, cast, who, status):
    assert page(client, cast, who).status_code == status


def test_only_who_may_mark_again_is_led_there(client, cast):
    again = reverse("lms:regrade", args=[cast.question.translation_key])

    assert again in page(client, cast, "coordinator").content.decode()
    assert again not in page(client, cast, "trainer").content.decode()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_figures_are_taken_as_a_file_and_that_is_written_down(client, cast, form):
    client.force_login(cast.trainer)

    answer = client.post(address(cast), {"file": form})

    content = b"".join(answer.streaming_content)
    assert answer["Content-Disposition"].endswith(f'.{form}"')
    assert content.startswith(b"PK" if form == "xlsx" else "\ufeff".encode())
    if form == "csv":
        assert "Who & why?" in content.decode()
    assert ModelLogEntry.objects.filter(action="lms.export").count() == 1


def test_as_many_queries_for_more_people(client, cast):
    page(client, cast)

    def queries():
        with CaptureQueriesContext(connection) as seen:
            client.get(address(cast))
        return len(seen)

    few = queries()
    for _ in range(3):
        copy_of(cast, Attempt.objects.first())

    assert queries() == few


def test_typed_answers_are_counted_however_they_are_spelt():
    kind, key = kinds.kind_of("short_answer"), {"kind": "short_answer"}

    tallies = [kind.tallied(key, {"text": text}) for text in ("Ёлка ", "елка")]

    assert tallies == [["елка"], ["елка"]]
