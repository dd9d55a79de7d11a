"""A new version of a quiz that was sat already, for cohorts to come."""

import uuid

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.log_actions import log

from courses.languages import in_order
from courses.models import QuizPage

from .slugs import free_slug


def may_renew(quiz: QuizPage, user) -> bool:
    return quiz.get_parent().permissions_for_user(user).can_add_subpage()


@transaction.atomic
def renew_quiz(quiz: QuizPage, *, by) -> QuizPage:
    """A copy of the quiz in each of its languages, as drafts under one new key (QZ-45).

    Once published, the course's next edition takes it in place of the old one, which
    running cohorts keep. While it is a draft, a second call returns the same one.
    """
    if not may_renew(quiz, by):
        raise PermissionDenied
    twins = _locked(quiz)
    drafts = QuizPage.objects.filter(replaces=quiz.translation_key).not_live()
    known = drafts.filter(locale=quiz.locale).first()
    if known:
        return known
    key = uuid.uuid4()
    made = {twin.locale_id: _copy(twin, key, by) for twin in twins}
    new = made[quiz.locale_id]
    log(new, "courses.renew_quiz", user=by)
    return new


def _locked(quiz: QuizPage) -> list[QuizPage]:
    """The quiz in each language, so that of two people one finds the other's copy."""
    twins = QuizPage.objects.filter(translation_key=quiz.translation_key)
    return in_order(twins.select_for_update(of=("self",)).select_related("locale"))


def _copy(quiz: QuizPage, key: uuid.UUID, by) -> QuizPage:
    attributes = {
        "translation_key": key,
        "replaces": quiz.translation_key,
        "slug": free_slug(quiz.get_parent(), quiz.slug, "quiz"),
    }
    return quiz.copy(
        update_attrs=attributes,
        copy_revisions=False,
        keep_live=False,
        reset_translation_key=False,
        user=by,
        log_action="wagtail.copy",
    )
