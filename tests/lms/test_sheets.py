"""Quizzes on paper: variants that stay, sheets typed in and corrected."""

from copy import deepcopy
from decimal import Decimal

import pytest
from wagtail.models import ModelLogEntry

from courses.actions.questions import freeze_question
from lms.actions import papers, sheets
from lms.actions.attempt_refusals import (
    NoAttemptLeft,
    NotStudying,
    QuizNotReady,
    TamperedAnswer,
)
from lms.actions.marking import Given, OwnAnswer, mark
from lms.actions.refusal import ReasonMissing
from lms.models import (
    Attempt,
    Enrolment,
    Override,
    PaperVariant,
    Progress,
    ResponseScore,
)
from tests.factories import make_enrolment, make_quiz

from .on_paper import make_paper_cast, type_in, written
from .sitting import hand_in, start

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def cast_once(once):
    return make_paper_cast(attempts_allowed=2, pass_percent=Decimal(60))


def told(action):
    return list(ModelLogEntry.objects.filter(action=action))


def test_variants_are_lettered_on_and_keep_what_was_dealt(cast):
    """QZ-06, QZ-27: what was printed is marked, whatever becomes of the quiz."""
    before = deepcopy([variant.dealt for variant in cast.variants])
    question = cast.quiz.slots.first().question
    question.stem = "<p>Another question?</p>"
    question.save_revision().publish()
    freeze_question(question, by=None)

    more = papers.print_variants(cast.cohort, quiz=cast.quiz, count=1, by=cast.trainer)

    there = PaperVariant.objects.filter(cohort=cast.cohort)
    assert [one.letter for one in there] == ["A", "B", "C"]
    assert [one.dealt for one in there][:2] == before
    assert more[0].dealt not in before
    assert told("lms.print_variants")[0].data["variant"] == "C"


def test_variants_hold_the_same_questions_in_other_orders(cast):
    a, b = (variant.dealt for variant in cast.variants)

    assert {row["question"] for row in a} == {row["question"] for row in b}
    assert a != b


def test_what_cannot_be_printed_is_refused(cast):
    stranger = make_quiz()
    with pytest.raises(papers.NotInTheCourse):
        papers.print_variants(cast.cohort, quiz=stranger, count=1, by=cast.trainer)
    with pytest.raises(papers.TooManyVariants, match="24 more"):
        papers.print_variants(cast.cohort, quiz=cast.quiz, count=25, by=cast.trainer)
    cast.quiz.slots.all().delete()
    with pytest.raises(QuizNotReady):
        papers.print_variants(cast.cohort, quiz=cast.quiz, count=1, by=cast.trainer)

    assert PaperVariant.objects.filter(cohort=cast.cohort).count() == 2


def test_a_sheet_typed_in_is_an_attempt_with_both_identities(cast):
    """QZ-53: who sat it is the participant; who typed it in stands beside."""
    attempt = type_in(cast)

    attempt.refresh_from_db()
    assert (attempt.status, attempt.score) == (Attempt.Status.GRADED, Decimal(3))
    assert attempt.enrolment.person == cast.person
    assert attempt.entered_by == cast.trainer
    assert attempt.paper == cast.variant
    assert attempt.has_passed
    assert Progress.objects.filter(
        enrolment=cast.enrolment, activity=cast.quiz.translation_key
    ).exists()
    (step,) = told("lms.enter_sheet")
    assert (step.user, step.data) == (cast.trainer, {"variant": "A"})


def test_the_order_of_the_sheet_is_that_of_its_variant(cast):
    """QZ-27, QZ-53."""
    attempt = type_in(cast, variant=cast.variants[1])

    rows = attempt.responses.values_list("question_key", "order")
    assert [(str(key), order) for key, order in rows] == [
        (row["question"], row["order"]) for row in cast.variants[1].dealt
    ]


def test_the_same_sheet_typed_in_twice_is_one_attempt(cast):
    """QZ-01, QZ-53."""
    first = type_in(cast)

    assert type_in(cast) == first
    with pytest.raises(sheets.TypedInAlready, match="Correct it instead"):
        type_in(cast, rights=1)
    assert Attempt.objects.count() == 1


def test_attempts_on_paper_and_on_line_are_counted_together(cast):
    """QZ-02, QZ-53."""
    hand_in(cast.enrolment, cast.quiz)
    second = type_in(cast, rights=0)

    assert second.number == 2
    with pytest.raises(NoAttemptLeft):
        type_in(cast, variant=cast.variants[1])

    Override.objects.create(
        quiz_key=cast.quiz.translation_key,
        person=cast.person,
        extra_attempts=1,
        reason="ill",
        by=cast.trainer,
        created_at=second.ended_at,
    )
    assert type_in(cast, variant=cast.variants[1]).number == 3


def test_who_sits_on_line_has_no_sheet_typed_in_meanwhile(cast):
    start(cast.enrolment, cast.quiz)

    with pytest.raises(sheets.SitsOnLine):
        type_in(cast)


def test_nobody_types_in_or_corrects_their_own_sheet(cast):
    """QZ-53."""
    with pytest.raises(OwnAnswer):
        type_in(cast, by=cast.participant)
    attempt = type_in(cast, rights=0)
    with pytest.raises(OwnAnswer):
        correct(cast, attempt, by=cast.participant)


def test_only_a_sheet_of_the_cohort_and_its_people_is_typed_in(cast):
    """QZ-21."""
    withdrawn = make_enrolment(
        cohort=cast.cohort, status=Enrolment.Status.WITHDRAWN, active_to=None
    )

    with pytest.raises(TamperedAnswer, match="another cohort"):
        type_in(cast, enrolment=cast.other_enrolment)
    with pytest.raises(NotStudying):
        type_in(cast, enrolment=withdrawn)
    for answers in ({4: {"chosen": ["x"]}}, {1: {"chosen": ["x"]}}):
        with pytest.raises(TamperedAnswer):
            type_in(cast, answers=answers)
    assert not Attempt.objects.exists()


def correct(cast, attempt, rights=99, reason="Read it wrongly", **others):
    given = {"answers": written(attempt.paper, rights), "by": cast.trainer} | others
    return sheets.correct_sheet(attempt, reason=reason, **given)


def test_a_correction_appends_scores_and_says_why(cast):
    """QZ-34, QZ-53: what was marked before stays readable."""
    attempt = type_in(cast, rights=1)

    correct(cast, attempt, by=cast.coordinator)

    attempt.refresh_from_db()
    assert attempt.score == 3
    scores = attempt.responses.get(place=2).scores.values_list("score", "by")
    assert list(scores) == [(0, None), (1, cast.coordinator.pk)]
    assert attempt.responses.get(place=1).scores.count() == 1
    (step,) = told("lms.correct_sheet")
    assert step.data["reason"] == "Read it wrongly"
    assert step.data["old"].startswith("2: ")
    assert attempt.entered_by == cast.trainer


def test_a_correction_without_a_change_is_none_and_without_a_reason_refused(cast):
    attempt = type_in(cast, rights=1)

    correct(cast, attempt, rights=1, reason="")
    with pytest.raises(ReasonMissing):
        correct(cast, attempt, reason=" ")

    assert told("lms.correct_sheet") == []


def test_an_attempt_on_line_is_not_corrected(cast):
    attempt = hand_in(cast.enrolment, cast.quiz)

    with pytest.raises(sheets.NotOnPaper):
        sheets.correct_sheet(attempt, answers={}, by=cast.trainer, reason="x")


def test_a_correction_takes_no_pass_away(cast):
    attempt = type_in(cast)

    correct(cast, attempt, rights=0)

    assert Progress.objects.filter(
        enrolment=cast.enrolment, activity=cast.quiz.translation_key
    ).exists()


def test_an_open_answer_on_paper_waits_for_its_marker_and_keeps_the_mark():
    """QZ-31, QZ-53."""
    cast = make_paper_cast(how_many=1, has_open=True)

    attempt = type_in(cast)
    assert attempt.status == Attempt.Status.MARKING
    response = attempt.responses.by_hand().get()
    mark(response, given=Given(Decimal(1)), by=cast.marker, read=0)
    correct(cast, attempt, rights=0)

    attempt.refresh_from_db()
    assert (attempt.status, attempt.score) == (Attempt.Status.GRADED, Decimal(1))


def test_what_was_marked_again_for_everybody_is_not_corrected(cast):
    """QZ-35: the corrected key stands above what one sheet says."""
    attempt = type_in(cast, rights=0)
    response = attempt.responses.first()
    ResponseScore.objects.create(
        response=response,
        kind=ResponseScore.Kind.REGRADE,
        score=1,
        out_of=1,
        created_at=attempt.ended_at,
    )

    with pytest.raises(sheets.MarkedAgain):
        correct(cast, attempt)


def test_a_sheet_taken_back_uses_up_nothing_and_is_typed_in_again(cast):
    """QZ-53: what was typed for a wrong letter stays readable, and counts no more."""
    wrong = type_in(cast, rights=1)
    with pytest.raises(ReasonMissing):
        sheets.take_back_sheet(wrong, by=cast.trainer, reason=" ")
    with pytest.raises(OwnAnswer):
        sheets.take_back_sheet(wrong, by=cast.participant, reason="x")

    for _twice in range(2):
        sheets.take_back_sheet(wrong, by=cast.trainer, reason="Letter B")
    again = type_in(cast)

    wrong.refresh_from_db()
    assert (wrong.status, wrong.score) == (Attempt.Status.WITHDRAWN, None)
    assert wrong.responses.filter(scores__isnull=False).count() == 3
    assert again.number == 2
    assert type_in(cast, variant=cast.variants[1]).number == 3
    (step,) = told("lms.take_back_sheet")
    assert step.data == {"reason": "Letter B"}
    with pytest.raises(sheets.NotOnPaper):
        correct(cast, wrong)
