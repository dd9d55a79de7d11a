"""What happens when Wagtail publishes: the event is Wagtail's, the verb is ours."""

import uuid
from functools import partial
from pathlib import PurePath

from django.apps import apps
from django.db import transaction
from django.db.models.signals import (
    post_delete,
    post_migrate,
    post_save,
    pre_delete,
    pre_save,
)
from django.dispatch import receiver
from wagtail.images import get_image_model
from wagtail.models import Locale, Page, PageViewRestriction, Site
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
    published,
)

from . import content_version, tasks
from .actions.editions import CourseHasNoLessons, publish_edition
from .actions.gates import keep_behind_sign_in
from .actions.questions import freeze_question
from .actions.retiring import check_deletable
from .models import (
    CourseIndexPage,
    CoursePage,
    GlossaryTerm,
    LessonPage,
    ModulePage,
    Question,
    QuizPage,
)

OURS = (CourseIndexPage, CoursePage, ModulePage, LessonPage, QuizPage)


def _let_go(**kwargs):
    content_version.bump()


for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
    signal.connect(_let_go, dispatch_uid="courses.content_version")
for sender in (*OURS, Page, PageViewRestriction, Site, Locale, GlossaryTerm):
    post_delete.connect(_let_go, sender=sender, dispatch_uid="courses.content_version")
for sender in (PageViewRestriction, Site, Locale, GlossaryTerm):
    post_save.connect(_let_go, sender=sender, dispatch_uid="courses.content_version")


# A new release may write the same content in another way.
post_migrate.connect(
    _let_go,
    sender=apps.get_app_config("courses"),
    dispatch_uid="courses.content_version",
)


def _let_go_of_what_was_written(update_fields=None, **kwargs):
    """Wagtail names the columns when it only notes a draft: nothing public changed."""
    if not update_fields or {"live", "title", "slug"} & set(update_fields):
        content_version.bump()


for sender in OURS:
    post_save.connect(
        _let_go_of_what_was_written, sender=sender, dispatch_uid="courses.written"
    )


@receiver(page_published, sender=CoursePage)
def freeze_outline(instance, revision=None, **kwargs):
    try:
        publish_edition(instance, by=getattr(revision, "user", None))
    except CourseHasNoLessons:
        # The editor's form refuses this; a copy is published before its lessons are,
        # and the hook after copying asks again.
        return


@receiver(published, sender=Question)
def freeze_words(instance, revision=None, **kwargs):
    if not instance.gaps():
        freeze_question(instance, by=getattr(revision, "user", None))
    if any(part.block_type == "picture" for part in instance.parts):
        transaction.on_commit(partial(tasks.make_picture_ready.enqueue, instance.pk))


@receiver(pre_delete, sender=Question)
def keep_what_is_used(instance, **kwargs):
    """QZ-49: no door deletes it; those of the admin say so before."""
    check_deletable(instance)


@receiver(pre_save, sender=get_image_model())
def name_by_nothing(instance, **kwargs):
    """An author's name of a file stands in pages and may tell what is right (QZ-08)."""
    if instance.file and not instance.file._committed:
        ending = PurePath(instance.file.name).suffix.lower()
        instance.file.name = f"{uuid.uuid4().hex[:16]}{ending}"


@receiver(post_save, sender=ModulePage)
@receiver(post_save, sender=QuizPage)
def close_new(instance, created, **kwargs):
    if created:
        keep_behind_sign_in(instance)


@receiver(post_page_move, sender=QuizPage)
@receiver(post_page_move, sender=ModulePage)
def close_moved(instance, **kwargs):
    keep_behind_sign_in(instance)


@receiver(post_delete, sender=PageViewRestriction)
def close_opened(instance, origin=None, **kwargs):
    """Somebody made it public; when the page itself is deleted `origin` is the page."""
    if origin is instance and instance.page.specific_class in (ModulePage, QuizPage):
        keep_behind_sign_in(instance.page)


def freeze_outline_of_copy(request, page, new_page):
    """Wagtail's `after_copy_page`: by now the lessons have been copied as well."""
    if new_page.live and new_page.specific_class is CoursePage:
        freeze_outline(instance=new_page.specific)


@receiver(page_published, sender=LessonPage)
@receiver(page_published, sender=CoursePage)
def make_ready(instance, **kwargs):
    transaction.on_commit(partial(tasks.make_ready.enqueue, instance.pk))
