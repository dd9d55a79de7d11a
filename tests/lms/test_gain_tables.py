"""Knowledge gain by topic, question and language, and one's own."""

from decimal import Decimal

import pytest
from django.urls import reverse

from courses.actions.questions import freeze_question
from courses.models import Question as Asked
from courses.models import QuizPage
from lms.actions.cohorts import add_staff
from lms.models import Attempt, ResponseScore
from lms.reports.dataset import HIDDEN, report
from lms.reports.observing import observed
from lms.reports.question import Question
from tests.factories import (
    make_cohort,
    make_course,
    make_edition,
    make_enrolment,
    make_module,
    make_participant,
    make_question,
    make_quiz,
    make_user,
)
from tests.lms.programme import YEAR, lines, make_attempt, make_response, tables_of

pytestmark = pytest.mark.django_db
COLUMNS = ("n", "before", "after", "gain")


def make_tests():
    """A pre-test and a post-test of a course, without questions yet."""
    module = make_module(course := make_course())
    quizzes = [
        make_quiz(module, [], purpose=purpose)
        for purpose in (QuizPage.Purpose.PRE_TEST, QuizPage.Purpose.POST_TEST)
    ]
    return make_cohort(make_edition(course, *quizzes)), quizzes


def ask(topic=""):
    question = make_question(topic=topic)
    freeze_question(question, by=None)
    return question


def sit(cohort, quizzes, *answers, language="en", to="en", place=None):
    """Each answer is (question, points before, points after), None: not asked."""
    place = place or make_enrolment(cohort=cohort)
    found = []
    for nth, (quiz, spoken) in enumerate(zip(quizzes, (language, to), strict=True), 1):
        given = [(one[0], one[nth]) for one in answers if one[nth] is not None]
        score = sum(Decimal(points) for _question, points in given)
        attempt = make_attempt(place, quiz, score, len(given), language=spoken)
        for number, (question, points) in enumerate(given, 1):
            response = make_response(attempt, question, points, place=number)
            assert response.version.question_key == question.translation_key
        found.append(attempt)
    return found


def test_gain_by_topic_takes_the_questions_of_a_topic_together():
    """RP-09: they need not be the same questions in both tests."""
    cohort, quizzes = make_tests()
    means, hints, plain = ask("Means"), ask("Means"), ask("")
    sit(cohort, quizzes, (means, 0, 1), (hints, 1, None), (plain, 0, 0))
    sit(cohort, quizzes, (means, 1, 1), (plain, 1, 1))

    found = lines(tables_of("knowledge-gain")["topic"], *COLUMNS)

    assert found == {"Means": (2, 75.0, 100.0, 25.0)}


def test_a_topic_is_one_whatever_the_language_of_its_questions():
    """RP-09"""
    cohort, quizzes = make_tests()
    question = ask("Means")
    Asked.objects.create(
        translation_key=question.translation_key,
        locale=make_question("ru").locale,
        stem="<p>Что?</p>",
        topic="Средства",
    )
    sit(cohort, quizzes, (question, 0, 1))

    assert set(lines(tables_of("knowledge-gain")["topic"], "n")) == {"Means"}


def test_gain_by_language_keeps_pairs_in_two_languages_apart():
    """RP-09"""
    cohort, quizzes = make_tests()
    question = ask()
    sit(cohort, quizzes, (question, 0, 1), language="tg", to="tg")
    sit(cohort, quizzes, (question, 0, 0), language="ru", to="ru")
    sit(cohort, quizzes, (question, 1, 1), language="ru", to="tg")

    table = tables_of("knowledge-gain")["language"]

    assert lines(table, *COLUMNS) == {
        "Russian": (1, 0.0, 0.0, 0.0),
        "Tajik": (1, 0.0, 100.0, 100.0),
        "One language, then another": (1, 100.0, 100.0, 0.0),
    }
    assert table.total.values["n"] == 3


def test_two_questions_of_the_same_words_are_two_lines():
    """RP-09"""
    cohort, quizzes = make_tests()
    twins = [make_question(stem="<p>Why?</p>") for _ in range(2)]
    for one in twins:
        freeze_question(one, by=None)
    sit(cohort, quizzes, (twins[0], 0, 1), (twins[1], 1, 1))

    rows = tables_of("knowledge-gain")["question"].rows

    told = sorted((row.values["label"], row.values["gain"]) for row in rows)
    assert told == [("Why?", 0.0), ("Why?", 100.0)]


def test_a_question_made_void_is_in_no_gain():
    """QZ-40"""
    cohort, quizzes = make_tests()
    void, other = ask("Means"), ask("Means")
    attempts = sit(cohort, quizzes, (void, 0, 1), (other, 0, 1))
    scores = ResponseScore.objects.filter(
        response__question_key=void.translation_key, response__attempt__in=attempts
    )
    scores.update(score=0, out_of=0)

    tables = tables_of("knowledge-gain")

    assert len(tables["question"].rows) == 1
    assert lines(tables["topic"], *COLUMNS) == {"Means": (1, 0.0, 100.0, 100.0)}


def test_observers_read_no_figure_of_one_to_four_people_here_either():
    """RP-04"""
    cohort, quizzes = make_tests()
    common, rare = ask("Common"), ask("Rare")
    for nth in range(7):
        answers = [(common, 0, 1), *([(rare, 0, 1)] if nth < 2 else [])]
        code = "ru" if nth < 3 else "tg"
        sit(cohort, quizzes, *answers, language=code, to=code)

    tables, _notes = observed(report("knowledge-gain"), Question(YEAR))
    found = {table.key: lines(table, "n", "gain") for table in tables}

    hidden = (HIDDEN, HIDDEN)
    assert found["topic"]["Rare"] == hidden
    assert found["language"] == {"Russian": hidden, "Tajik": hidden}


def test_staff_read_the_gain_of_one_person(client):
    """RP-09: the first pre-test, the last post-test."""
    cohort, quizzes = make_tests()
    place = make_enrolment(cohort=cohort)
    _before, after = sit(cohort, quizzes, (ask(), 0, 1), (ask(), 1, 1), place=place)
    Attempt.objects.create(
        **{f.attname: getattr(after, f.attname) for f in Attempt._meta.concrete_fields}
        | {"id": None, "number": 2, "score": Decimal("1.5")}
    )
    trainer = make_user()
    add_staff(cohort, user=trainer, role="trainer", by=None)
    client.force_login(trainer)

    page = client.get(reverse("lms:cohort_person", args=[cohort.code, place.pk]))

    assert "In the pre-test 50 %, in the last post-test 75 %" in page.content.decode()


def test_participants_read_their_own_gain_on_their_post_test(client):
    cohort, quizzes = make_tests()
    person = make_participant()
    place = make_enrolment(person, cohort)
    answers = [(ask(), 0, 1), (ask(), 1, 1), (ask(), 0, 0)]
    before, after = sit(cohort, quizzes, *answers, place=place)
    client.force_login(person.user)

    def text(attempt):
        page = client.get(reverse("lms:result", args=[attempt.pk]))
        return page.content.decode()

    assert "you had 33.3 % in the test, now 66.6 %" in text(after)
    assert "a difference of +33.3 percentage points" in text(after)
    assert "Before the course" not in text(before)
    Attempt.objects.filter(pk=before.pk).update(status="marking")
    assert "Before the course" not in text(after)
