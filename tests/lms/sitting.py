"""A participant with a quiz in front, and ways to answer it."""

from courses.actions.questions import freeze_question
from lms.actions import attempts
from tests.courses.kinds.authored import parts
from tests.factories import (
    make_cohort,
    make_course,
    make_edition,
    make_enrolment,
    make_module,
    make_question,
    make_quiz,
)


def make_sitting(how_many=1, **quiz_fields):
    """An enrolment and a quiz of frozen questions that its edition asks."""
    course = make_course()
    questions = [make_question() for _ in range(how_many)]
    for question in questions:
        freeze_question(question, by=None)
    quiz = make_quiz(make_module(course), questions, **quiz_fields)
    return make_enrolment(cohort=make_cohort(make_edition(course, quiz))), quiz


def make_open_question(*criteria, **fields):
    """An open answer, frozen; `criteria` as `criterion` makes them."""
    question = make_question(kind="open_answer", parts=parts(*criteria), **fields)
    freeze_question(question, by=None)
    return question


def criterion(name, *levels):
    """A part of an open question: its levels are (percent, words)."""
    items = [
        {"type": "item", "value": {"points": points, "words": words}, "id": str(place)}
        for place, (points, words) in enumerate(levels)
    ]
    return "criterion", {"name": name, "levels": items}, name


def hand_in(enrolment, quiz, text="Because."):
    """An attempt with its choices right and this in its open answers."""
    attempt = start(enrolment, quiz)
    answers = {
        row.place: {"text": text}
        if row.version.key["kind"] == "open_answer"
        else right(row)
        for row in attempt.responses.select_related("version")
    }
    return attempts.submit(attempt, answers=answers)


def start(enrolment, quiz):
    return attempts.start(enrolment, quiz=quiz, language="en")


def right(response):
    return {"chosen": response.version.key["correct"]}


def wrong(response):
    key = response.version.key
    return {"chosen": [next(o for o in key["options"] if o not in key["correct"])]}


def answers(attempt, rights=99):
    """The first so many right, the others wrong."""
    rows = attempt.responses.select_related("version")
    return {
        row.place: (right if place < rights else wrong)(row)
        for place, row in enumerate(rows)
    }


def answer(enrolment, quiz, rights):
    """An attempt handed in with so many of its choices right, the others wrong."""
    attempt = start(enrolment, quiz)
    return attempts.submit(attempt, answers=answers(attempt, rights))


def turn_key(question):
    """Publish the question with the other choice right, as a new version."""
    for choice in question.choices:
        choice.value["is_correct"] = not choice.value["is_correct"]
    question.save_revision().publish()
    return freeze_question(question, by=None)
