"""A new attempt: its questions, their versions and order, marks and rules, fixed."""

from decimal import Decimal
from random import SystemRandom

from django.utils.translation import gettext_lazy as _

from courses import clock
from courses.draws import Keys, criteria_of, on_offer
from courses.kinds import kind_of
from courses.models import QuestionVersion, QuizPage, Slot
from lms import dealing, sampling
from lms.models import Attempt, Enrolment, Response, Sitting
from lms.sitting import Rules

from .attempt_refusals import PoolTooSmall, QuizNotReady

random = SystemRandom()


def create(
    enrolment: Enrolment,
    quiz: QuizPage,
    language: str,
    rules: Rules,
    *,
    earlier: list[Attempt],
    sitting: Sitting | None = None,
) -> Attempt:
    """The next attempt, running from now on. Raises QuizNotReady or PoolTooSmall."""
    dealt = deal_out(quiz, earlier)
    now = clock.now()
    attempt = Attempt.objects.create(
        enrolment=enrolment,
        quiz_key=quiz.translation_key,
        number=len(earlier) + 1,
        rules=frozen(rules, quiz),
        language=language,
        started_at=now,
        deadline_at=rules.deadline(now),
        out_of=sum(response.marks for response in dealt),
        sitting=sitting,
    )
    for response in dealt:
        response.attempt = attempt
        response.is_in_sample = is_in_sample(response, quiz)
    Response.objects.bulk_create(dealt)
    return attempt


def deal_out(quiz: QuizPage, earlier: list[Attempt]) -> list[Response]:
    """The questions of a new attempt in their places, of no attempt yet.

    Raises QuizNotReady or PoolTooSmall.
    """
    dealt = _deal(quiz, earlier)
    versions = _newest_versions([one.question for one in dealt])
    marks = {one.question: _marks(one, versions[one.question]) for one in dealt}
    if not sum(marks.values()):
        raise QuizNotReady(_("This quiz has nothing to earn yet. Tell your trainer."))
    return [
        Response(
            place=place,
            question_key=one.question,
            version=versions[one.question],
            order=_order(versions[one.question], quiz.is_shuffled),
            marks=marks[one.question],
        )
        for place, one in enumerate(dealt, start=1)
    ]


def _deal(quiz: QuizPage, attempts: list[Attempt]) -> list[dealing.Dealt]:
    draws = _draws(quiz)
    seen = set(
        Response.objects.filter(attempt__in=attempts).values_list(
            "question_key", flat=True
        )
    )
    try:
        return dealing.deal(draws, seen=seen, random=random)
    except dealing.PoolTooSmall:
        raise PoolTooSmall(
            _("There are too few questions for this quiz. Your trainer is told.")
        ) from None


def _draws(quiz: QuizPage) -> list[dealing.Draw]:
    """Without fixed questions that are retired: nobody new is asked them (QZ-49)."""
    slots = list(quiz.slots.select_related("question"))
    if not slots:
        raise QuizNotReady(_("This quiz has no questions yet. Tell your trainer."))
    criteria = [criteria_of(slot) for slot in slots if slot.is_draw]
    offer = on_offer(criteria)
    draws = [
        _drawn(slot, offer[criteria_of(slot)]) if slot.is_draw else _fixed(slot)
        for slot in slots
        if slot.is_draw or not slot.question.retired_at
    ]
    if not draws:
        raise QuizNotReady(_("This quiz asks nothing any more. Tell your trainer."))
    return draws


def _drawn(slot: Slot, keys: Keys) -> dealing.Draw:
    return dealing.Draw(keys, slot.draw_count, slot.marks)


def _fixed(slot: Slot) -> dealing.Draw:
    if not slot.question.live:
        raise QuizNotReady(
            _("A question of this quiz is not published. Tell your trainer.")
        )
    question = frozenset([slot.question.translation_key])
    return dealing.Draw(question, 1, slot.marks, is_fixed=True)


def _newest_versions(keys: list) -> dict:
    rows = QuestionVersion.objects.filter(question_key__in=keys).order_by("number")
    versions = {version.question_key: version for version in rows}
    if set(keys) - set(versions):
        raise QuizNotReady(
            _("A question of this quiz is not published. Tell your trainer.")
        )
    return versions


def _marks(one: dealing.Dealt, version: QuestionVersion) -> Decimal:
    """What it adds to the maximum: nothing where nothing can be right."""
    return one.marks if kind_of(version.key["kind"]).is_scored else Decimal(0)


def _order(version: QuestionVersion, is_shuffled: bool) -> list[str]:
    kind = kind_of(version.key["kind"])
    return kind.order(version.key, is_shuffled=is_shuffled, random=random)


def is_in_sample(response: Response, quiz: QuizPage) -> bool:
    """Do two people mark this answer? Asked once its attempt is there."""
    if not kind_of(response.version.key["kind"]).marking_template:
        return False
    what = f"{response.attempt_id} {response.question_key}"
    return sampling.is_in_sample(what, quiz.second_mark_percent)


def frozen(rules: Rules, quiz: QuizPage) -> dict:
    """The rules as an attempt keeps them."""
    return {
        "pass_percent": str(rules.pass_percent),
        "grading": rules.grading,
        "attempts_allowed": rules.attempts,
        "cooldown_minutes": quiz.cooldown_minutes,
        "minutes": rules.minutes,
        "grace_minutes": rules.grace,
        "ends_by": rules.ends_by and rules.ends_by.isoformat(),
        "tries": quiz.tries_allowed,
        "try_penalty": quiz.try_penalty,
        "quiz_revision": quiz.live_revision_id,
        "is_marked_by_name": quiz.is_marked_by_name,
        "second_mark_tolerance": quiz.second_mark_tolerance,
    }
