"""Sheets of paper typed in by staff, and their typing errors corrected."""

from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from courses import clock
from courses.kinds import NotAnAnswer, check_answer
from courses.models import QuestionVersion, QuizPage
from lms.models import Attempt, Enrolment, PaperVariant, Response, ResponseScore
from lms.paper_sheet import typed_in

from .attempt_making import is_in_sample
from .attempt_refusals import NoAttemptLeft, NotStudying, TamperedAnswer
from .attempt_rules import rules_of
from .grading import grade, locked_attempt, locked_enrolment, mark_again, settle
from .marking import OwnAnswer, total
from .refusal import Refused, reason_given


class TypedInAlready(Refused):
    """This sheet is there; it is corrected, not typed in again."""

    field = "letter"


class SitsOnLine(Refused):
    """An attempt on line is running; it ends first."""


class MarkedAgain(Refused):
    """The key of the question was put right since; its score goes by that."""


class NotOnPaper(Refused):
    """The attempt was sat on line, or is not handed in."""


def enter_sheet(
    enrolment: Enrolment,
    *,
    quiz: QuizPage,
    variant: PaperVariant,
    answers: Mapping[int, dict | None],
    language: str,
    by,
) -> Attempt:
    """Type in what a participant wrote on paper: an attempt, handed in and marked.

    Both are kept, who sat it and who typed it (QZ-53). `language` is that of the paper.
    The same sheet sent twice is one. Raises NotStudying, NoAttemptLeft, SitsOnLine,
    TypedInAlready, OwnAnswer or TamperedAnswer.
    """
    return grade(_enter(enrolment, quiz, variant, answers, language, by))


@transaction.atomic
def _enter(enrolment, quiz, variant, answers, language, by) -> Attempt:
    enrolment = locked_enrolment(enrolment.pk)
    _refuse_own(enrolment, by)
    printed_for = variant.cohort_id, variant.quiz_key
    if printed_for != (enrolment.cohort_id, quiz.translation_key):
        raise TamperedAnswer(_("This variant was printed for another cohort."))
    attempts = list(enrolment.attempts.filter(quiz_key=variant.quiz_key))
    responses = _responses(variant, answers)
    entered = next((one for one in attempts if _is_of(one, variant)), None)
    if entered:
        return _same(entered, responses)
    _refuse_attempt(enrolment, quiz, attempts)
    now = clock.now()
    attempt = Attempt.objects.create(
        enrolment=enrolment,
        quiz_key=variant.quiz_key,
        number=len(attempts) + 1,
        status=Attempt.Status.SUBMITTED,
        rules=variant.rules,
        language=language,
        started_at=now,
        ended_at=now,
        out_of=sum(response.marks for response in responses),
        paper=variant,
        entered_by=by,
    )
    for response in responses:
        response.attempt, response.saved_at = attempt, now
        response.is_in_sample = is_in_sample(response, quiz)
    Response.objects.bulk_create(responses)
    log(attempt, "lms.enter_sheet", user=by, data={"variant": variant.letter})
    return attempt


@transaction.atomic
def correct_sheet(
    attempt: Attempt, *, answers: Mapping[int, dict | None], by, reason: str
) -> Attempt:
    """Put right what was typed wrongly, and say why; nothing changed does nothing.

    What an answer earned stays, and a newer score follows it. Raises NotOnPaper,
    MarkedAgain, OwnAnswer, ReasonMissing or TamperedAnswer.
    """
    enrolment = locked_enrolment(attempt.enrolment_id)
    attempt = locked_attempt(attempt)
    _refuse_own(enrolment, by)
    _refuse_not_on_paper(attempt)
    changed = _changed(attempt, answers)
    if not changed:
        return attempt
    _refuse_marked_again([one for one, _new in changed])
    reason = reason_given(reason)
    written = typed_in(attempt)
    old = ", ".join(f"{one.place}: {written[one.place]}" for one, _new in changed)
    for response, answer in changed:
        response.answer, response.saved_at = answer, clock.now()
        response.sequence += 1
        response.save(update_fields=["answer", "sequence", "saved_at"])
    mark_again([one for one, _new in changed], by=by)
    settle(enrolment, attempt, total(attempt))
    log(attempt, "lms.correct_sheet", user=by, data={"reason": reason, "old": old})
    return attempt


@transaction.atomic
def take_back_sheet(attempt: Attempt, *, by, reason: str) -> Attempt:
    """Typed in for somebody else, or with the letter of another variant: it counts for
    nothing and uses up nothing; its answers and scores stay. Twice is once.

    It takes no pass away. Raises NotOnPaper, OwnAnswer or ReasonMissing.
    """
    enrolment = locked_enrolment(attempt.enrolment_id)
    attempt = locked_attempt(attempt)
    _refuse_own(enrolment, by)
    if attempt.paper_id and not attempt.is_used_up:
        return attempt
    _refuse_not_on_paper(attempt)
    reason = reason_given(reason)
    attempt.status, attempt.score = Attempt.Status.WITHDRAWN, None
    attempt.save(update_fields=["status", "score"])
    log(attempt, "lms.take_back_sheet", user=by, data={"reason": reason})
    return attempt


def _is_of(attempt: Attempt, variant: PaperVariant) -> bool:
    return attempt.paper_id == variant.pk and attempt.is_used_up


def _refuse_not_on_paper(attempt: Attempt) -> None:
    ended = Attempt.Status.MARKING, Attempt.Status.GRADED
    if attempt.paper_id is None or attempt.status not in ended:
        raise NotOnPaper(_("Only a sheet of paper that was typed in is corrected."))


def _responses(variant: PaperVariant, answers: Mapping) -> list[Response]:
    """The dealt questions with what was written on them; of no attempt yet."""
    places = range(1, len(variant.dealt) + 1)
    if set(answers) - set(places):
        raise TamperedAnswer(_("This question is not on the sheet."))
    versions = QuestionVersion.objects.in_bulk(row["version"] for row in variant.dealt)
    return [
        Response(
            place=place,
            question_key=row["question"],
            version=versions[row["version"]],
            order=row["order"],
            marks=Decimal(row["marks"]),
            answer=_checked(versions[row["version"]], answers.get(place)),
        )
        for place, row in zip(places, variant.dealt, strict=True)
    ]


def _checked(version: QuestionVersion, answer: dict | None) -> dict | None:
    try:
        return check_answer(version.key, answer)
    except NotAnAnswer:
        raise TamperedAnswer(_("This answer does not fit its question.")) from None


def _same(entered: Attempt, responses: list[Response]) -> Attempt:
    """The same sheet sent twice; raises TypedInAlready for another one."""
    stored = dict(entered.responses.values_list("place", "answer"))
    if stored != {one.place: one.answer for one in responses}:
        raise TypedInAlready(
            _("The sheet of this variant is typed in already. Correct it instead.")
        )
    return entered


def _changed(attempt: Attempt, answers: Mapping) -> list[tuple[Response, dict | None]]:
    responses = {one.place: one for one in attempt.responses.select_related("version")}
    if set(answers) - set(responses):
        raise TamperedAnswer(_("This question is not on the sheet."))
    checked = [
        (responses[place], _checked(responses[place].version, answer))
        for place, answer in answers.items()
    ]
    return [(one, answer) for one, answer in checked if one.answer != answer]


def _refuse_marked_again(responses: list[Response]) -> None:
    scores = ResponseScore.objects.filter(response__in=responses)
    if scores.filter(kind=ResponseScore.Kind.REGRADE).exists():
        raise MarkedAgain(
            _("A question you change was marked again for everybody. It stays so.")
        )


def _refuse_own(enrolment: Enrolment, by) -> None:
    if by is not None and enrolment.person.user_id == by.pk:
        raise OwnAnswer(_("This is your own sheet. Somebody else types it in."))


def _refuse_attempt(
    enrolment: Enrolment, quiz: QuizPage, attempts: list[Attempt]
) -> None:
    """Attempts on paper count as those on line do (QZ-02)."""
    if not enrolment.is_studying:
        raise NotStudying(_("The place of this person is not active."))
    if any(attempt.is_running for attempt in attempts):
        raise SitsOnLine(_("This person is sitting the quiz on line just now."))
    used = sum(one.is_used_up for one in attempts)
    if not rules_of(enrolment, quiz).has_attempt_left(used):
        raise NoAttemptLeft(_("This person has used all attempts."))
