"""Bands of overall feedback: one sentence for the quiz and one for each topic."""

from decimal import Decimal
from fractions import Fraction

import pytest
from django.urls import reverse

from courses.actions.questions import freeze_question
from courses.bands import sentence_for
from courses.models import FeedbackBand, QuizPage
from lms.actions import attempts
from lms.overall import overall_feedback
from tests.factories import (
    make_cohort,
    make_course,
    make_edition,
    make_enrolment,
    make_index,
    make_locale,
    make_module,
    make_question,
    make_quiz,
)
from tests.lms.sitting import answers, start

BANDS = [(Decimal(0), "Read it again."), (Decimal(50), "Well."), (Decimal(90), "Done.")]


@pytest.mark.parametrize(
    ("percent", "text"),
    [
        (0, "Read it again."),
        (Fraction(149, 3), "Read it again."),
        (50, "Well."),
        (100, "Done."),
    ],
)
def test_the_highest_band_reached_speaks(percent, text):
    assert sentence_for(BANDS, Fraction(percent)) == text


def test_below_the_lowest_band_nothing_is_said():
    assert sentence_for(BANDS[1:], Fraction(10)) == ""


def make_topics(**quiz_fields):
    """A quiz of a question on law and one on listening, with bands for both."""
    questions = [make_question(topic=topic) for topic in ("Law", "Listening")]
    for question in questions:
        freeze_question(question, by=None)
    course = make_course()
    quiz = make_quiz(make_module(course), questions, **quiz_fields)
    quiz.bands = [
        FeedbackBand(from_percent=least, topic=topic, text=text, sort_order=place)
        for place, (least, topic, text) in enumerate(
            [
                (0, "law ", "Read module 2 again."),
                (100, "law ", "You know the law."),
                (0, "Listening", "Listen more."),
                (0, "Courts", "Go to court."),
                (50, "", "Half of it is there."),
            ]
        )
    ]
    quiz.save()
    place = make_enrolment(cohort=make_cohort(make_edition(course, quiz)))
    attempt = start(place, quiz)
    return attempts.submit(attempt, answers=answers(attempt, 1)), quiz


@pytest.mark.django_db
def test_the_quiz_speaks_first_then_each_topic_that_was_asked():
    attempt, quiz = make_topics()

    assert overall_feedback(attempt, quiz) == [
        "Half of it is there.",
        "You know the law.",
        "Listen more.",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("release", ["passed", "closed"])
def test_the_result_says_it_when_the_quiz_releases_it(client, release):
    """QZ-28"""
    attempt, _quiz = make_topics(release=release)
    client.force_login(attempt.enrolment.person.user)

    page = client.get(reverse("lms:result", args=[attempt.pk])).content.decode()

    assert ("You know the law." in page) == (release == "passed")


@pytest.mark.django_db
def test_a_translation_of_the_quiz_has_its_bands_to_translate():
    _attempt, quiz = make_topics()
    make_index("ru")

    translated = quiz.copy_for_translation(make_locale("ru"), copy_parents=True)

    bands = translated.bands.all()
    assert {band.locale.language_code for band in bands} == {"ru"}
    assert {band.translation_key for band in bands} == {
        band.translation_key for band in quiz.bands.all()
    }


@pytest.mark.django_db
def test_a_band_is_copied_with_its_quiz():
    _attempt, quiz = make_topics()

    copied = quiz.copy(update_attrs={"title": "Again", "slug": "again"})

    assert QuizPage.objects.get(pk=copied.pk).bands.count() == 5
