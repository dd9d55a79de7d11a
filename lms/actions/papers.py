"""Quizzes on paper: dealt once in variants that never change."""

from random import SystemRandom
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from courses import clock
from courses.models import QuizPage
from lms.models import Cohort, PaperVariant, Response
from lms.on_paper import LETTERS
from lms.sitting import rules_for

from .attempt_making import deal_out, frozen
from .refusal import Refused

MOST_AT_ONCE = 8
random = SystemRandom()


class TooManyVariants(Refused):
    """The alphabet has no letter left for so many."""

    field = "count"


class NotInTheCourse(Refused):
    """The cohort's edition does not ask this quiz."""


@transaction.atomic
def print_variants(
    cohort: Cohort, *, quiz: QuizPage, count: int, by
) -> list[PaperVariant]:
    """Deal so many variants, lettered after those there are; they never change.

    Raises NotInTheCourse, TooManyVariants, QuizNotReady or PoolTooSmall.
    """
    cohort = Cohort.objects.select_for_update(of=("self",)).get(pk=cohort.pk)
    refuse_other_course(cohort, quiz)
    there = list(PaperVariant.objects.filter(cohort=cohort, quiz_key=_key(quiz)))
    letters = LETTERS[len(there) :][:count]
    if len(letters) < count:
        left = len(LETTERS) - len(there)
        text = _("Letters are left for %(left)s more variants.") % {"left": left}
        raise TooManyVariants(text)
    rules, now, made = frozen(rules_for(quiz, []), quiz), clock.now(), []
    for letter in letters:
        variant = PaperVariant(
            cohort=cohort,
            quiz_key=_key(quiz),
            letter=letter,
            dealt=_unlike(quiz, [*there, *made]),
            rules=rules,
            printed_at=now,
        )
        made.append(variant)
    PaperVariant.objects.bulk_create(made)
    data = {"activity": str(_key(quiz)), "variant": ", ".join(letters)}
    log(cohort, "lms.print_variants", user=by, data=data)
    return made


def variants_of(cohort: Cohort, quiz_key: UUID) -> list[PaperVariant]:
    return list(PaperVariant.objects.filter(cohort=cohort, quiz_key=quiz_key))


def _unlike(quiz: QuizPage, others: list[PaperVariant]) -> list[dict]:
    """Questions in an order of their own; a short quiz may have no other left."""
    seen = [variant.dealt for variant in others]
    for _try in range(20):
        dealt = deal_out(quiz, [])
        random.shuffle(dealt)
        rows = [_row(response) for response in dealt]
        if rows not in seen:
            break
    return rows


def _row(response: Response) -> dict:
    return {
        "version": response.version_id,
        "question": str(response.question_key),
        "order": response.order,
        "marks": str(response.marks),
    }


def refuse_other_course(cohort: Cohort, quiz: QuizPage) -> None:
    """Raises NotInTheCourse for what the cohort's edition does not ask."""
    if not cohort.edition.has(_key(quiz)):
        raise NotInTheCourse(_("This quiz is not part of the cohort's course."))


def _key(quiz: QuizPage) -> UUID:
    return quiz.translation_key
